"""When an organisation is usually open, in Korea's time. Twin of `opening_hours.js`; both replay the same vectors.

Written as schema.org's `openingHours` (https://schema.org/openingHours), each line after a semicolon:
`Mo,Tu 09:00-18:00; Sa 22:00-06:00`. Where the second time is the smaller, a line goes on past midnight and belongs to
the day on which it began. Public holidays are not known here: what comes of it is said as what is usual.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.deadline import KOREA
from app.errors import FormatError

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAY: Final = 24 * 60  # minutes
WEEK: Final = 7 * DAY
LINES_MOST: Final = 10
_TIME: Final = r"([01][0-9]|2[0-4]):([0-5][0-9])"
_LINE: Final = re.compile(rf"((?:Mo|Tu|We|Th|Fr|Sa|Su)(?:,(?:Mo|Tu|We|Th|Fr|Sa|Su))*) {_TIME}-{_TIME}")


@dataclass(frozen=True, slots=True)
class Opening:
    """One line: days from 0 Monday to 6 Sunday, in their order, and minutes after midnight.

    `from_minute` is below 1440, `until_minute` from 1 to 1440, and they are never equal.
    """

    days: tuple[int, ...]
    from_minute: int
    until_minute: int


def parse(text: str) -> tuple[Opening, ...]:
    """Read opening hours; nothing said is an empty text. Raises FormatError("opening")."""
    lines = text.split("; ") if text else []
    if len(lines) > LINES_MOST:
        raise FormatError("opening")
    return tuple(_line(line) for line in lines)


def written(openings: Sequence[Opening]) -> str:
    """Write opening hours as `parse` reads them."""
    return "; ".join(
        f"{','.join(DAYS[day] for day in one.days)} {clock(one.from_minute)}-{clock(one.until_minute)}"
        for one in openings
    )


def clock(minute: int) -> str:
    """Write minutes after midnight, up to 1440, as hours and minutes."""
    return f"{minute // 60:02}:{minute % 60:02}"


def minute_of_week(now: datetime) -> int:
    """Give how many minutes of the week are over in Korea at an aware time; a week begins on Monday."""
    local = now.astimezone(KOREA)
    return local.weekday() * DAY + local.hour * 60 + local.minute


def is_within(opening: Opening, minute: int) -> bool:
    """Say whether one line holds in a minute of the week."""
    lasts = (opening.until_minute - opening.from_minute) % DAY or DAY
    return any((minute - day * DAY - opening.from_minute) % WEEK < lasts for day in opening.days)


def minutes_until_open(text: str, minute: int) -> int | None:
    """Give how long after a minute of the week somebody is usually there: 0 where it is open then.

    None where nothing is said. Raises FormatError("opening").
    """
    openings = parse(text)
    if any(is_within(one, minute) for one in openings):
        return 0
    waits = ((day * DAY + one.from_minute - minute) % WEEK for one in openings for day in one.days)
    return min(waits, default=None)


def _line(line: str) -> Opening:
    found = _LINE.fullmatch(line)
    if found is None:
        raise FormatError("opening")
    named, *numbers = found.groups()
    days = tuple(DAYS.index(day) for day in named.split(","))
    hour, past, until_hour, until_past = (int(number) for number in numbers)
    opening = Opening(days, hour * 60 + past, until_hour * 60 + until_past)
    in_order = days == tuple(sorted(set(days)))
    if not in_order or opening.from_minute >= DAY or not 0 < opening.until_minute <= DAY:
        raise FormatError("opening")
    if opening.from_minute == opening.until_minute:
        raise FormatError("opening")
    return opening
