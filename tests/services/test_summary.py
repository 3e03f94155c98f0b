"""Summaries: each version once, in turn; items keep their state."""

import secrets

import pytest
from sqlalchemy import select

from app.domain import casework
from app.domain.casework import ItemState, ItemStateChange
from app.errors import VersionConflict
from app.models import ReferralItem
from app.services import disposition, summary
from tests.making import NOW, SUMMARY, with_items


def test_summaries_follow_one_another(session, centre, worker, lead, referral_id):
    items = with_items(session, worker, centre, referral_id)
    more = secrets.token_bytes(16)
    second = casework.Summary(2, centre.kid, secrets.token_bytes(SUMMARY), (*items, more))
    assert summary.save(session, lead, referral_id, second, NOW).version == 2
    assert summary.save(session, lead, referral_id, second, NOW).version == 2
    stands = summary.of_referral(session, referral_id)
    assert (stands.version, stands.sealed, stands.epoch_kid) == (2, second.sealed, centre.kid)
    assert [row.item_id for row in session.scalars(select(ReferralItem).order_by(ReferralItem.place))] == [*items, more]


@pytest.mark.parametrize("version", [1, 3, 9])
def test_a_summary_out_of_turn_is_told_whose_is_in_force(session, centre, worker, lead, referral_id, version):
    with_items(session, worker, centre, referral_id)
    with pytest.raises(VersionConflict) as conflict:
        summary.save(session, lead, referral_id, casework.Summary(version, centre.kid, b"x" * SUMMARY, ()), NOW)
    assert (conflict.value.version, conflict.value.changed_by) == (1, worker.login)


def test_known_items_keep_their_state_when_a_summary_is_saved_again(session, centre, worker, referral_id):
    items = with_items(session, worker, centre, referral_id)
    disposition.change_items(
        session, worker, referral_id, ItemStateChange(1, (ItemState(items[0], "checked"),), None), NOW
    )
    summary.save(session, worker, referral_id, casework.Summary(2, centre.kid, b"x" * SUMMARY, items), NOW)
    states = session.scalars(select(ReferralItem.state).order_by(ReferralItem.place)).all()
    assert states == ["checked", "reported", "reported"]
