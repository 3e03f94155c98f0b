"""When an organisation is told by mail that something waits, and who of it: pure rules over days and hours in Korea.

Nothing here keeps the minute at which a reporter did something: what is remembered is a day, or a whole hour to come.
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal

from app.domain.deadline import KOREA, day_of
from app.domain.opening_hours import Opening, is_within, minute_of_week

Kind = Literal["urgent", "digest", "unopened", "test"]

QUIET: Final = timedelta(minutes=30)  # the least time between two mails about what stays unopened
QUIET_MOST: Final = timedelta(hours=2)  # no rule asks for longer: what says so was written by a wrong clock
REMINDER: Final = timedelta(hours=3)  # after the quiet time, while something urgent stays unopened
LONG_UNOPENED: Final = timedelta(days=3)
DIGEST_FROM: Final = time(9, tzinfo=KOREA)
DIGEST_MINUTES: Final = 9 * 60
EVERY_DAY: Final = tuple(range(7))


@dataclass(frozen=True, slots=True)
class Duty:
    """One line of a rota: an address, on which days (0 Monday to 6 Sunday; none named: every day), in which hours.

    Hours are Korea's, `from_hour` 0 to 23 and `until_hour` 1 to 24, never equal. Where `until_hour` is the smaller, the
    duty goes on past midnight and belongs to the day on which it began.
    """

    address: str
    days: frozenset[int]
    from_hour: int
    until_hour: int


@dataclass(frozen=True, slots=True)
class Urgent:
    """What urgent letters lie unopened: `new` nobody was told of, `told` somebody was; `fresh` and told of as well.

    `fresh`: one that was told of came in the last days, so that a reminder is in place. What lies longer is told daily.
    """

    new: bool
    told: bool
    fresh: bool


def is_on_duty(duty: Duty, now: datetime) -> bool:
    """Say whether a duty is on at an aware time."""
    days = tuple(sorted(duty.days)) or EVERY_DAY
    return is_within(Opening(days, duty.from_hour * 60, duty.until_hour * 60), minute_of_week(now))


def whom(duties: Sequence[Duty], now: datetime) -> tuple[str, ...]:
    """Give who is told at an aware time, each once: those on duty; where nobody is, everybody."""
    on_duty = [duty for duty in duties if is_on_duty(duty, now)]
    return everybody(on_duty or duties)


def everybody(duties: Sequence[Duty]) -> tuple[str, ...]:
    """Give every address of a rota once, in its order."""
    return tuple(dict.fromkeys(duty.address for duty in duties))


def is_urgent_due(urgent: Urgent, quiet_until: datetime | None, now: datetime) -> bool:
    """Say whether to write at once that something urgent waits.

    What nobody was told of is told at once, unless something told lies unopened: then after the quiet time. What was
    told and stays unopened is told again some hours later.
    """
    if not urgent.told:
        return urgent.new
    if quiet_until is None or quiet_until > now + QUIET_MOST:
        return urgent.new or urgent.fresh
    return now >= quiet_until if urgent.new else urgent.fresh and now >= quiet_until + REMINDER


def quiet_after(now: datetime) -> datetime:
    """Give until when to be quiet after a mail: a whole hour, so that what is kept does not tell the minute."""
    soonest = now + QUIET
    full = soonest.replace(minute=0, second=0, microsecond=0)
    return full if full == soonest else full + timedelta(hours=1)


def digest_at(secret: bytes, organisation_id: bytes, day: date) -> datetime:
    """Give when an organisation's one look of a day is taken, between 9 and 18 o'clock in Korea.

    A keyed hash of organisation and day: it follows from no report, and nobody without `secret` can foretell it.
    """
    about = b"onestop digest " + organisation_id + day.isoformat().encode()
    number = int.from_bytes(hmac.digest(secret, about, hashlib.sha256)[:8], "big")
    return datetime.combine(day, DIGEST_FROM) + timedelta(minutes=number % DIGEST_MINUTES)


def is_look_due(secret: bytes, organisation_id: bytes, looked_on: date | None, now: datetime) -> bool:
    """Say whether the look of today is still to be taken; it is taken once, whatever it finds."""
    today = day_of(now)
    return looked_on != today and now >= digest_at(secret, organisation_id, today)


def daily_kind(*, digest: bool, unread: bool, long_unopened: bool) -> Kind | None:
    """Give what the look of a day leads to: a warning to everybody, a digest if wanted, or nothing."""
    if long_unopened:
        return "unopened"
    return "digest" if digest and unread else None


def long_before(today: date) -> date:
    """Give the last day of receipt on which a letter that is unopened today has waited long."""
    return today - LONG_UNOPENED


def is_away(from_day: date | None, until_day: date | None, today: date) -> bool:
    """Say whether an out-of-office text holds today; both days are included, and a missing one is no bound."""
    return (from_day is None or from_day <= today) and (until_day is None or today <= until_day)
