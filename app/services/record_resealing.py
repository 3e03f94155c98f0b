"""Records of the whole organisation that move to newer keys, in a lead's browser: what is left, and taking it back.

Who saved a record, when, in which state and by which day stay as they were: sealing it anew says nothing new.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.work_record import ResealedRecords
from app.errors import KeyRetired
from app.models import WorkRecord
from app.services import access_log, work_record
from app.services import session as staff_session
from app.services.resealing import SealedRecord, kid_in_force
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

PAGE: Final = 32


@dataclass(frozen=True, slots=True)
class RecordsLeft:
    """Some of the records that are under older keys, how many there are, and after which id the next page begins."""

    to_kid: bytes
    total: int
    records: tuple[SealedRecord, ...]
    next: bytes | None


@dataclass(frozen=True, slots=True)
class RecordsResealed:
    """Which of the records are under the key in force now; others changed meanwhile, and are to be listed again."""

    done: tuple[bytes, ...]


def left(session: Session, signed_in: SignedIn, after: bytes | None = None) -> RecordsLeft:
    """Give what is still under older keys, sealed, a page at a time. Raises NotAllowed, NotFound."""
    signed_in.must("lead")
    reads_only(session)
    to_kid = kid_in_force(session, signed_in.organisation_id)
    older = work_record.under_older(signed_in.organisation_id, to_kid)
    total = session.scalar(select(func.count()).select_from(WorkRecord).where(*older)) or 0
    asked = select(WorkRecord).where(*older)
    if after is not None:
        asked = asked.where(WorkRecord.record_id > after)
    rows = session.scalars(asked.order_by(WorkRecord.record_id).limit(PAGE + 1)).all()
    shown = tuple(SealedRecord(one.record_id, one.type, one.epoch_kid, one.version, one.sealed) for one in rows[:PAGE])
    return RecordsLeft(to_kid, total, shown, shown[-1].record_id if len(rows) > PAGE else None)


def take_back(session: Session, signed_in: SignedIn, asked: ResealedRecords, now: datetime) -> RecordsResealed:
    """Replace records by what was sealed anew, each over the version that was listed; what changed meanwhile stays.

    Raises NotAllowed, NotConfirmed, or KeyRetired (`to_kid` is not in force).
    """
    signed_in.must("lead")
    staff_session.must_be_confirmed(signed_in, now)
    if asked.to_kid != kid_in_force(session, signed_in.organisation_id):
        raise KeyRetired
    wanted = {one.record_id: one for one in asked.records}
    rows = session.scalars(
        select(WorkRecord)
        .where(
            WorkRecord.record_id.in_(wanted),
            WorkRecord.organisation_id == signed_in.organisation_id,
            WorkRecord.referral_id.is_(None),
        )
        .with_for_update()
        .order_by(WorkRecord.record_id)
    )
    done = []
    for row in rows:
        anew = wanted[row.record_id]
        if row.version == anew.version:
            row.epoch_kid, row.version, row.sealed = asked.to_kid, anew.version + 1, anew.sealed
            access_log.record(session, signed_in, "resealed", now, detail=row.type)
        elif row.sealed != anew.sealed:
            continue  # the same again is done already
        done.append(row.record_id)
    session.commit()
    return RecordsResealed(tuple(done))
