"""States of referrals and items: by the rules, over the version that was seen, together with what is said."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.casework_errors import ReasonNeeded, UndoOver
from app.domain.casework import ItemState, ItemStateChange, ItemStateUndo, StateChange
from app.errors import FormatError, TransitionRefused, VersionConflict
from app.models import Message, Referral, ReferralItem, WorkRecord
from app.services import claim, disposition, shredding
from tests.making import NOW, logged, record_of, staff_message, with_items

LATER = NOW + timedelta(hours=1)


def test_a_state_and_the_message_that_says_so_are_kept_together(session, worker, referral_id):
    claim.claim(session, worker, referral_id, 1, NOW)
    said = staff_message()
    standing = disposition.change_state(session, worker, referral_id, StateChange(2, "needs_info", said), NOW)
    assert (standing.state, standing.version) == ("needs_info", 3)
    kept = session.scalars(select(Message)).one()
    assert (shredding.taken_out(session, kept), kept.direction, kept.sent_by, kept.sent_at) == (
        said.sealed, "to_reporter", worker.caseworker_id, NOW,
    )  # fmt: skip
    assert logged(session)[-1] == ("state_changed", "needs_info")


def test_the_same_change_again_is_answered_with_where_it_stands(session, worker, referral_id):
    claim.claim(session, worker, referral_id, 1, NOW)
    change = StateChange(2, "needs_info", staff_message())
    first = disposition.change_state(session, worker, referral_id, change, NOW)
    assert disposition.change_state(session, worker, referral_id, change, LATER) == first
    assert len(logged(session)) == 2


@pytest.mark.parametrize("state", ["received", "assigned", "withdrawn", "destroyed", "closed"])
def test_states_that_are_not_a_caseworkers_to_choose(session, worker, referral_id, state):
    with pytest.raises(TransitionRefused):
        disposition.change_state(session, worker, referral_id, StateChange(1, state, staff_message()), NOW)
    session.rollback()
    assert session.scalars(select(Message)).all() == []
    assert session.scalar(select(Referral.version)) == 1


def test_a_stale_change_keeps_neither_state_nor_message(session, worker, lead, referral_id):
    claim.claim(session, worker, referral_id, 1, NOW)
    with pytest.raises(VersionConflict):
        disposition.change_state(session, lead, referral_id, StateChange(1, "closed", staff_message()), NOW)
    session.rollback()
    assert session.scalars(select(Message)).all() == []


def test_items_change_all_or_none(session, centre, worker, referral_id):
    one, two, three = with_items(session, worker, centre, referral_id)
    change = ItemStateChange(1, (ItemState(one, "checked"), ItemState(two, "requested_operator")), staff_message())
    standing = disposition.change_items(session, worker, referral_id, change, NOW)
    assert [(item.item_id, item.state) for item in standing.items] == [
        (one, "checked"), (two, "requested_operator"), (three, "reported"),
    ]  # fmt: skip
    assert standing.version == 2
    assert logged(session)[-1] == ("items_changed", "checked requested_operator")
    bad = ItemStateChange(2, (ItemState(one, "removed"), ItemState(three, "reappeared")), None)
    with pytest.raises(TransitionRefused):
        disposition.change_items(session, worker, referral_id, bad, NOW)
    session.rollback()
    assert set(session.scalars(select(ReferralItem.state))) == {"checked", "requested_operator", "reported"}


def test_an_item_that_the_referral_does_not_have_is_refused(session, centre, worker, referral_id):
    (one,) = with_items(session, worker, centre, referral_id, 1)
    change = ItemStateChange(1, (ItemState(one, "checked"), ItemState(bytes(16), "checked")), None)
    with pytest.raises(FormatError):
        disposition.change_items(session, worker, referral_id, change, NOW)


def test_a_step_that_needs_a_reason_is_not_taken_without_one(session, centre, worker, referral_id):
    (one,) = with_items(session, worker, centre, referral_id, 1)
    claim.claim(session, worker, referral_id, 1, NOW)
    refused, closed = ItemStateChange(2, (ItemState(one, "refused"),), None), StateChange(2, "closed", None)
    for change, asked in ((disposition.change_items, refused), (disposition.change_state, closed)):
        with pytest.raises(ReasonNeeded):
            change(session, worker, referral_id, asked, NOW)
        session.rollback()
    assert session.scalars(select(WorkRecord)).all() == []
    reason = record_of(centre)
    standing = disposition.change_items(session, worker, referral_id, replace(refused, record=reason), NOW)
    assert [item.state for item in standing.items] == ["refused"]
    other = replace(closed, version=standing.version, record=record_of(centre))
    assert disposition.change_state(session, worker, referral_id, other, NOW).state == "closed"
    assert set(session.scalars(select(WorkRecord.record_id))) == {reason.record_id, other.record.record_id}


def test_a_change_of_items_is_taken_back_within_minutes_by_who_made_it(session, centre, worker, lead, referral_id):
    one, two = with_items(session, worker, centre, referral_id, 2)
    both = ItemStateChange(1, (ItemState(one, "removed"), ItemState(two, "checked")), staff_message())
    version = disposition.change_items(session, worker, referral_id, both, NOW).version
    undo = ItemStateUndo(version, (one, two), staff_message())
    soon, late = NOW + disposition.UNDO, NOW + disposition.UNDO + timedelta(seconds=1)
    for person, when in ((lead, soon), (worker, late)):
        with pytest.raises(UndoOver):
            disposition.undo_items(session, person, referral_id, undo, when)
        session.rollback()
    with pytest.raises(FormatError):
        disposition.undo_items(session, worker, referral_id, replace(undo, items=(one, bytes(16))), soon)
    session.rollback()
    standing = disposition.undo_items(session, worker, referral_id, undo, soon)
    assert [item.state for item in standing.items] == ["reported", "reported"]
    assert logged(session)[-1] == ("items_undone", "reported")
    assert len(session.scalars(select(Message)).all()) == 2
    assert disposition.undo_items(session, worker, referral_id, undo, soon) == standing
    again = ItemStateUndo(standing.version, (one,), None)
    with pytest.raises(UndoOver):
        disposition.undo_items(session, worker, referral_id, again, soon)
