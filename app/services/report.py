"""Taking a report in: once and only once, however often it is sent. The one hot path: Core inserts, no shared row."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import Table, bindparam, insert, select, tuple_
from sqlalchemy.orm import Session

from app.domain.deadline import day_of, due_on
from app.domain.sealed_length import size_class
from app.domain.submission import Envelope, Submission
from app.errors import CodeUsed, KeyRetired, ReportDestroyed, ReportExists
from app.models import DestroyedReport, Epoch, Organisation, Referral, Report
from app.services.insertion import insert_if_absent

# Built once: on the hot path, building a statement costs more than running it.
_FIRST: Final = select(Report.__table__.c.body_hash, Report.__table__.c.received_on).where(
    Report.__table__.c.report_id == bindparam("report_id")
)
_DESTROYED: Final = select(DestroyedReport.__table__.c.report_hash).where(
    DestroyedReport.__table__.c.report_hash == bindparam("report_hash")
)
_KEYS_IN_FORCE: Final = (
    select(Organisation.__table__.c.slug, Organisation.__table__.c.organisation_id)
    .join(Epoch.__table__, Epoch.__table__.c.organisation_id == Organisation.__table__.c.organisation_id)
    .where(
        tuple_(Organisation.__table__.c.slug, Epoch.__table__.c.kid).in_(bindparam("wanted", expanding=True)),
        Epoch.__table__.c.retired_on.is_(None),
    )
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
    earlier = _earlier(session, submission.report_id, body_hash)
    if earlier is not None:
        return earlier
    organisations = _organisations(session, submission.envelopes)
    received_on = day_of(now)
    row = {
        "report_id": submission.report_id,
        "lookup": submission.lookup,
        "body_hash": body_hash,
        "received_on": received_on,
        "state": "received",
        "destroy_on": None,
        "own": submission.own,
    }
    if not insert_if_absent(session, Report, row):
        # The same report raced us, or the code is taken. What raced us is committed by now.
        earlier = _earlier(session, submission.report_id, body_hash)
        if earlier is None:
            raise CodeUsed
        return earlier
    _refuse_destroyed(session, submission.report_id)  # again: it may have been destroyed since we first looked
    due = due_on(received_on, urgent=submission.urgent)
    letters = [
        _letter(submission, envelope, organisations[envelope.organisation], received_on, due)
        for envelope in submission.envelopes
    ]
    session.connection().execute(_LETTERS, letters)
    session.commit()
    return Received(submission.report_id, received_on)


def report_hash(report_id: bytes) -> bytes:
    """Give what stays of a destroyed report."""
    return hashlib.sha256(report_id).digest()


def _earlier(session: Session, report_id: bytes, body_hash: bytes) -> Received | None:
    _refuse_destroyed(session, report_id)
    first = session.connection().execute(_FIRST, {"report_id": report_id}).one_or_none()
    if first is None:
        return None
    if first.body_hash != body_hash:
        raise ReportExists
    return Received(report_id, first.received_on)


def _refuse_destroyed(session: Session, report_id: bytes) -> None:
    gone = session.connection().execute(_DESTROYED, {"report_hash": report_hash(report_id)}).first()
    if gone is not None:
        raise ReportDestroyed


def _organisations(session: Session, envelopes: tuple[Envelope, ...]) -> dict[str, bytes]:
    """Map each recipient's slug to its id, if all keys are in force. Raises KeyRetired."""
    wanted = [(envelope.organisation, envelope.kid) for envelope in envelopes]
    rows = session.connection().execute(_KEYS_IN_FORCE, {"wanted": wanted}).all()
    if len(rows) != len(wanted):
        raise KeyRetired
    return {row.slug: row.organisation_id for row in rows}


def _letter(
    submission: Submission, envelope: Envelope, organisation_id: bytes, received_on: date, due: date
) -> dict[str, Any]:
    return {
        "referral_id": secrets.token_bytes(16),
        "report_id": submission.report_id,
        "organisation_id": organisation_id,
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
