"""Letters of earlier weeks in the demo, answered and closed: figures of a centre need a past to be looked at."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.cli import demo_letters
from app.cli.ceremony import Founded
from app.cli.demo_work import Desk
from app.crypto.report import Choice
from app.domain.deadline import day_of, due_on
from app.domain.letter import Consent
from app.models import Referral, ReferralItem, Report

LETTERS: Final = 28
FIRST: Final = 9  # weeks ago
TOGETHER: Final = 7  # letters of one week, every other week
CONSENT: Final[Consent] = {"purposes": ["counselling", "deletion"], "pass_on": []}


def make_past(
    session: Session,
    client: FlaskClient,
    portal_id: bytes,
    organisation: dict[str, Any],
    founded: Founded,
    now: datetime,
) -> None:
    """Post letters to one organisation, have each answered, and date all of it back."""
    today = day_of(now)
    desk = Desk(session, portal_id, founded, now)
    for number in range(LETTERS):
        choice = Choice(organisation, CONSENT, ())
        posted = demo_letters.post(client, portal_id, [choice], _made_up(number), today)
        referral = session.scalars(select(Referral).where(Referral.report_id == posted.report_id)).one()
        session.commit()
        desk.work(referral, posted.letters[founded.slug], "closed")
        _date_back(session, referral, number, now)
    desk.leave()


def _made_up(number: int) -> Mapping[str, Any]:
    link = {"url": f"https://clips.example/earlier/{number}", "kind": "adult_site", "spread": "spreading"}
    return {
        "account": "",
        "links": [link],
        "harm": ["distribution"],
        "material": ["illegally_filmed"],
        "wishes": ["delete"],
        "urgent": number % 3 == 0,
    }


def _date_back(session: Session, referral: Referral, number: int, now: datetime) -> None:
    ago = 7 * (FIRST - 2 * (number // TOGETHER)) - number % 3
    received_on: date = day_of(now) - timedelta(days=ago)
    removed_on = received_on + timedelta(days=min(2 + number * 7 % 23, ago))
    closed_on = removed_on + timedelta(days=min(1, ago))
    opened_at = now - timedelta(days=max(ago - number % 3, 0))
    own = Referral.referral_id == referral.referral_id
    session.execute(update(Report).where(Report.report_id == referral.report_id).values(received_on=received_on))
    session.execute(
        update(Referral)
        .where(own)
        .values(
            received_on=received_on,
            due_on=due_on(received_on, urgent=referral.urgent),
            state_on=closed_on,
            opened_at=opened_at,
        )
    )
    session.execute(
        update(ReferralItem)
        .where(ReferralItem.referral_id == referral.referral_id)
        .values(state_on=removed_on, removed_on=removed_on)
    )
    session.commit()
