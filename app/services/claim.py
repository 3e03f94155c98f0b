"""Taking a referral on, and giving it back."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.domain.referral_state import LIVING
from app.errors import TransitionRefused
from app.models import Referral
from app.services import access_log, referral
from app.services.referral import Standing
from app.services.signed_in import SignedIn


def claim(session: Session, signed_in: SignedIn, referral_id: bytes, version: int, now: datetime) -> Standing:
    """Assign a referral to the caseworker who asks; a received one becomes assigned.

    Somebody else's referral can only be taken over by a lead. Raises NotAllowed, NotFound, Withdrawn, VersionConflict
    or TransitionRefused.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    referral.must_live(held)
    referral.must_be_at(session, held, version)
    if held.assignee_id not in {None, signed_in.caseworker_id} and not signed_in.may("lead"):
        raise TransitionRefused
    held.assignee_id = signed_in.caseworker_id
    if held.state == "received":
        referral.move(held, "assigned", now)
    referral.changed(held, signed_in, now)
    access_log.record(session, signed_in, "claimed", now, referral_id=referral_id)
    standing = referral.standing(session, held)
    session.commit()
    return standing


def release(session: Session, signed_in: SignedIn, referral_id: bytes, version: int, now: datetime) -> Standing:
    """Give a referral back to everybody; one that is only assigned becomes received again.

    By the caseworker who holds it, or by a lead. Raises NotAllowed, NotFound, Withdrawn, VersionConflict or
    TransitionRefused.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    referral.must_live(held)
    referral.must_be_at(session, held, version)
    if held.assignee_id is None or (held.assignee_id != signed_in.caseworker_id and not signed_in.may("lead")):
        raise TransitionRefused
    held.assignee_id = None
    if held.state == "assigned":
        referral.move(held, "received", now)
    referral.changed(held, signed_in, now)
    access_log.record(session, signed_in, "released", now, referral_id=referral_id)
    standing = referral.standing(session, held)
    session.commit()
    return standing


def release_all(session: Session, signed_in: SignedIn, whose: bytes, now: datetime) -> int:
    """Give everything that somebody holds back to everybody, as each would be by itself; give how many.

    For whoever leaves: nothing then waits for somebody who is gone. Commits nothing.
    """
    own = (
        Referral.organisation_id == signed_in.organisation_id,
        Referral.assignee_id == whose,
        Referral.state.in_(sorted(LIVING)),
    )
    # One order for whoever locks several, so that none waits for the other.
    session.execute(select(Referral.referral_id).where(*own).order_by(Referral.referral_id).with_for_update()).all()
    change = {
        "assignee_id": None,
        "version": Referral.version + 1,
        "changed_by": signed_in.caseworker_id,
        "changed_at": now,
    }
    back = {"state": "received", "state_on": day_of(now)}
    released = [
        referral_id
        for statement in (
            update(Referral).where(*own, Referral.state == "assigned").values(**change, **back),
            update(Referral).where(*own).values(**change),
        )
        for referral_id in session.scalars(statement.returning(Referral.referral_id))
    ]
    for referral_id in released:
        access_log.record(session, signed_in, "released", now, referral_id=referral_id, subject_id=whose)
    return len(released)
