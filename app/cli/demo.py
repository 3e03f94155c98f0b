"""`flask demo`: a portal to try out, with made-up organisations and reports. Never among real ones."""

import json
import os
import secrets
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import click
from flask import current_app
from flask.cli import with_appcontext
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.cli import demo_keeping, demo_letters, demo_onward, demo_past, demo_work
from app.cli.ceremony import Description, Founded, Person, found
from app.cli.operator import enrol
from app.data import read
from app.domain.deadline import day_of
from app.domain.notice import Duty
from app.domain.role import OPERATOR
from app.domain.vocabulary import ROLES
from app.errors import NotFound, SetUpRefused
from app.models import Organisation
from app.services import figure_counting, offer, portal, rota
from app.services.offer import Offer
from app.services.rota import Rota, Words

DAYS: Final = 6
# Words that anybody can type on any keyboard; five of them hold some 52 bits.
_ONSETS: Final = "bdfgjklmnprstvz"
_VOWELS: Final = "aeiou"


@click.command("demo", help="Make a demo portal in an empty database; where there is one, leave it as it is.")
@click.option("--accounts", default="instance/demo-accounts.json", type=click.Path(path_type=Path), show_default=True)
@click.option("--show", is_flag=True, help="Print who can sign in.")
@with_appcontext
def command(accounts: Path, *, show: bool) -> None:
    """Make the demo portal unless it is there, and print the sign-ins if asked."""
    session = db.session()
    try:
        if not _is_there(session):
            _write(accounts, _make(session, datetime.now(UTC)))
    except SetUpRefused as error:
        raise click.ClickException(str(error)) from error
    if show:
        _print(accounts)


def _is_there(session: Session) -> bool:
    """Say whether the demo was made. Raises SetUpRefused where anything else was."""
    try:
        existing = portal.current(session)
    except NotFound:
        existing = None
    organisations = session.scalar(select(Organisation.slug).limit(1))
    session.commit()
    if existing is None and organisations is None:
        return False
    if existing is None or not existing.demo:
        raise SetUpRefused("This portal serves real organisations: no demo is made here.")
    return True


def _make(session: Session, now: datetime) -> list[dict[str, str]]:
    portal_id = portal.create(session, demo=True, now=now).portal_id
    accounts: list[dict[str, str]] = []
    founded: list[Founded] = []
    for listed in read("demo/organisations")["organisations"]:
        people = [Person(f"{listed['login']}.{role}", role, _passphrase()) for role in ROLES]
        names = (listed[name] for name in ("slug", "kind", "name_ko", "name_en", "region"))
        founded.append(found(session, portal_id, Description(*names), people, now))
        accounts += [_account(listed, person) for person in people]
        if "rota" in listed:
            rota.keep(session, founded[-1].organisation_id, _rota(listed["rota"], day_of(now)), now)
            session.commit()
        if "offer" in listed:
            offer.keep(session, founded[-1].organisation_id, _offer(listed["offer"]))
            session.commit()
    login = "demo.operator"
    accounts.append(
        {
            "organisation": "포털 운영",
            "kind": OPERATOR,
            "login": login,
            "passphrase": enrol(session, portal_id, login, now),
            "role": OPERATOR,
        }
    )
    session.commit()
    client = current_app.test_client()
    _past(session, client, founded, now)
    posted = list(demo_letters.post_all(client, day_of(now)))
    demo_work.let_days_pass(session, posted, now, DAYS)
    letters = {one.report_id: one.letters for one in posted}
    for one in founded:
        demo_work.work_some(session, portal_id, one, letters, now)
    demo_onward.pass_some_on(session, portal_id, founded, letters, now)
    demo_keeping.keep_some(session, portal_id, founded[0], letters, now)
    figure_counting.count_what_is_due(session, now)
    return accounts


def _past(session: Session, client: FlaskClient, founded: list[Founded], now: datetime) -> None:
    portal_id, known = demo_letters.everybody(client)
    centre = next(one for one in founded if one.slug in demo_work.WITH_RECORDS)
    demo_past.make_past(session, client, portal_id, known[centre.slug], centre, now)


def _offer(chosen: dict[str, list[str]]) -> Offer:
    return Offer(tuple(chosen["languages"]), tuple(chosen["disability"]))


def _rota(chosen: dict[str, Any], today: date) -> Rota:
    """What the lead of a made-up organisation would have chosen."""
    away = chosen.get("away", {"ko": "", "en": ""})
    return Rota(
        duties=tuple(
            Duty(duty["address"], frozenset(duty["days"]), duty["from"], duty["until"]) for duty in chosen["duties"]
        ),
        digest=True,
        opening=chosen["opening"],
        hours=Words(**chosen["hours"]),
        away=Words(away["ko"], away["en"]),
        away_until=today + timedelta(days=away["days"]) if "days" in away else None,
    )


def _passphrase() -> str:
    return "-".join(_syllable() + _syllable() for _word in range(5))


def _syllable() -> str:
    return secrets.choice(_ONSETS) + secrets.choice(_VOWELS)


def _account(listed: dict[str, str], person: Person) -> dict[str, str]:
    return {
        "organisation": listed["name_ko"],
        "kind": listed["kind"],
        "login": person.login,
        "passphrase": person.passphrase,
        "role": person.role,
    }


def _write(path: Path, accounts: list[dict[str, str]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(accounts, file, ensure_ascii=False, indent=1)
        file.write("\n")


def _print(path: Path) -> None:
    try:
        accounts: Iterable[dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise click.ClickException(f"{path} is gone: who can sign in is known there only") from None
    click.echo("\nWho can sign in at /sign-in (a demo: every organisation and report is made up)\n")
    for account in accounts:
        click.echo(
            f"  {account['login']:<22} {account['passphrase']:<26} {account['role']:<11} {account['organisation']}"
        )
