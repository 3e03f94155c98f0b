"""How long a letter is kept: what was said when it came, and what an organisation decided since.

A letter is kept for some days after the last thing that happened in it: fewer once it is closed. What was said when it
came is the most; a shorter time that was chosen later counts too, but ends nothing before a notice is over. Rules and
bounds are data with their source (개인정보 보호법 제21조): `app/data/keeping.json`. Days are Korea's.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from app.errors import FormatError

_DATA: Final = Path(__file__).parent.parent / "data" / "keeping.json"


@cache
def _rules() -> dict[str, Any]:
    rules: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return rules


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers of days an organisation chooses, and the one that holds until it does."""

    least: int
    most: int
    usual: int


CLOSED: Final = Bounds(**_rules()["closed"])
QUIET: Final = Bounds(**_rules()["quiet"])
NOTICE: Final = timedelta(days=_rules()["notice_days"])
SOON: Final = timedelta(days=_rules()["soon_days"])
REVIEW: Final = timedelta(days=_rules()["review_days"])


@dataclass(frozen=True, slots=True)
class Policy:
    """What an organisation says from `since` on: days after closing, and days without anything happening.

    `place` counts an organisation's policies from 1; a letter carries the place of the one that its sender was told.
    """

    place: int
    since: date
    closed_days: int
    quiet_days: int

    def days(self, *, closed: bool) -> timedelta:
        """Give for how long it keeps a letter after the last thing that happened in it."""
        return timedelta(days=self.closed_days if closed else self.quiet_days)


def check(closed_days: int, quiet_days: int) -> None:
    """Pass for numbers within the bounds. Raises FormatError."""
    for name, days, bounds in (("closed_days", closed_days, CLOSED), ("quiet_days", quiet_days, QUIET)):
        if not bounds.least <= days <= bounds.most:
            raise FormatError(name)


def kept_until(policies: Sequence[Policy], told: int, last_on: date, *, closed: bool) -> date | None:
    """Give the last day on which a letter is kept. `told`: the place of the policy that it came under, 0 for none yet.

    `last_on`: the day on which something last happened in it. None where no policy counts.
    """
    ends = [
        last_on + one.days(closed=closed)
        if one.place == told
        else max(last_on + one.days(closed=closed), one.since + NOTICE)
        for one in policies
        if one.place >= told
    ]
    return min(ends, default=None)


def due_before(policies: Sequence[Policy], told: int, today: date, *, closed: bool) -> date | None:
    """Give the day before which something must last have happened for a letter to be due today; None for no letter.

    The other side of `kept_until`: a letter is due once its last day is past.
    """
    shortest = [
        one.days(closed=closed)
        for one in policies
        if one.place == told or (one.place > told and one.since + NOTICE < today)
    ]
    return today - min(shortest) if shortest else None
