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

from app.domain import crossed, figures
from app.domain.crossed import ShownCells
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
    """What the page shows. `totals` by name, each with its divisions; `counted_at` None: nothing was counted yet.

    `crossed`: rows of one of `current`, divided once more. `typical`: in how many days half of them, and nine in ten,
    were reached; None where that is not said.
    """

    period: Period
    counted_at: datetime | None
    public_since: date | None
    totals: dict[str, Shown]
    current: dict[str, Shown]
    crossed: dict[str, ShownCells]
    typical: dict[str, tuple[int | None, int | None]]


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
    cells = _cells(current)
    now = {total: suppress(_divided_now(current, cells[total], names)) for total, names in figures.NOW.items()}
    if _is_all(session, signed_in, period):
        over, now = _kept_apart(over, now)
    return Figures(
        period=period,
        counted_at=counted_at,
        public_since=standing.public_since if standing else None,
        totals=over,
        current=now,
        crossed={
            total: crossed.suppress_cells(now[total].divided[names[0]], cells[total])
            for total, names in figures.NOW.items()
        },
        typical=_typical(over, counts),
    )


def _cells(current: Counts) -> dict[str, dict[str, dict[str, int]]]:
    """Give the cells of each table that is crossed: of open referrals by state and age, and so on."""
    ages, answers = figures.PARTS["age"], figures.PARTS["answer"]
    receivers = sorted({word.split()[0] for figure, word in current if figure == "answer"})
    return {
        "open": {
            state: {age: current.get(("age", f"{state} {age}"), 0) for age in ages} for state in figures.PARTS["state"]
        },
        "links": {
            stage: {state: current.get(("items", state), 0) for state in states}
            for stage, states in figures.STAGES.items()
        },
        "passed_on": {
            receiver: {answer: current.get(("answer", f"{receiver} {answer}"), 0) for answer in answers}
            for receiver in receivers
        },
    }


def _divided_now(
    current: Counts, cells: Mapping[str, Mapping[str, int]], names: tuple[str, ...]
) -> dict[str, dict[str, int]]:
    """Give the divisions of what is there now: rows of the crossed table first, then what else divides the total."""
    rows = {row: sum(numbers.values()) for row, numbers in cells.items()}
    return {names[0]: rows} | divided(current, names[1:])


def _typical(over: Mapping[str, Shown], counts: Counts) -> dict[str, tuple[int | None, int | None]]:
    found = {}
    for total, divisions in figures.OF_WEEKS.items():
        for figure in set(divisions) & set(figures.TYPICAL):
            steps = over[total].divided[figure]
            whole = over[total].total is not None and steps.get(figures.UNOPENED, 0) is not None
            days = {int(word): number for (name, word), number in counts.items() if name == figures.days_of(figure)}
            found[figure] = _middle(figure, steps, days) if whole else (None, None)
    return found


def _middle(figure: str, steps: Mapping[str, int | None], days: Mapping[int, int]) -> tuple[int | None, int | None]:
    ended = {word: number for word, number in steps.items() if word != figures.UNOPENED}
    half, most = (
        crossed.reached_by(ended, days, lambda day: figures.step_word(figure, day), tenths) for tenths in (5, 9)
    )
    return half, most


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
