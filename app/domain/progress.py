"""Where the work stands as the person it is done for may see it, and by when the next step usually follows.

Twin of `static/js/domain/progress.js`; both replay `tests/vectors/progress.json`. Days are YYYY-MM-DD, Korea's.
"""

from datetime import date, timedelta
from typing import Final, TypedDict

OPENED: Final = "opened"


class Outlook(TypedDict):
    """By which day the next step usually follows, None where nobody can say; and whether it takes longer than that."""

    by: str | None
    late: bool


def shown_since(state: str, on: str, reported_on: str, first: str) -> tuple[str, str]:
    """Give a state and its day as the reporter sees them.

    What is dated before her own report comes of somebody else's: she sees `first`, the state in which everything of
    hers begins, on the day of her report (FORMAT, «Summaries»: only states dated after her own report).
    """
    return (state, on) if on >= reported_on else (first, reported_on)


def stage_of(state: str, state_on: str, opened_on: str | None) -> tuple[str, str]:
    """Give a referral's stage and since when: its state, or `opened` for a letter that was read, not yet taken on."""
    return (OPENED, opened_on) if state == "received" and opened_on is not None else (state, state_on)


def outlook(since: str, today: str, days: int | None, *, paused: bool) -> Outlook:
    """Give what may be expected `days` after `since`; a usual time that has passed is named no more.

    `paused`: the institution that must decide does not keep its usual times at the moment.
    """
    by = None if days is None or paused else (date.fromisoformat(since) + timedelta(days=days)).isoformat()
    late = paused or (by is not None and today > by)
    return {"by": None if late else by, "late": late}
