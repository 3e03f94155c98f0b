"""Sealing an organisation's letters to its newer keys, in a lead's browser: what is left, handing out, taking back.

Each letter is one transaction with all that is written beside it, so whatever ends the work early leaves every letter
either as it was or made anew. `origin_kid` never changes: replies and the reporter's own keys hang on it.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, undefer

from app.domain.resealing import Record, Resealing
from app.errors import FormatError, KeyRetired, NotFound, VersionConflict, Withdrawn
from app.models import Epoch, Referral, Summary, WorkRecord
from app.services import access_log, onward_reading, referral, shredding, summary, work_record
from app.services import session as staff_session
from app.services.signed_in import SignedIn
from app.services.summary import SummaryStanding
from app.services.transaction import reads_only

PAGE: Final = 200


@dataclass(frozen=True, slots=True)
class Left:
    """A letter that is still, or has something beside it that is still, under older keys."""

    referral_id: bytes
    kid: bytes
    sealed_hash: bytes


@dataclass(frozen=True, slots=True)
class LeftPage:
    """Some of the letters left by id, how much there is in all, and after which id the next page begins.

    `total` counts the records of the whole organisation too; `record_resealing` lists them.
    """

    to_kid: bytes
    total: int
    referrals: tuple[Left, ...]
    next: bytes | None


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """One work record as it lies here."""

    record_id: bytes
    type: str
    epoch_kid: bytes
    version: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Handed:
    """One letter and what is written beside it, sealed as it lies here."""

    referral_id: bytes
    report_id: bytes
    kid: bytes
    origin_kid: bytes
    sealed_by: str
    referrer: str | None
    sealed: bytes
    sealed_hash: bytes
    summary: SummaryStanding | None
    records: tuple[SealedRecord, ...]


@dataclass(frozen=True, slots=True)
class Resealed:
    """The key that a letter is under now."""

    referral_id: bytes
    kid: bytes


def kid_in_force(session: Session, organisation_id: bytes) -> bytes:
    """Give the kid that letters are sealed to today. Raises NotFound for an organisation without keys."""
    newest = select(Epoch.kid).where(Epoch.organisation_id == organisation_id, Epoch.retired_on.is_(None))
    kid = session.scalar(newest.order_by(Epoch.place.desc()).limit(1))
    if kid is None:
        raise NotFound
    return kid


def left(session: Session, signed_in: SignedIn, after: bytes | None = None) -> LeftPage:
    """Give what is still under older keys, a page at a time. Raises NotAllowed, NotFound."""
    signed_in.must("lead")
    reads_only(session)
    to_kid = kid_in_force(session, signed_in.organisation_id)
    older = _older(signed_in.organisation_id, to_kid)
    total = session.scalar(select(func.count()).select_from(Referral).where(*older)) or 0
    total += (
        session.scalar(select(func.count()).where(*work_record.under_older(signed_in.organisation_id, to_kid))) or 0
    )
    asked = select(Referral.referral_id, Referral.kid, Referral.sealed_hash).where(*older)
    if after is not None:
        asked = asked.where(Referral.referral_id > after)
    rows = session.execute(asked.order_by(Referral.referral_id).limit(PAGE + 1)).all()
    shown = tuple(Left(row.referral_id, row.kid, row.sealed_hash or b"") for row in rows[:PAGE])
    return LeftPage(to_kid, total, shown, shown[-1].referral_id if len(rows) > PAGE else None)


def hand_out(
    session: Session, signed_in: SignedIn, referral_ids: tuple[bytes, ...], now: datetime
) -> tuple[Handed, ...]:
    """Give letters to be sealed again, each noted in the log; those that are gone meanwhile are left out.

    Nobody has read them by that: whether a letter was opened stays as it was. Raises NotAllowed, NotConfirmed.
    """
    signed_in.must("lead")
    staff_session.must_be_confirmed(signed_in, now)
    rows = session.scalars(
        select(Referral)
        .where(
            Referral.referral_id.in_(referral_ids),
            Referral.organisation_id == signed_in.organisation_id,
            Referral.state != "destroyed",
        )
        .options(undefer(Referral.sealed))
        .order_by(Referral.referral_id)
    )
    handed = tuple(one for held in rows if (one := _handed(session, held)) is not None)
    for one in handed:
        access_log.record(session, signed_in, "resealing", now, referral_id=one.referral_id)
    session.commit()
    return handed


def take_back(session: Session, signed_in: SignedIn, referral_id: bytes, asked: Resealing, now: datetime) -> Resealed:
    """Replace a letter, its summary and its records by what was sealed anew, all or nothing; the same again is fine.

    Raises NotAllowed, NotConfirmed, NotFound, Withdrawn (destroyed meanwhile), KeyRetired (`to_kid` is not in force),
    VersionConflict (something of it changed since it was handed out) or FormatError (another length, a foreign record).
    """
    signed_in.must("lead")
    staff_session.must_be_confirmed(signed_in, now)
    held = referral.held(session, signed_in, referral_id)
    if held.sealed_hash is None or held.sealed is None:
        raise Withdrawn
    written = session.get(Summary, referral_id, with_for_update=True)
    records = _records(session, referral_id, asked.records)
    if _is_done(session, held, written, records, asked):
        return Resealed(referral_id, asked.to_kid)
    if asked.to_kid != kid_in_force(session, signed_in.organisation_id):
        raise KeyRetired
    _must_be_as_handed_out(session, held, written, records, asked)
    _replace(session, held, written, asked)
    for one in asked.records:
        kept = records[one.record_id]
        kept.epoch_kid, kept.version = asked.to_kid, one.version + 1
        shredding.again(session, kept, one.sealed)
    access_log.record(session, signed_in, "resealed", now, referral_id=referral_id)
    session.commit()
    return Resealed(referral_id, asked.to_kid)


def _older(organisation_id: bytes, to_kid: bytes) -> tuple[ColumnElement[bool], ...]:
    """Say which letters are left: under an older key themselves, or with something beside them that is."""
    beside: Any = select(Summary.referral_id).where(
        Summary.referral_id == Referral.referral_id, Summary.epoch_kid != to_kid
    )
    noted: Any = select(WorkRecord.referral_id).where(
        WorkRecord.referral_id == Referral.referral_id, WorkRecord.epoch_kid != to_kid
    )
    lost: Any = select(Epoch.kid).where(Epoch.organisation_id == organisation_id, Epoch.lost_on.is_not(None))
    return (
        Referral.organisation_id == organisation_id,
        Referral.state != "destroyed",
        Referral.kid.not_in(lost),  # nobody can open them to seal them again
        or_(Referral.kid != to_kid, beside.exists(), noted.exists()),
    )


def _handed(session: Session, held: Referral) -> Handed | None:
    sealed = shredding.letter(session, held)
    if sealed is None or held.sealed_hash is None or held.report_id is None:
        return None
    return Handed(
        referral_id=held.referral_id,
        report_id=held.report_id,
        kid=held.kid,
        origin_kid=held.origin_kid,
        sealed_by=held.sealed_by,
        referrer=onward_reading.referrer_of(session, held.referral_id) if held.onward else None,
        sealed=sealed,
        sealed_hash=held.sealed_hash,
        summary=summary.of_referral(session, held.referral_id),
        records=tuple(
            SealedRecord(one.record_id, one.type, one.epoch_kid, one.version, taken_out)
            for one in session.scalars(select(WorkRecord).where(WorkRecord.referral_id == held.referral_id))
            if (taken_out := shredding.taken_out(session, one)) is not None
        ),
    )


def _records(session: Session, referral_id: bytes, asked: tuple[Record, ...]) -> dict[bytes, WorkRecord]:
    """Give the records of a referral that were made anew, locked. Raises FormatError for one that is not its own."""
    found = session.scalars(
        select(WorkRecord).where(WorkRecord.referral_id == referral_id).with_for_update().order_by(WorkRecord.record_id)
    )
    records = {one.record_id: one for one in found}
    if not {one.record_id for one in asked} <= records.keys():
        raise FormatError("records")
    return records


def _is_done(
    session: Session, held: Referral, written: Summary | None, records: dict[bytes, WorkRecord], asked: Resealing
) -> bool:
    """Say whether everything is as asked already: the answer to the first request was lost on its way."""
    sealed_hash = asked.from_hash if asked.sealed is None else hashlib.sha256(asked.sealed).digest()
    if (held.kid, held.sealed_hash) != (asked.to_kid, sealed_hash):
        return False
    if asked.summary is not None and (written is None or shredding.taken_out(session, written) != asked.summary):
        return False
    return all(shredding.taken_out(session, records[one.record_id]) == one.sealed for one in asked.records)


def _must_be_as_handed_out(
    session: Session, held: Referral, written: Summary | None, records: dict[bytes, WorkRecord], asked: Resealing
) -> None:
    version = 0 if written is None else written.version
    unchanged = (held.kid, held.sealed_hash, version) == (asked.from_kid, asked.from_hash, asked.summary_version)
    if not unchanged or any(records[one.record_id].version != one.version for one in asked.records):
        changed_by = referral.login_of(session, held.changed_by)
        raise VersionConflict(held.version, changed_by or "", held.changed_at)


def _replace(session: Session, held: Referral, written: Summary | None, asked: Resealing) -> None:
    if asked.sealed is not None:
        if len(asked.sealed) != len(shredding.letter(session, held) or b""):
            raise FormatError("sealed")
        held.kid, held.sealed_hash = asked.to_kid, hashlib.sha256(asked.sealed).digest()
        shredding.again(session, held, asked.sealed)
    if written is None:
        return
    if asked.summary is None:
        session.delete(written)  # it opened under no key that there is: whoever opens the letter next makes another
        return
    written.epoch_kid, written.version = asked.to_kid, written.version + 1
    shredding.again(session, written, asked.summary)
