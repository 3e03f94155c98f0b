"""The page of figures: an organisation's counts over some weeks and as they are now, without what is too small to show.

Read from counts that are made once an hour: a page costs the same with a hundred letters and a hundred thousand.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import figures
from app.domain.deadline import day_of
from app.domain.suppression import Shown, suppress
from app.errors import FormatError
from app.models import FigureCount, FigureStanding
from app.services import access_log
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

WEEKS: Final = (4, 13, 26, 52)
EXPORT_REASONS: Final = ("report", "planning", "authority", "other")
_WEEK: Final = timedelta(days=7)
Counts = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Period:
    """Whole weeks: the Monday of the first one, and how many."""

    first: date
    weeks: int

    @property
    def last_day(self) -> date:
        """The Sunday of the last week."""
        return self.first + self.weeks * _WEEK - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Figures:
    """What the page shows. `totals` by name, each with its divisions; `counted_at` None: nothing was counted yet."""

    period: Period
    counted_at: datetime | None
    public_since: date | None
    totals: dict[str, Shown]
    current: dict[str, Shown]


def period_of(weeks: str, until: str, now: datetime) -> Period:
    """Give the period that an address names; empty for the 13 weeks that end with this one. Raises FormatError."""
    if weeks not in {"", *map(str, WEEKS)}:
        raise FormatError("weeks")
    number = int(weeks or WEEKS[1])
    try:
        day = date.fromisoformat(until) if until else day_of(now)
    except ValueError:
        raise FormatError("until") from None
    last = figures.week_of(min(day, day_of(now)))
    if last.year < 2000:
        raise FormatError("until")
    return Period(last - (number - 1) * _WEEK, number)


def read(session: Session, signed_in: SignedIn, period: Period) -> Figures:
    """Give the figures of the own organisation. Raises NotAllowed."""
    signed_in.must("viewer")
    reads_only(session)
    standing = session.get(FigureStanding, signed_in.organisation_id)
    weekly = session.execute(
        select(FigureCount.starts_on, FigureCount.figure, FigureCount.word, FigureCount.number).where(
            FigureCount.organisation_id == signed_in.organisation_id,
            FigureCount.span == "week",
            FigureCount.starts_on.between(period.first, period.last_day),
        )
    ).all()
    counts: Counter[tuple[str, str]] = Counter()
    by_week: Counter[tuple[str, date]] = Counter()
    for starts_on, figure, word, number in weekly:
        counts[figure, word] += number
        by_week[figure, starts_on] += number
    counted_at = standing.counted_at if standing else None
    current = {} if counted_at is None else _now(session, signed_in, day_of(counted_at))
    over = {
        total: suppress(_by_week(by_week, divisions[0], period) | divided(counts, divisions))
        for total, divisions in figures.OF_WEEKS.items()
    }
    now = {total: suppress(divided(current, names)) for total, names in figures.NOW.items()}
    if _is_all(session, signed_in, period):
        over, now = _kept_apart(over, now)
    return Figures(
        period=period,
        counted_at=counted_at,
        public_since=standing.public_since if standing else None,
        totals=over,
        current=now,
    )


def export(session: Session, signed_in: SignedIn, period: Period, reason: str, now: datetime) -> Figures:
    """Give the figures as `read` does, and note who took them along and what for. Raises NotAllowed, FormatError."""
    if reason not in EXPORT_REASONS:
        raise FormatError("reason")
    found = read(session, signed_in, period)
    session.rollback()  # what was read is at hand; a transaction that only reads cannot write this down
    access_log.record(session, signed_in, "figures_exported", now, detail=reason)
    session.commit()
    return found


def _is_all(session: Session, signed_in: SignedIn, period: Period) -> bool:
    """Say whether nothing was counted in any other week."""
    own = (FigureCount.organisation_id == signed_in.organisation_id, FigureCount.span == "week")
    starts_on = FigureCount.starts_on
    ends = (
        session.scalar(select(starts_on).where(*own).order_by(way).limit(1)) for way in (starts_on, starts_on.desc())
    )
    return all(end is None or period.first <= end <= period.last_day for end in ends)


def _kept_apart(over: dict[str, Shown], now: dict[str, Shown]) -> tuple[dict[str, Shown], dict[str, Shown]]:
    """Hide what would be told by this: over all weeks, what came in is what was closed and what is open."""
    came, closed, still = over["received"], over["closed"], now["open"]
    if None not in (came.total, closed.total, still.total):
        return over, now
    nothing_of_one = 0 in (closed.total, still.total)
    over = over | {"closed": _nothing_of(closed)}
    if came.total is None or nothing_of_one:
        over = over | {"received": _nothing_of(came)}
    return over, now | {"open": _nothing_of(still)}


def _nothing_of(shown: Shown) -> Shown:
    """Hide all but noughts."""
    parts = {
        name: {word: 0 if number == 0 else None for word, number in words.items()}
        for name, words in shown.divided.items()
    }
    return Shown(0 if shown.total == 0 else None, parts)


def divided(counts: Counts, divisions: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Give each division of a total with all its words, those without a letter included."""
    return {figure: {word: counts.get((figure, word), 0) for word in figures.PARTS[figure]} for figure in divisions}


def _by_week(by_week: Mapping[tuple[str, date], int], figure: str, period: Period) -> dict[str, dict[str, int]]:
    weeks = [period.first + number * _WEEK for number in range(period.weeks)]
    return {figures.BY_WEEK: {week.isoformat(): by_week.get((figure, week), 0) for week in weeks}}


def _now(session: Session, signed_in: SignedIn, day: date) -> Counts:
    rows = session.execute(
        select(FigureCount.figure, FigureCount.word, FigureCount.number).where(
            FigureCount.organisation_id == signed_in.organisation_id,
            FigureCount.span == "now",
            FigureCount.starts_on == day,
        )
    )
    return {(figure, word): number for figure, word, number in rows}
