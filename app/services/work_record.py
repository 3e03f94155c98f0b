"""Work records: what staff write down for themselves, sealed under their organisation's key."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import casework
from app.errors import MessageExists, VersionConflict
from app.models import Caseworker, WorkRecord
from app.services import access_log, referral
from app.services.signed_in import SignedIn
from app.services.summary import must_be_own_epoch


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """One record: `by` is the login of whoever saved this version, `at` when."""

    record_id: bytes
    type: str
    epoch_kid: bytes
    version: int
    sealed: bytes
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """The version that is now in force."""

    record_id: bytes
    version: int


def save(session: Session, signed_in: SignedIn, referral_id: bytes, asked: casework.WorkRecord, now: datetime) -> Saved:
    """Keep version 1 of a new record, or current + 1 of one that is known; the same bytes again change nothing.

    Raises NotAllowed, NotFound, Withdrawn, VersionConflict, MessageExists (the id is used elsewhere), or FormatError
    for a key that is not the organisation's.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    current = session.scalar(select(WorkRecord).where(WorkRecord.record_id == asked.record_id).with_for_update())
    if current is not None and (current.referral_id, current.type) != (referral_id, asked.type):
        raise MessageExists
    if current is not None and (current.version, current.sealed) == (asked.version, asked.sealed):
        return Saved(current.record_id, current.version)
    referral.must_live(held)
    if asked.version != (current.version if current else 0) + 1:
        changed_by = referral.login_of(session, current.saved_by if current else None)
        raise VersionConflict(
            current.version if current else 0, changed_by or "", current.saved_at if current else None
        )
    must_be_own_epoch(session, signed_in, asked.epoch_kid)
    session.merge(
        WorkRecord(
            record_id=asked.record_id,
            organisation_id=signed_in.organisation_id,
            referral_id=referral_id,
            type=asked.type,
            epoch_kid=asked.epoch_kid,
            version=asked.version,
            saved_by=signed_in.caseworker_id,
            saved_at=now,
            sealed=asked.sealed,
        )
    )
    access_log.record(session, signed_in, "record_saved", now, referral_id=referral_id, detail=asked.type)
    session.commit()
    return Saved(asked.record_id, asked.version)


def of_referral(session: Session, referral_id: bytes) -> tuple[RecordStanding, ...]:
    """Give the records beside a referral, by the time of their newest version."""
    rows = session.execute(
        select(WorkRecord, Caseworker.login)
        .join(Caseworker, Caseworker.caseworker_id == WorkRecord.saved_by)
        .where(WorkRecord.referral_id == referral_id)
        .order_by(WorkRecord.saved_at, WorkRecord.record_id)
    )
    return tuple(
        RecordStanding(row.record_id, row.type, row.epoch_kid, row.version, row.sealed, login, row.saved_at)
        for row, login in rows
    )
