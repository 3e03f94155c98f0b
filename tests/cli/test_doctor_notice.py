"""The doctor tells the operator which organisation leaves letters unopened, and where mail does not arrive."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from app import db
from app.cli.doctor_notice import NOTICE
from app.cli.finding import Asked, Complaint, Note
from app.models import Notice, Portal
from app.services import rota
from tests.making import Maker, rota_of


@pytest.fixture
def check(app):
    def run(name):
        with app.app_context():
            try:
                return NOTICE[name](Asked())
            finally:
                db.session().rollback()

    return run


def test_letters_that_lie_unopened_are_told_by_organisation(check, session):
    now = datetime.now(UTC)
    maker = Maker(session, now=now)
    centre, police = maker.organisation(), maker.organisation("police", "police")
    maker.report(centre, police)
    session.rollback()
    assert check("letters") == ""
    maker.report(police, now=now - timedelta(days=3))
    with pytest.raises(Complaint, match=r"three days: police;"):
        check("letters")
    session.execute(update(Portal).values(demo=True))
    session.commit()
    with pytest.raises(Note):
        check("letters")


def test_mail_that_does_not_arrive_is_told_by_organisation(check, session):
    maker = Maker(session, now=datetime.now(UTC))
    centre = maker.organisation()
    rota.save(session, maker.signed_in(centre, "lead"), rota_of(), maker.now)
    assert check("notices") == ""
    session.execute(update(Notice).values(failing_since=maker.now.date()))
    session.commit()
    with pytest.raises(Complaint, match=f"centre since {maker.now.date()}"):
        check("notices")


def test_before_anything_was_set_up_nothing_waits(check):
    assert (check("letters"), check("notices")) == ("", "")
