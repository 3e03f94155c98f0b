"""What is counted of an organisation's work: days, states and sizes, which is all that a server knows of it.

Every total is divided in several ways, each part with a word of its own; nothing is divided by who did it.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from app.domain.deadline import KOREA, day_of
from app.domain.item_state import GONE
from app.domain.referral_state import OPEN
from app.domain.vocabulary import ITEM_STATES, ONWARD_STATES, REFERRAL_STATES

Steps = tuple[tuple[str, int], ...]

LATER: Final = "later"
UNOPENED: Final = "unopened"
_OPENED: Final[Steps] = (("day_0", 0), ("day_1", 1), ("days_3", 3), ("days_7", 7), ("days_14", 14))
_LASTING: Final[Steps] = (("week", 7), ("month", 30), ("quarter", 91), ("half", 182))
_DUE: Final[Steps] = (("hours_24", 0), ("days_3", 3), ("days_7", 7))
_SOON: Final = timedelta(hours=4)
OUTCOMES: Final = ("removed", "blocked", "correction_requested", "site_closed", "refused", "unreachable")

# How far a link has come by the state that it is in, the farthest first: what came back is told from what is gone by
# their sum alone where one of them is small.
STAGES: Final[Mapping[str, tuple[str, ...]]] = {
    "back": ("reappeared",),
    "gone": tuple(state for state in ITEM_STATES if state in GONE or state == "monitoring"),
    "asked": (
        "requested_operator", "requested_commission", "requested_police", "correction_requested", "refused",
        "unreachable",
    ),
    "seen": ("checked",),
    "waiting": ("reported",),
}  # fmt: skip

# The parts of each figure in the order in which they are shown; those of the weeks are the weeks themselves.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "urgency": ("urgent", "ordinary"),
    "size": ("1", "2", "3", "4"),
    "opened": (*(word for word, _days in _OPENED), LATER, UNOPENED),
    "lasted": (*(word for word, _days in _LASTING), LATER),
    "state": tuple(state for state in REFERRAL_STATES if state in OPEN),
    "age": (*(word for word, _days in _LASTING), LATER),
    "down": (*(word for word, _days in _LASTING), LATER),
    "due": ("overdue", "hours_4", *(word for word, _days in _DUE), LATER),
    "stage": tuple(STAGES),
    "items": ITEM_STATES,
    "answer": ONWARD_STATES,
    "outcome": OUTCOMES,
}
# What each total is divided into: of a stretch of weeks, of a month that is made public, and of what is there now.
OF_WEEKS: Final[Mapping[str, tuple[str, ...]]] = {
    "received": ("urgency", "size", "opened"),
    "closed": ("lasted",),
    "down": ("down",),
}
OF_MONTHS: Final[Mapping[str, tuple[str, ...]]] = {
    "received": ("urgency", "opened"),
    "closed": ("lasted",),
    "links": ("outcome",),
}
NOW: Final[Mapping[str, tuple[str, ...]]] = {
    "open": ("state", "due"),
    "links": ("stage",),
    "passed_on": ("receiver",),
}
# Of these the days themselves are counted as well, and the middle one is said.
TYPICAL: Final = ("opened", "lasted", "down")
BY_WEEK: Final = "week"
# Letters that came in a month are followed for so long before the month can become public: by then it has settled in
# which of the steps up to 14 days each first opening lies.
SETTLED: Final = timedelta(days=14)


def opened_word(received_on: date, opened_on: date | None) -> str:
    """Give how long a letter lay before it was first opened."""
    return UNOPENED if opened_on is None else _step(_OPENED, (opened_on - received_on).days)


def lasted_word(days: int) -> str:
    """Give how long something lasted."""
    return _step(_LASTING, days)


def due_word(due_on: date, now: datetime) -> str:
    """Give how far the end of a due day in Korea is away."""
    left = datetime.combine(due_on + timedelta(days=1), time(), KOREA) - now
    if left <= timedelta():
        return "overdue"
    return "hours_4" if left < _SOON else _step(_DUE, (due_on - day_of(now)).days)


def step_word(figure: str, days: int) -> str:
    """Give the step of one of TYPICAL that so many days are in."""
    return _step(_OPENED if figure == "opened" else _LASTING, days)


def days_of(figure: str) -> str:
    """Give the name under which the days themselves of one of TYPICAL are counted."""
    return f"{figure}_days"


def stage_word(state: str) -> str:
    """Give how far a link in this state has come."""
    return next(stage for stage, states in STAGES.items() if state in states)


def _step(steps: Iterable[tuple[str, int]], days: int) -> str:
    return next((word for word, most in steps if days <= most), LATER)


def week_of(day: date) -> date:
    """Give the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def month_of(day: date) -> date:
    """Give the first day of a day's month."""
    return day.replace(day=1)


def month_after(month: date) -> date:
    """Give the first day of the month that follows."""
    return month_of(month + timedelta(days=31))


def may_be_published(month: date, today: date) -> bool:
    """Say whether a month is over for long enough."""
    return month_after(month) + SETTLED <= today
