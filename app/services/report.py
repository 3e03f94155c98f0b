"""Taking a report in: once and only once, however often it is sent. The one hot path: Core inserts, no shared row."""

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, cast

from sqlalchemy import Connection, Select, Table, bindparam, exists, insert, or_, select, union_all
from sqlalchemy.orm import Session

from app.domain.deadline import day_of, due_on
from app.domain.sealed_length import size_class
from app.domain.submission import Envelope, Submission
from app.errors import CodeUsed, KeyRetired, ReportDestroyed, ReportExists
from app.models import DestroyedReport, Epoch, Organisation, Referral, Report
from app.services import shredding, standing
from app.services.insertion import Insertion, insert_if_absent, of_row

_REPORT, _REFERRAL, _DESTROYED, _EPOCH, _ORGANISATION = (
    cast("Table", model.__table__) for model in (Report, Referral, DestroyedReport, Epoch, Organisation)
)
# Built once: on the hot path, building a statement costs more than running it.
_FIRST: Final = select(_REPORT.c.body_hash, _REPORT.c.received_on).where(_REPORT.c.report_id == bindparam("report_id"))
_IS_DESTROYED: Final = select(_DESTROYED.c.report_hash).where(_DESTROYED.c.report_hash == bindparam("report_hash"))
_LETTER: Final = (
    "referral_id", "report_id", "kid", "origin_kid", "sealed_by", "sealed_hash", "leaf", "size", "urgent",
    "received_on", "due_on", "state", "state_on", "version", "unread_from_reporter", "shred_id",
    "sealed",
)  # fmt: skip
_OF_ORGANISATION: Final = "organisation_id", "keeping"


def _letter(row: int) -> Select[Any]:
    """A letter goes in if its key is in force and its report was not destroyed meanwhile.

    One statement asks both and writes, and what it wrote is counted.
    """
    return (
        select(
            *(of_row(row, name, _REFERRAL.c[name].type) for name in _LETTER),
            *(_ORGANISATION.c[name] for name in _OF_ORGANISATION),
        )
        .join_from(_ORGANISATION, _EPOCH, _EPOCH.c.organisation_id == _ORGANISATION.c.organisation_id)
        .where(
            _EPOCH.c.kid == of_row(row, "kid"),
            # A form that was begun before the keys changed may still be sent, for a while.
            or_(_EPOCH.c.retired_on.is_(None), _EPOCH.c.retired_on > of_row(row, "grace_from")),
            # Not where nobody could open it.
            _EPOCH.c.lost_on.is_(None),
            _ORGANISATION.c.slug == of_row(row, "slug"),
            _ORGANISATION.c.standing == "open",
            ~exists().where(_DESTROYED.c.report_hash == of_row(row, "report_hash")),
        )
    )


_LETTERS: Final = Insertion(
    lambda rows: insert(_REFERRAL).from_select(
        [*_LETTER, *_OF_ORGANISATION], union_all(*(_letter(row) for row in range(rows)))
    )
)


@dataclass(frozen=True, slots=True)
class Received:
    """What a sender is told: the same the second time."""

    report_id: bytes
    received_on: date


def submit(
    session: Session, submission: Submission, body_hash: bytes, now: datetime, *, grace_days: int = 0
) -> Received:
    """Keep a report and its letters durably, or give the first answer again when the same bytes come again.

    `body_hash` is SHA-256 of the raw body. Keys count for `grace_days` from the day on which they were retired.
    Raises ReportExists (another body under this report_id), ReportDestroyed, KeyRetired (an envelope's key is unknown
    or retired) or CodeUsed (the lookup is another report's).
    """
    received_on = day_of(now)
    letters = letters_of(
        session,
        submission.report_id,
        submission.envelopes,
        sealed_by=submission.sealed_by,
        urgent=submission.urgent,
        received_on=received_on,
        grace_days=grace_days,
    )
    row = {
        "report_id": submission.report_id,
        "lookup": submission.lookup,
        "body_hash": body_hash,
        "received_on": received_on,
        "state": "received",
        "destroy_on": None,
        **own_columns(session, submission.report_id, submission.own),
    }
    # Tried first and asked afterwards: nearly every report is new. What raced us is committed when this returns.
    if not insert_if_absent(session, Report, row):
        return _earlier(session.connection(), submission.report_id, body_hash)
    keep_letters(session.connection(), submission.report_id, letters)
    session.commit()
    return Received(submission.report_id, received_on)


def report_hash(report_id: bytes) -> bytes:
    """Give what stays of a destroyed report."""
    return hashlib.sha256(report_id).digest()


def _earlier(connection: Connection, report_id: bytes, body_hash: bytes) -> Received:
    """Give the first answer. Raises ReportDestroyed, CodeUsed (there was none) or ReportExists."""
    _refuse_destroyed(connection, report_id)
    first = connection.execute(_FIRST, {"report_id": report_id}).one_or_none()
    if first is None:
        raise CodeUsed
    if first.body_hash != body_hash:
        raise ReportExists
    return Received(report_id, first.received_on)


def _refuse_destroyed(connection: Connection, report_id: bytes) -> None:
    if connection.execute(_IS_DESTROYED, {"report_hash": report_hash(report_id)}).first() is not None:
        raise ReportDestroyed


def keep_letters(connection: Connection, report_id: bytes, letters: Sequence[Mapping[str, Any]]) -> None:
    """Add all letters of one report, or none. Commits nothing.

    Raises ReportDestroyed, NotReceiving or KeyRetired.
    """
    if _LETTERS.count(connection, letters) != len(letters):
        _refuse_destroyed(connection, report_id)
        standing.refuse(connection, {letter["slug"] for letter in letters})
        raise KeyRetired


def own_columns(session: Session, report_id: bytes, own: bytes | None) -> dict[str, bytes | None]:
    """Give the columns of a report's own record under a new key: a report has one, whether it keeps a record or not."""
    (key,) = shredding.take(session, 1)
    stored = None if own is None else shredding.put_under(key.key, own, "report", report_id)
    return {"shred_id": key.key_id, "own": stored}


def letters_of(
    session: Session,
    report_id: bytes,
    envelopes: Sequence[Envelope],
    *,
    sealed_by: str,
    urgent: bool,
    received_on: date,
    grace_days: int = 0,
    referral_id: bytes = b"",
) -> list[dict[str, Any]]:
    """Make the letters' rows, under keys of their own, before others may wait. `referral_id`: of one that has an id."""
    gone, due = report_hash(report_id), due_on(received_on, urgent=urgent)
    grace_from = received_on - timedelta(days=grace_days)
    ids, keys = [referral_id or secrets.token_bytes(16) for _one in envelopes], shredding.take(session, len(envelopes))
    return [
        {
            "referral_id": own_id,
            "report_id": report_id,
            "kid": envelope.kid,
            "origin_kid": envelope.kid,
            "sealed_by": sealed_by,
            "sealed_hash": hashlib.sha256(envelope.sealed).digest(),
            "leaf": envelope.leaf,
            "size": size_class(len(envelope.sealed)),
            "urgent": urgent,
            "received_on": received_on,
            "due_on": due,
            "state": "received",
            "state_on": received_on,
            "version": 1,
            "unread_from_reporter": False,
            "shred_id": key.key_id,
            "sealed": shredding.put_under(key.key, envelope.sealed, "referral", own_id),
            "slug": envelope.organisation,
            "report_hash": gone,
            "grace_from": grace_from,
        }
        for own_id, key, envelope in zip(ids, keys, envelopes, strict=True)
    ]
