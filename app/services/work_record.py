"""Work records: what staff write down for themselves, sealed under their organisation's key."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.domain import record_state
from app.domain.work_record import WorkRecord as Asked
from app.errors import MessageExists, VersionConflict
from app.models import Caseworker, WorkRecord
from app.services import access_log, referral, shredding
from app.services.signed_in import SignedIn
from app.services.summary import must_be_own_epoch


@dataclass(frozen=True, slots=True)
class RecordStanding:
    """One record: `by` is the login of whoever saved this version, `at` when."""

    record_id: bytes
    type: str
    state: str
    due_on: date | None
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


def save(session: Session, signed_in: SignedIn, referral_id: bytes, asked: Asked, now: datetime) -> Saved:
    """Keep version 1 of a new record beside a referral, or current + 1 of a known one; the same again changes nothing.

    Raises NotAllowed, NotFound, Withdrawn, VersionConflict, MessageExists (the id is used elsewhere), TransitionRefused
    or FormatError for a key that is not the organisation's.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    current = found(session, asked.record_id)
    if is_kept(session, signed_in, current, asked, referral_id):
        return Saved(asked.record_id, asked.version)
    referral.must_live(held)
    keep(session, signed_in, current, asked, now, referral_id)
    if held.state != "closed":
        referral.active(held, now)
    session.commit()
    return Saved(asked.record_id, asked.version)


def found(session: Session, record_id: bytes) -> WorkRecord | None:
    """Give a record of any organisation, locked, None where there is none."""
    return session.scalar(select(WorkRecord).where(WorkRecord.record_id == record_id).with_for_update())


def is_kept(
    session: Session, signed_in: SignedIn, current: WorkRecord | None, asked: Asked, referral_id: bytes | None
) -> bool:
    """Say whether these very bytes are what is there. Raises MessageExists for an id that is used elsewhere."""
    if current is None:
        return False
    place = (current.organisation_id, current.referral_id, current.type)
    if place != (signed_in.organisation_id, referral_id, asked.type):
        raise MessageExists
    return (current.version, shredding.taken_out(session, current)) == (asked.version, asked.sealed)


def keep(
    session: Session,
    signed_in: SignedIn,
    current: WorkRecord | None,
    asked: Asked,
    now: datetime,
    referral_id: bytes | None,
) -> None:
    """Add a record, or replace the `current` version of it, and note that in the log. Commits nothing.

    Raises VersionConflict, TransitionRefused, or FormatError for a key that is not the organisation's.
    """
    must_follow(session, current, asked.version)
    record_state.check_change(asked.type, current.state if current else None, asked.state, signed_in.role)
    must_be_own_epoch(session, signed_in, asked.epoch_kid)
    session.merge(
        WorkRecord(
            record_id=asked.record_id,
            organisation_id=signed_in.organisation_id,
            referral_id=referral_id,
            type=asked.type,
            state=asked.state,
            due_on=asked.due_on,
            epoch_kid=asked.epoch_kid,
            version=asked.version,
            saved_by=signed_in.caseworker_id,
            saved_at=now,
            **_sealed_columns(session, referral_id, asked),
        )
    )
    detail = f"{asked.type} {asked.state}".strip()
    access_log.record(session, signed_in, "record_saved", now, referral_id=referral_id, detail=detail)


def must_follow(session: Session, current: WorkRecord | None, version: int) -> None:
    """Pass for the version after the current one. Raises VersionConflict with who was quicker, and when."""
    if version == (current.version if current else 0) + 1:
        return
    changed_by = referral.login_of(session, current.saved_by if current else None)
    raise VersionConflict(current.version if current else 0, changed_by or "", current.saved_at if current else None)


def of_referral(session: Session, referral_id: bytes) -> tuple[RecordStanding, ...]:
    """Give the records beside a referral, by the time of their newest version."""
    rows = session.execute(
        select(WorkRecord, Caseworker.login)
        .join(Caseworker, Caseworker.caseworker_id == WorkRecord.saved_by)
        .where(WorkRecord.referral_id == referral_id)
        .order_by(WorkRecord.saved_at, WorkRecord.record_id)
    )
    found = ((row, login, shredding.taken_out(session, row)) for row, login in rows)
    return tuple(standing(row, login, sealed) for row, login, sealed in found if sealed is not None)


def under_older(organisation_id: bytes, to_kid: bytes) -> tuple[ColumnElement[bool], ...]:
    """Say which records of the whole organisation are under older keys: those beside a letter move with it."""
    return (
        WorkRecord.organisation_id == organisation_id,
        WorkRecord.referral_id.is_(None),
        WorkRecord.epoch_kid != to_kid,
    )


def standing(row: WorkRecord, login: str, sealed: bytes) -> RecordStanding:
    """Give a record as staff are handed it."""
    return RecordStanding(
        row.record_id, row.type, row.state, row.due_on, row.epoch_kid, row.version, sealed, login, row.saved_at
    )


def _sealed_columns(session: Session, referral_id: bytes | None, asked: Asked) -> dict[str, bytes | None]:
    """What is of the whole organisation lies under no key: it goes with no report."""
    if referral_id is None:
        return {"shred_id": None, "sealed": asked.sealed}
    return shredding.beside(session, referral_id, asked.sealed, "work_record", asked.record_id)
