"""What became of a referral and of each of its links, said to the reporter in the same step."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain import item_state, referral_state
from app.domain.casework import ItemStateChange, StaffMessage, StateChange
from app.domain.deadline import day_of
from app.errors import FormatError
from app.models import Referral, ReferralItem
from app.services import access_log, junk, message, referral
from app.services.referral import Standing
from app.services.signed_in import SignedIn


def change_state(
    session: Session, signed_in: SignedIn, referral_id: bytes, change: StateChange, now: datetime
) -> Standing:
    """Bring a referral to a state that a caseworker may choose, and keep the message that says so.

    The same message again is answered with where the referral stands. Raises NotAllowed, NotFound, Withdrawn,
    VersionConflict, TransitionRefused or MessageExists.
    """
    held = _ready(session, signed_in, referral_id, change.message, change.version)
    if held is None:
        return _again(session, signed_in, referral_id)
    referral_state.check_choice(held.state, change.state)
    referral.move(held, change.state, now)
    junk.forget(session, [referral_id])
    return _finish(session, signed_in, held, change.message, now, ("state_changed", change.state))


def change_items(
    session: Session, signed_in: SignedIn, referral_id: bytes, change: ItemStateChange, now: datetime
) -> Standing:
    """Bring links of a referral to new states, all or none, and keep the message that says so.

    The same message again is answered with where the referral stands. Raises NotAllowed, NotFound, Withdrawn,
    VersionConflict, TransitionRefused, MessageExists, or FormatError for an item that the referral does not have.
    """
    held = _ready(session, signed_in, referral_id, change.message, change.version)
    if held is None:
        return _again(session, signed_in, referral_id)
    wanted = {item.item_id: item.state for item in change.items}
    rows = session.scalars(
        select(ReferralItem).where(ReferralItem.referral_id == referral_id, ReferralItem.item_id.in_(wanted))
    ).all()
    if len(rows) != len(wanted):
        raise FormatError("items")
    for row in rows:
        item_state.check_transition(row.state, wanted[row.item_id])
        row.state = wanted[row.item_id]
        row.state_on = day_of(now)
        row.changed_by = signed_in.caseworker_id
        row.changed_at = now
    detail = " ".join(sorted(set(wanted.values())))
    return _finish(session, signed_in, held, change.message, now, ("items_changed", detail))


def _ready(
    session: Session, signed_in: SignedIn, referral_id: bytes, said: StaffMessage | None, version: int
) -> Referral | None:
    """Give the referral, locked and at the version that the caseworker saw; None if this change was made already."""
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    if said is not None and message.kept(session, referral_id, said.message_id, message.TO_REPORTER, said.sealed):
        return None
    referral.must_live(held)
    referral.must_be_at(session, held, version)
    return held


def _again(session: Session, signed_in: SignedIn, referral_id: bytes) -> Standing:
    return referral.standing(session, referral.held(session, signed_in, referral_id))


def _finish(
    session: Session,
    signed_in: SignedIn,
    held: Referral,
    said: StaffMessage | None,
    now: datetime,
    logged: tuple[str, str],
) -> Standing:
    referral.changed(held, signed_in, now)
    if said is not None:
        message.keep(session, held.referral_id, said.message_id, message.TO_REPORTER, said.sealed, now, signed_in)
    action, detail = logged
    access_log.record(session, signed_in, action, now, referral_id=held.referral_id, detail=detail)
    session.flush()
    standing = referral.standing(session, held)
    session.commit()
    return standing
