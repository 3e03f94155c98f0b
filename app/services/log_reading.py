"""The access log as leads and auditors read it: newest first, in pages that begin where the last one ended."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, literal, select, tuple_
from sqlalchemy.orm import Session, aliased

from app.domain.deadline import KOREA
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError
from app.models import AccessLog, Caseworker
from app.models.base import Moment
from app.services import access_log
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

PAGE: Final = 100
EXPORT_MOST: Final = 50_000  # entries in one file; whoever needs more takes it by months
EXPORT_REASONS: Final = ("review", "incident", "person_asked", "authority", "other")
_CURSOR: Final = struct.Struct(">qq")
Kept: TypeAlias = tuple[int, datetime, str, str, str, str, bytes | None]
_MICROSECOND: Final = timedelta(microseconds=1)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=KOREA)

# What kind of act each action is: one of these can be looked for.
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "letters": (
        "passed_on", "onward_accepted", "onward_refused", "evidence_made", "links_listed",
        "opened", "claimed", "released", "state_changed", "items_changed", "message_sent", "summary_saved",
        "items_undone",
        "record_saved", "record_removed", "records_read", "junk_marked", "junk_undone", "junk_destroyed",
        "assigned", "deadline_changed", "change_undone", "hold_set", "hold_lifted",
    ),
    "signing_in": (
        "signed_in", "signed_out", "sign_in_failed", "session_ended", "passphrase_changed", "passkey_added",
        "passkey_removed", "totp_set", "codes_made", "factors_cleared",
    ),
    "people": ("invited", "invitation_withdrawn", "joined", "let_in", "left", "role_changed"),
    "keys": ("keys_changed", "resealing", "resealed", "recovered", "recovery_seen", "invited_anew", "founded_anew"),
    "log": ("log_exported", "log_reviewed"),
    "organisation": (
        "organisation_changed", "rota_changed", "test_mail_asked", "figures_exported", "figures_published",
        "figures_taken_back", "list_made", "notice_posted", "notice_ended",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LogFilters:
    """`by`: a login. `kind`: one of KINDS. Days in Korea, both included. `referral_id`: 16 bytes. Empty: all."""

    by: str = ""
    kind: str = ""
    first_day: date | None = None
    last_day: date | None = None
    referral_id: bytes | None = None


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry. `by` and `subject` are logins; `referral_id` is b64u; `detail` is words of the vocabulary."""

    number: int
    at: datetime
    by: str
    action: str
    detail: str
    subject: str
    referral_id: str


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page; `next_cursor` is empty on the last."""

    entries: tuple[LogEntry, ...]
    next_cursor: str


def page(session: Session, signed_in: SignedIn, filters: LogFilters, after: str, size: int = PAGE) -> LogPage:
    """Give the entries of the reader's own organisation that follow the cursor `after` (empty: the newest).

    Raises FormatError for a cursor or filter that this portal did not make.
    """
    signed_in.must("auditor")
    reads_only(session)
    if filters.kind not in {"", *KINDS}:
        raise FormatError("kind")
    place = read_cursor(after)
    who = _caseworker_id(session, signed_in, filters.by) if filters.by else None
    if filters.by and who is None:
        return LogPage((), "")
    # One search for each action, along one stretch of one index and no longer than the page.
    found = [
        row
        for action in KINDS.get(filters.kind, ("",))
        for row in session.execute(_stretch(signed_in, filters, who, action, place, size + 1))
    ]
    found.sort(key=lambda row: (row.at, row.number), reverse=True)
    more, shown = len(found) > size, found[:size]
    return LogPage(tuple(_entry(row) for row in shown), _cursor(shown[-1]) if more else "")


def people(session: Session, signed_in: SignedIn) -> tuple[str, ...]:
    """Give the logins of everybody who is or was in the organisation."""
    signed_in.must("auditor")
    own = Caseworker.organisation_id == signed_in.organisation_id
    return tuple(session.scalars(select(Caseworker.login).where(own).order_by(Caseworker.login)))


def export(
    session: Session, signed_in: SignedIn, filters: LogFilters, reason: str, now: datetime
) -> tuple[LogEntry, ...]:
    """Give what `filters` let through, newest first, and log that somebody took it along, and what for.

    Raises FormatError for another reason than ours, and for more than EXPORT_MOST entries.
    """
    if reason not in EXPORT_REASONS:
        raise FormatError("reason")
    entries: list[LogEntry] = []
    for part in _pages(session, signed_in, filters):
        entries += part.entries
        if len(entries) > EXPORT_MOST:
            raise FormatError("first_day")
    access_log.record(session, signed_in, "log_exported", now, detail=f"{reason} {len(entries)}")
    session.commit()
    return tuple(entries)


def _pages(session: Session, signed_in: SignedIn, filters: LogFilters) -> Iterator[LogPage]:
    after = ""
    while True:
        found = page(session, signed_in, filters, after, size=1000)
        yield found
        after = found.next_cursor
        if not after:
            return


def _caseworker_id(session: Session, signed_in: SignedIn, login: str) -> bytes | None:
    """Asked beforehand: a database that does not know who it is cannot know how far it would have to look for them."""
    own = Caseworker.organisation_id == signed_in.organisation_id
    return session.scalar(select(Caseworker.caseworker_id).where(Caseworker.login == login, own))


def _stretch(
    signed_in: SignedIn,
    filters: LogFilters,
    who: bytes | None,
    action: str,
    place: tuple[datetime, int] | None,
    most: int,
) -> Select[*Kept]:
    subject = aliased(Caseworker)
    return (
        select(
            AccessLog.number,
            AccessLog.at,
            Caseworker.login,
            AccessLog.action,
            AccessLog.detail,
            subject.login.label("subject"),
            AccessLog.referral_id,
        )
        .join(Caseworker, Caseworker.caseworker_id == AccessLog.caseworker_id)
        .outerjoin(subject, subject.caseworker_id == AccessLog.subject_id)
        .where(*_wanted(signed_in, filters, who, action, place))
        .order_by(AccessLog.at.desc(), AccessLog.number.desc())
        .limit(literal(most, literal_execute=True))
    )


def _wanted(
    signed_in: SignedIn, filters: LogFilters, who: bytes | None, action: str, place: tuple[datetime, int] | None
) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = [AccessLog.organisation_id == signed_in.organisation_id]
    if action:
        wanted.append(AccessLog.action == action)
    if who is not None:
        wanted.append(AccessLog.caseworker_id == who)
    if filters.referral_id is not None:
        wanted.append(AccessLog.referral_id == filters.referral_id)
    if filters.first_day is not None:
        wanted.append(AccessLog.at >= midnight(filters.first_day))
    if filters.last_day is not None:
        wanted.append(AccessLog.at < midnight(filters.last_day) + timedelta(days=1))
    if place is not None:
        wanted.append(tuple_(AccessLog.at, AccessLog.number) < tuple_(literal(place[0], Moment()), literal(place[1])))
    return wanted


def midnight(day: date) -> datetime:
    """Give the moment when a day begins in Korea."""
    return datetime.combine(day, time(), KOREA)


def _entry(row: Row[*Kept]) -> LogEntry:
    referral_id = "" if row.referral_id is None else b64u_encode(row.referral_id)
    return LogEntry(row.number, row.at, row.login, row.action, row.detail, row.subject or "", referral_id)


def _cursor(last: Row[*Kept]) -> str:
    return b64u_encode(_CURSOR.pack((last.at - _EPOCH) // _MICROSECOND, last.number))


def read_cursor(after: str) -> tuple[datetime, int] | None:
    """Give the moment and the number that a cursor stands for, None for the empty one. Raises FormatError."""
    if not after:
        return None
    microseconds, number = _CURSOR.unpack(b64u_decode(after, "after", _CURSOR.size))
    try:
        return (_EPOCH + microseconds * _MICROSECOND).astimezone(UTC), number
    except OverflowError as error:
        raise FormatError("after") from error
