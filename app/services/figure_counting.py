"""Counting for the page of figures: once an hour, all that is there, so that a page adds up little however much it is.

Withdrawn letters, destroyed ones and junk are in no figure. What is counted is counted anew each time: nothing that was
destroyed goes on being counted.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    cast,
    delete,
    func,
    insert,
    literal_column,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session

from app.domain import figures
from app.domain.deadline import day_of
from app.domain.referral_state import LIVING, OPEN
from app.models import FigureCount, FigureStanding, Junk, Organisation, PassedOn, Referral, ReferralItem
from app.services.insertion import insert_if_absent
from app.services.transaction import reads_only

EVERY: Final = timedelta(hours=1)
TOGETHER: Final = 5_000  # rows that are held at a time
Place: TypeAlias = tuple[str, date, str, str]  # span, first day, figure, word
Counted: TypeAlias = Counter[Place]
_Row: TypeAlias = tuple[date, date, date, bool, int, str, date | None, int]
# The day in Korea of a moment, as each database gives it.
_KOREAN_DAY: Final[Mapping[str, Callable[[Any], Any]]] = {
    "sqlite": lambda moment: func.date(moment, literal_column("'+9 hours'")),
    "postgresql": lambda moment: cast(func.timezone(literal_column("'Asia/Seoul'"), moment), Date),
}


def count_what_is_due(session: Session, now: datetime) -> int:
    """Count the figures of every organisation whose counts are an hour old; give how many these were."""
    due = _due(session, now)
    session.rollback()
    for organisation_id in due:
        count(session, organisation_id, now)
    return len(due)


def count(session: Session, organisation_id: bytes, now: datetime) -> None:
    """Count one organisation's figures anew, and keep them. Reads first: nobody waits while it counts. Commits."""
    reads_only(session)
    found = _counted(session, organisation_id, now)
    kept = {
        (row.span, row.starts_on, row.figure, row.word): row.number for row in session.execute(_kept(organisation_id))
    }
    session.rollback()
    whose = FigureCount.organisation_id == organisation_id
    for place in (place for place, number in kept.items() if found[place] != number):
        session.execute(delete(FigureCount).where(whose, *_at(place)))
    fresh = [
        dict(zip(("organisation_id", "span", "starts_on", "figure", "word"), (organisation_id, *place), strict=True))
        | {"number": number}
        for place, number in found.items()
        if number and kept.get(place) != number
    ]
    if fresh:
        session.execute(insert(FigureCount), fresh)
    insert_if_absent(
        session, FigureStanding, {"organisation_id": organisation_id, "counted_at": None, "public_since": None}
    )
    own = FigureStanding.organisation_id == organisation_id
    session.execute(update(FigureStanding).where(own).values(counted_at=now))
    session.commit()


def _due(session: Session, now: datetime) -> list[bytes]:
    """Give whose counts are old, or from a time that cannot have come yet."""
    reads_only(session)
    counted_at = FigureStanding.counted_at
    old = or_(counted_at.is_(None), counted_at <= now - EVERY, counted_at > now)
    return list(
        session.scalars(
            select(Organisation.organisation_id)
            .outerjoin(FigureStanding, FigureStanding.organisation_id == Organisation.organisation_id)
            .where(old)
            .order_by(Organisation.organisation_id)
        )
    )


def _at(place: Place) -> tuple[ColumnElement[bool], ...]:
    span, starts_on, figure, word = place
    return (
        FigureCount.span == span,
        FigureCount.starts_on == starts_on,
        FigureCount.figure == figure,
        FigureCount.word == word,
    )


def _kept(organisation_id: bytes) -> Select[str, date, str, str, int]:
    columns = (FigureCount.span, FigureCount.starts_on, FigureCount.figure, FigureCount.word, FigureCount.number)
    return select(*columns).where(FigureCount.organisation_id == organisation_id)


def _counted(session: Session, organisation_id: bytes, now: datetime) -> Counted:
    found: Counted = Counter()
    today = day_of(now)
    dialect = session.connection().dialect.name
    for row in session.execute(_letters(organisation_id, dialect)).yield_per(TOGETHER):
        for place in _places(row, now):
            found[place] += row.number
    for state, state_on, number in session.execute(_links(organisation_id)):
        found["now", today, "items", state] += number
        if state in figures.OUTCOMES:
            found["month", figures.month_of(state_on), "outcome", state] += number
    for removed_on, received_on, number in session.execute(_taken_down(organisation_id)):
        for place in _lasting("down", received_on, removed_on):
            found[place] += number
    for receiver, answer, number in session.execute(_passed_on(organisation_id)):
        found["now", today, "answer", f"{receiver} {answer}"] += number
    return found


def _letters(organisation_id: bytes, dialect: str) -> Select[*_Row]:
    """Count letters that are alike in all that is counted of them: the database is quicker at that than this."""
    day = _KOREAN_DAY[dialect](Referral.opened_at)
    alike = (Referral.received_on, Referral.state_on, Referral.due_on, Referral.urgent, Referral.size, Referral.state)
    return (
        select(*alike, type_coerce(day, Date), func.count().label("number"))
        .outerjoin(Junk, Junk.referral_id == Referral.referral_id)
        .where(*_own_letters(organisation_id))
        .group_by(*alike, day)
    )


def _places(row: _Row, now: datetime) -> Iterator[Place]:
    """Give each figure that letters of one row are counted in."""
    received_on, state_on, due_on, urgent, size, state, opened_on, _number = row
    week, month = figures.week_of(received_on), figures.month_of(received_on)
    urgency = "urgent" if urgent else "ordinary"
    opened = figures.opened_word(received_on, opened_on)
    yield "week", week, "size", str(size)
    for span, first in (("week", week), ("month", month)):
        yield span, first, "urgency", urgency
        yield span, first, "opened", opened
    if opened_on is not None:
        yield "week", week, figures.days_of("opened"), str(max(0, (opened_on - received_on).days))
    if state == "closed":
        yield from _lasting("lasted", received_on, state_on)
        yield "month", figures.month_of(state_on), "lasted", figures.lasted_word((state_on - received_on).days)
    if state in OPEN:
        today = day_of(now)
        yield "now", today, "age", f"{state} {figures.lasted_word((today - received_on).days)}"
        yield "now", today, "due", figures.due_word(due_on, now)


def _lasting(figure: str, received_on: date, ended_on: date) -> Iterator[Place]:
    """Give where something is counted that ended so long after its letter came in: its step, and the days."""
    days, week = max(0, (ended_on - received_on).days), figures.week_of(ended_on)
    yield "week", week, figure, figures.step_word(figure, days)
    yield "week", week, figures.days_of(figure), str(days)


def _own_letters(organisation_id: bytes) -> tuple[ColumnElement[bool], ...]:
    """Leave out junk, and what was withdrawn or destroyed."""
    return (
        Referral.organisation_id == organisation_id,
        Referral.state.in_(sorted(LIVING)),
        Junk.referral_id.is_(None),
    )


def _links(organisation_id: bytes) -> Select[str, date, int]:
    """Count links by state and day."""
    standing = (ReferralItem.state, ReferralItem.state_on)
    return (
        select(*standing, func.count())
        .join(Referral, Referral.referral_id == ReferralItem.referral_id)
        .outerjoin(Junk, Junk.referral_id == Referral.referral_id)
        .where(*_own_letters(organisation_id))
        .group_by(*standing)
    )


def _taken_down(organisation_id: bytes) -> Select[date, date, int]:
    """Count links that were deleted or blocked, by the day of that and of their letter's arrival."""
    days = (type_coerce(ReferralItem.removed_on, Date), Referral.received_on)
    return (
        select(*days, func.count())
        .join(Referral, Referral.referral_id == ReferralItem.referral_id)
        .outerjoin(Junk, Junk.referral_id == Referral.referral_id)
        .where(*_own_letters(organisation_id), ReferralItem.removed_on.is_not(None))
        .group_by(*days)
    )


def _passed_on(organisation_id: bytes) -> Select[str, str, int]:
    """Count what was passed on to others, by whom it went to and the answer."""
    return (
        select(Organisation.slug, Referral.onward, func.count())
        .join(PassedOn, PassedOn.referral_id == Referral.referral_id)
        .join(Organisation, Organisation.organisation_id == Referral.organisation_id)
        .where(PassedOn.referrer_id == organisation_id, Referral.state.in_(sorted(LIVING)), Referral.onward != "")
        .group_by(Organisation.slug, Referral.onward)
    )
