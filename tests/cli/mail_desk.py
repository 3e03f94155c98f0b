"""A portal with a mail server, and organisations whose leads chose who is told."""

import dataclasses
from datetime import UTC, datetime

from sqlalchemy import select, update

from app import create_app
from app.domain.deadline import day_of
from app.domain.notice import Duty
from app.models import Notice
from app.services import rota
from tests.cli.mail_server import HOST
from tests.making import Maker, rota_of


def always(address):
    return Duty(address, frozenset(), 0, 24)


class Desk:
    """A portal with a mail server, and organisations whose leads chose a rota."""

    def __init__(self, settings, session, port):
        self.session = session
        self.make = Maker(session, now=datetime.now(UTC))
        mail_settings = {"smtp_host": HOST, "smtp_port": port, "smtp_tls": "off", "mail_from": "notice@portal.example"}
        self.app = create_app(dataclasses.replace(settings, **mail_settings))

    def organisation(self, slug, *addresses, **changes):
        made = self.make.organisation(slug)
        lead = self.make.signed_in(made, "lead")
        duties = [always(address) for address in addresses]
        rota.save(self.session, lead, rota_of(*duties, **changes), self.make.now)
        self.session.execute(update(Notice).values(looked_on=day_of(self.make.now)))
        self.session.commit()
        return made, lead

    def tick(self):
        self.session.rollback()
        ran = self.app.test_cli_runner().invoke(args=["tick"])
        assert (ran.exit_code, ran.exception) == (0, None), ran.output
        self.session.expire_all()

    def column(self, column):
        found = self.session.scalars(select(column)).all()
        self.session.rollback()
        return found
