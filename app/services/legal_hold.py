"""Legal holds: a lead keeps a letter from being destroyed, with a sealed reason, and the reporter is shown it."""

from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.domain.holding import Hold
from app.domain.retention import REVIEW
from app.errors import FormatError, TransitionRefused, Withdrawn
from app.models import LegalHold, Referral
from app.services import access_log, message, referral, work_record
from app.services.hold_reading import IN_FORCE
from app.services.referral import Standing
from app.services.signed_in import SignedIn

LIFTED: Final = "lifted"


def put(session: Session, signed_in: SignedIn, referral_id: bytes, asked: Hold, now: datetime) -> Standing:
    """Keep a letter from being destroyed, or look at that again; for leads, also of a withdrawn one. Once for one note.

    Raises NotAllowed, NotFound, Withdrawn (it is destroyed), VersionConflict, MessageExists, or FormatError for a day
    of review that is past or more than a year away.
    """
    held = _ready(session, signed_in, referral_id, asked)
    if held is None:
        return _again(session, signed_in, referral_id)
    today = day_of(now)
    if asked.review_on is None or not today <= asked.review_on <= today + REVIEW:
        raise FormatError("review_on")
    current = session.get(LegalHold, referral_id)
    standing = current if current is not None and current.state == IN_FORCE else None
    session.merge(
        LegalHold(
            referral_id=referral_id,
            organisation_id=signed_in.organisation_id,
            state=IN_FORCE,
            set_by=signed_in.caseworker_id,
            set_at=now if standing is None else standing.set_at,
            review_on=asked.review_on,
            record_id=asked.record.record_id,
            lifted_by=None,
            lifted_at=None,
        )
    )
    return _finish(session, signed_in, held, asked, now, ("hold_set", asked.review_on.isoformat()))


def lift(session: Session, signed_in: SignedIn, referral_id: bytes, asked: Hold, now: datetime) -> Standing:
    """End a hold: from now on the letter goes when its day is past, at once where that day is past already.

    Raises NotAllowed, NotFound, Withdrawn, VersionConflict, MessageExists, or TransitionRefused where there is no hold.
    """
    held = _ready(session, signed_in, referral_id, asked)
    if held is None:
        return _again(session, signed_in, referral_id)
    current = session.get(LegalHold, referral_id)
    if current is None or current.state != IN_FORCE:
        raise TransitionRefused
    current.state, current.lifted_by, current.lifted_at = LIFTED, signed_in.caseworker_id, now
    return _finish(session, signed_in, held, asked, now, ("hold_lifted", ""))


def _ready(session: Session, signed_in: SignedIn, referral_id: bytes, asked: Hold) -> Referral | None:
    """Give the referral, locked and at the version that the lead saw; None if this note was taken already."""
    signed_in.must("lead")
    held = referral.held(session, signed_in, referral_id)
    current = work_record.found(session, asked.record.record_id)
    if work_record.is_kept(session, signed_in, current, asked.record, referral_id):
        return None
    if held.state == "destroyed":
        raise Withdrawn
    referral.must_be_at(session, held, asked.version)
    return held


def _again(session: Session, signed_in: SignedIn, referral_id: bytes) -> Standing:
    return referral.standing(session, referral.held(session, signed_in, referral_id))


def _finish(
    session: Session, signed_in: SignedIn, held: Referral, asked: Hold, now: datetime, logged: tuple[str, str]
) -> Standing:
    work_record.keep(session, signed_in, None, asked.record, now, held.referral_id)
    said = asked.message
    if (
        said is not None
        and message.kept(session, held.referral_id, said.message_id, message.TO_REPORTER, said.sealed) is None
    ):
        message.keep(session, held.referral_id, said.message_id, message.TO_REPORTER, said.sealed, now, signed_in)
    referral.changed(held, signed_in, now)
    action, detail = logged
    access_log.record(session, signed_in, action, now, referral_id=held.referral_id, detail=detail)
    session.flush()
    standing = referral.standing(session, held)
    session.commit()
    return standing
