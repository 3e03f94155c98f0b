"""Whether the machine's clock can be believed: asked before anything is destroyed because a day is past."""

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.deadline import day_of, due_on
from app.domain.referral_state import LIVING, OPEN
from app.errors import ClockDoubted
from app.models import Draft, Organisation, Portal, Referral, Report, Tick
from app.services import keeping
from app.services.insertion import insert_if_absent

KEPT_FOR: Final = timedelta(days=3)  # withdrawn reports, and drafts: 72 hours in whole days, as no hour is kept
LEAP: Final = timedelta(hours=26)  # from one tick to the next; what is destroyed early is so by no more than this
SLIP: Final = timedelta(minutes=5)  # by which clocks are set back without anybody's doing


def doubt(session: Session, now: datetime) -> str:
    """Give why `now` is not believed, in words for whoever runs the portal; empty when it is.

    It is held against the last tick that was believed, and before the first against the making of the portal.
    """
    last = session.scalar(select(Tick.at))
    earliest = session.scalar(select(Portal.created_at)) if last is None else last
    if earliest is not None and now < earliest - SLIP:
        return f"the clock says {now:%Y-%m-%d %H:%M} UTC, but this portal has seen {earliest:%Y-%m-%d %H:%M}"
    if last is not None and now > last + LEAP:
        return f"the clock says {now:%Y-%m-%d %H:%M} UTC, and the last tick was on {last:%Y-%m-%d %H:%M}"
    return ""


def believe(session: Session, now: datetime, *, said_to_be_right: bool = False) -> None:
    """Take `now` for the time, and note it. Raises ClockDoubted, unless somebody said that it is right.

    Puts right what a clock that was ahead left behind. Commits nothing.
    """
    doubts = doubt(session, now)
    if doubts and not said_to_be_right:
        raise ClockDoubted(doubts)
    if not insert_if_absent(session, Tick, {"only_row": 1, "at": now}):  # two first ones may come at once
        session.execute(update(Tick).values(at=now))
    _mend(session, day_of(now))


def no_earlier_than_seen(session: Session, today: date) -> date:
    """Give today, or the day of the last tick where the clock has gone back behind it."""
    last = session.scalar(select(Tick.at))
    return today if last is None else max(today, day_of(last))


def _mend(session: Session, today: date) -> None:
    """Days that cannot have come yet: a report would wait at the end of its queue, or be kept too long."""
    latest = today + KEPT_FOR
    for kept in (Referral, Report, Draft):
        session.execute(update(kept).where(kept.destroy_on > latest).values(destroy_on=latest))
    keeping.mend(session, today)
    for organisation_id, last in session.execute(select(Organisation.organisation_id, Organisation.keeping)).all():
        session.execute(
            update(Referral)
            .where(
                Referral.organisation_id == organisation_id,
                Referral.state.in_(sorted(LIVING)),
                Referral.keeping.in_(range(last + 1)),
                Referral.active_on > today,
            )
            .values(active_on=today)
        )
        for urgent in (True, False):
            due = due_on(today, urgent=urgent)
            ahead = session.scalars(
                update(Referral)
                .where(
                    Referral.organisation_id == organisation_id,
                    Referral.state.in_(sorted(OPEN)),
                    Referral.urgent.is_(urgent),
                    Referral.due_on > due,
                )
                .values(due_on=due, received_on=today)
                .returning(Referral.report_id)
            ).all()
            session.execute(
                update(Report).where(Report.report_id.in_(ahead), Report.received_on > today).values(received_on=today)
            )
