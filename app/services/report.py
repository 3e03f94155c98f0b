"""Taking a report in: once and only once, however often it is sent. The one hot path: Core inserts, no shared row."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import Connection, Table, bindparam, insert, select
from sqlalchemy.orm import Session

from app.domain.deadline import day_of, due_on
from app.domain.sealed_length import size_class
from app.domain.submission import ENVELOPES_MOST, Submission
from app.errors import CodeUsed, KeyRetired, ReportDestroyed, ReportExists
from app.models import DestroyedReport, Epoch, Organisation, Referral, Report
from app.services.insertion import insert_if_absent

# Built once, and the same however many envelopes there are: on the hot path, building a statement costs more than
# running it.
_FIRST: Final = select(Report.__table__.c.body_hash, Report.__table__.c.received_on).where(
    Report.__table__.c.report_id == bindparam("report_id")
)
_DESTROYED: Final = select(DestroyedReport.__table__.c.report_hash).where(
    DestroyedReport.__table__.c.report_hash == bindparam("report_hash")
)
_KEYS: Final = tuple(f"kid_{number}" for number in range(ENVELOPES_MOST))
_RECIPIENTS: Final = (
    select(
        Epoch.__table__.c.kid,
        Organisation.__table__.c.slug,
        Organisation.__table__.c.organisation_id,
        _DESTROYED.exists().label("destroyed"),
    )
    .join(Epoch.__table__, Epoch.__table__.c.organisation_id == Organisation.__table__.c.organisation_id)
    .where(Epoch.__table__.c.kid.in_([bindparam(key) for key in _KEYS]), Epoch.__table__.c.retired_on.is_(None))
)
_LETTERS: Final = insert(cast("Table", Referral.__table__))


@dataclass(frozen=True, slots=True)
class Received:
    """What a sender is told: the same the second time."""

    report_id: bytes
    received_on: date


def submit(session: Session, submission: Submission, body_hash: bytes, now: datetime) -> Received:
    """Keep a report and its letters durably, or give the first answer again when the same bytes come again.

    `body_hash` is SHA-256 of the raw body. Raises ReportExists (another body under this report_id), ReportDestroyed,
    KeyRetired (an envelope's key is unknown or retired) or CodeUsed (the lookup is another report's).
    """
    received_on = day_of(now)
    letters = _letters(submission, received_on)
    row = {
        "report_id": submission.report_id,
        "lookup": submission.lookup,
        "body_hash": body_hash,
        "received_on": received_on,
        "state": "received",
        "destroy_on": None,
        "own": submission.own,
    }
    # Tried first and asked afterwards: nearly every report is new. What raced us is committed when this returns.
    connection = session.connection()
    if not insert_if_absent(session, Report, row):
        return _earlier(connection, submission.report_id, body_hash)
    organisations = _recipients(connection, submission)
    for letter, envelope in zip(letters, submission.envelopes, strict=True):
        letter["organisation_id"] = organisations[envelope.organisation]
    connection.execute(_LETTERS, letters)
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
    if connection.execute(_DESTROYED, {"report_hash": report_hash(report_id)}).first() is not None:
        raise ReportDestroyed


def _recipients(connection: Connection, submission: Submission) -> dict[str, bytes]:
    """Map each recipient's slug to its id. Raises ReportDestroyed, or KeyRetired unless all keys are in force.

    Asked after the report went in, in one statement for both: it may have been destroyed while it raced itself.
    """
    wanted = {envelope.kid: envelope.organisation for envelope in submission.envelopes}
    kids = [envelope.kid for envelope in submission.envelopes]
    kids += kids[:1] * (len(_KEYS) - len(kids))
    asked = dict(zip(_KEYS, kids, strict=True)) | {"report_hash": report_hash(submission.report_id)}
    rows = connection.execute(_RECIPIENTS, asked).all()
    if any(row.destroyed for row in rows):
        raise ReportDestroyed
    found = {row.slug: row.organisation_id for row in rows if wanted[row.kid] == row.slug}
    if len(found) != len(submission.envelopes):
        _refuse_destroyed(connection, submission.report_id)
        raise KeyRetired
    return found


def _letters(submission: Submission, received_on: date) -> list[dict[str, Any]]:
    """Make the letters' rows, all but whom they are to: before the transaction, which others may wait for."""
    due = due_on(received_on, urgent=submission.urgent)
    return [
        {
            "referral_id": secrets.token_bytes(16),
            "report_id": submission.report_id,
            "kid": envelope.kid,
            "origin_kid": envelope.kid,
            "sealed_by": submission.sealed_by,
            "sealed_hash": hashlib.sha256(envelope.sealed).digest(),
            "leaf": envelope.leaf,
            "size": size_class(len(envelope.sealed)),
            "urgent": submission.urgent,
            "received_on": received_on,
            "due_on": due,
            "state": "received",
            "state_on": received_on,
            "version": 1,
            "unread_from_reporter": False,
            "sealed": envelope.sealed,
        }
        for envelope in submission.envelopes
    ]
