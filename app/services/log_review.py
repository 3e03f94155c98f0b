"""The monthly look at the access log: which months wait for it, who looked at the others, and the sign-off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.errors import FormatError
from app.models import AccessLog, Caseworker, LogReview
from app.services import access_log
from app.services.insertion import insert_if_absent
from app.services.log_reading import midnight
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

MONTHS_SHOWN: Final = 24
MONTHS_COUNTED: Final = 3  # those that are reviewed about now
# What somebody who reviews looks at first; the rest stands in the log itself.
NOTABLE: Final = (
    "opened", "junk_destroyed", "sign_in_failed", "joined", "left", "role_changed", "keys_changed", "recovered",
    "log_exported", "passed_on", "evidence_made", "links_listed", "list_made",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """One month (`2026-11`). `reviewed_by` is a login, empty while nobody has looked; `over`: it can be reviewed.

    `overdue`: the month after it has ended too. `numbers`: how often each of NOTABLE happened, for the newest months.
    """

    month: str
    first_day: date
    last_day: date
    over: bool
    overdue: bool
    reviewed_by: str
    reviewed_at: datetime | None
    numbers: dict[str, int]


def months(session: Session, signed_in: SignedIn, now: datetime) -> tuple[Month, ...]:
    """Give the months since the organisation's first entry, at most MONTHS_SHOWN, newest first."""
    signed_in.must("auditor")
    reads_only(session)
    first = session.scalar(
        select(AccessLog.at).where(AccessLog.organisation_id == signed_in.organisation_id)
        .order_by(AccessLog.at, AccessLog.number).limit(1)
    )  # fmt: skip
    if first is None:
        return ()
    rows = session.execute(
        select(LogReview.month, LogReview.reviewed_at, Caseworker.login)
        .join(Caseworker, Caseworker.caseworker_id == LogReview.reviewed_by)
        .where(LogReview.organisation_id == signed_in.organisation_id)
    )
    reviews = {month: (login, reviewed_at) for month, reviewed_at, login in rows}
    today = day_of(now)
    found: list[Month] = []
    month = today.strftime("%Y-%m")
    while month >= day_of(first).strftime("%Y-%m") and len(found) < MONTHS_SHOWN:
        numbers = _numbers(session, signed_in, month) if len(found) < MONTHS_COUNTED else {}
        found.append(_month(month, today, reviews.get(month), numbers))
        month = before(month)
    return tuple(found)


def sign_off(session: Session, signed_in: SignedIn, month: str, now: datetime) -> None:
    """Note that the caseworker looked at a month that is over. A month that somebody signed off stays as it is.

    Raises FormatError for a month that is none, or not over.
    """
    signed_in.must("auditor")
    try:
        _first_day, last_day = days_of(month)
    except ValueError as error:
        raise FormatError("month") from error
    if day_of(now) <= last_day:
        raise FormatError("month")
    until = midnight(last_day) + timedelta(days=1)
    own = AccessLog.organisation_id == signed_in.organisation_id
    last = session.scalar(
        select(AccessLog.number).where(own, AccessLog.at < until)
        .order_by(AccessLog.at.desc(), AccessLog.number.desc()).limit(1)
    )  # fmt: skip
    review = {
        "organisation_id": signed_in.organisation_id,
        "month": month,
        "reviewed_by": signed_in.caseworker_id,
        "reviewed_at": now,
        "last_number": last or 0,
    }
    if insert_if_absent(session, LogReview, review):
        access_log.record(session, signed_in, "log_reviewed", now, detail=month)
    session.commit()


def before(month: str) -> str:
    """Give the month before one (`2026-01` -> `2025-12`)."""
    return (date.fromisoformat(f"{month}-01") - timedelta(days=1)).strftime("%Y-%m")


def _month(month: str, today: date, review: tuple[str, datetime] | None, numbers: dict[str, int]) -> Month:
    first_day, last_day = days_of(month)
    over = last_day < today
    return Month(
        month=month,
        first_day=first_day,
        last_day=last_day,
        over=over,
        overdue=over and review is None and month < before(today.strftime("%Y-%m")),
        reviewed_by=review[0] if review else "",
        reviewed_at=review[1] if review else None,
        numbers=numbers,
    )


def _numbers(session: Session, signed_in: SignedIn, month: str) -> dict[str, int]:
    first_day, last_day = days_of(month)
    rows = session.execute(
        select(AccessLog.action, func.count())
        .where(
            AccessLog.organisation_id == signed_in.organisation_id,
            AccessLog.action.in_(NOTABLE),
            AccessLog.at >= midnight(first_day),
            AccessLog.at < midnight(last_day) + timedelta(days=1),
        )
        .group_by(AccessLog.action)
    )
    return {action: number for action, number in rows}  # noqa: C416 - a Row is no tuple to the types


def days_of(month: str) -> tuple[date, date]:
    """Give the first and the last day of a month (`2026-11`). Raises ValueError for what is none."""
    first = date.fromisoformat(f"{month}-01")
    if first.strftime("%Y-%m") != month:
        raise ValueError(month)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
