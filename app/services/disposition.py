"""What became of a referral and of each of its links, said to the reporter in the same step."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.casework_errors import ReasonNeeded, UndoOver
from app.domain import item_state, referral_state
from app.domain.casework import ItemStateChange, ItemStateUndo, StaffMessage, StateChange
from app.domain.deadline import day_of
from app.domain.work_record import WorkRecord
from app.errors import FormatError, NotFound
from app.models import Referral, ReferralItem
from app.services import access_log, junk, keyring, message, referral, work_record
from app.services.referral import Standing
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

UNDO: Final = timedelta(minutes=item_state.UNDO_MINUTES)


def change_state(
    session: Session, signed_in: SignedIn, referral_id: bytes, change: StateChange, now: datetime
) -> Standing:
    """Bring a referral to a state that a caseworker may choose, and keep the message that says so.

    The same message again is answered with where the referral stands. Raises NotAllowed, NotFound, Withdrawn,
    VersionConflict, TransitionRefused, ReasonNeeded (a step that needs one, without a note) or MessageExists. A letter
    under keys that were lost is closed without a reason: there is no other.
    """
    held = _ready(session, signed_in, referral_id, change.message, change.version)
    if held is None:
        return _again(session, signed_in, referral_id)
    referral_state.check_choice(held.state, change.state)
    if not keyring.lost(session, [held.kid]):
        _must_have_reason(referral_state.needs(held.state, change.state), change.record)
    _keep_reason(session, signed_in, referral_id, change.record, now)
    referral.move(held, change.state, now)
    junk.forget(session, [referral_id])
    return _finish(session, signed_in, held, change.message, now, ("state_changed", change.state))


def change_items(
    session: Session, signed_in: SignedIn, referral_id: bytes, change: ItemStateChange, now: datetime
) -> Standing:
    """Bring links of a referral to new states, all or none, and keep the message that says so.

    The same message again is answered with where the referral stands. Raises NotAllowed, NotFound, Withdrawn,
    VersionConflict, TransitionRefused, ReasonNeeded, MessageExists, or FormatError for an item that the referral does
    not have.
    """
    held = _ready(session, signed_in, referral_id, change.message, change.version)
    if held is None:
        return _again(session, signed_in, referral_id)
    wanted = {item.item_id: item.state for item in change.items}
    for row in _items(session, referral_id, wanted):
        new = wanted[row.item_id]
        _must_have_reason(item_state.needs(row.state, new), change.record)
        row.from_state, row.state = row.state, new
        row.state_on = day_of(now)
        if new in item_state.GONE:
            row.removed_on = row.removed_on or row.state_on
        row.changed_by = signed_in.caseworker_id
        row.changed_at = now
    _keep_reason(session, signed_in, referral_id, change.record, now)
    detail = " ".join(sorted(set(wanted.values())))
    return _finish(session, signed_in, held, change.message, now, ("items_changed", detail))


def undo_items(
    session: Session, signed_in: SignedIn, referral_id: bytes, undo: ItemStateUndo, now: datetime
) -> Standing:
    """Take back the last change of links, all or none, within minutes, by whoever made it; a message corrects the news.

    What was written down stays. The same message again is answered with where the referral stands. Raises NotAllowed,
    NotFound, Withdrawn, VersionConflict, UndoOver, MessageExists, or FormatError for an item that is not there.
    """
    held = _ready(session, signed_in, referral_id, undo.message, undo.version)
    if held is None:
        return _again(session, signed_in, referral_id)
    back = set()
    for row in _items(session, referral_id, undo.items):
        own = row.changed_by == signed_in.caseworker_id
        if not (row.from_state and own and row.changed_at and now - row.changed_at <= UNDO):
            raise UndoOver
        back.add(row.from_state)
        if row.state in item_state.GONE and row.from_state not in item_state.GONE and row.removed_on == row.state_on:
            row.removed_on = None
        row.state, row.from_state = row.from_state, ""
        row.state_on, row.changed_at = day_of(now), now
    return _finish(session, signed_in, held, undo.message, now, ("items_undone", " ".join(sorted(back))))


def where_it_stands(session: Session, signed_in: SignedIn, referral_id: bytes) -> Standing:
    """Give where a referral of the caseworker's own stands, changing nothing. Raises NotAllowed, NotFound."""
    signed_in.must("caseworker")
    reads_only(session)
    own = (Referral.referral_id == referral_id, Referral.organisation_id == signed_in.organisation_id)
    found = session.scalar(select(Referral).where(*own))
    if found is None:
        raise NotFound
    return referral.standing(session, found)


def _items(session: Session, referral_id: bytes, wanted: Collection[bytes]) -> Sequence[ReferralItem]:
    """Give the items of a referral that are named. Raises FormatError for one that it does not have."""
    rows = session.scalars(
        select(ReferralItem).where(ReferralItem.referral_id == referral_id, ReferralItem.item_id.in_(wanted))
    ).all()
    if len(rows) != len(wanted):
        field = "items"
        raise FormatError(field)
    return rows


def _must_have_reason(needed: Collection[str], reason: WorkRecord | None) -> None:
    if needed and reason is None:
        raise ReasonNeeded


def _keep_reason(
    session: Session, signed_in: SignedIn, referral_id: bytes, reason: WorkRecord | None, now: datetime
) -> None:
    """Keep the note that came with a step, in the same transaction; the same bytes again change nothing."""
    if reason is None:
        return
    current = work_record.found(session, reason.record_id)
    if not work_record.is_kept(session, signed_in, current, reason, referral_id):
        work_record.keep(session, signed_in, current, reason, now, referral_id)


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
    referral.must_be_accepted(held)
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
