"""Who did what, by role and not by name, for an evidence package; each handing out is in the log with its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.errors import NotAllowed, NotConfirmed, NotFound, Withdrawn
from app.services import access_log, claim, destruction, evidence, opening
from tests.making import NOW, logged


@pytest.fixture
def sure(worker):
    return replace(worker, confirmed_at=NOW)


def test_acts_stand_with_the_role_of_then_and_no_name(session, make, centre, lead, sure, referral_id):
    person = centre.people["caseworker"].caseworker_id
    for days, role in ((9, "lead"), (5, "caseworker")):
        at = NOW - timedelta(days=days)
        access_log.record(session, lead, "role_changed", at, subject_id=person, detail=role)
    session.commit()
    opening.open_referral(session, sure, referral_id, NOW - timedelta(days=7))
    claim.claim(session, sure, referral_id, 1, NOW - timedelta(days=3))
    opening.open_referral(session, lead, referral_id, NOW - timedelta(days=2))
    facts = evidence.hand_out(session, sure, referral_id, "court", NOW)
    assert [(act.role, act.action, act.detail) for act in facts.actions] == [
        ("lead", "opened", ""),
        ("caseworker", "claimed", ""),
        ("lead", "opened", ""),
        ("caseworker", "evidence_made", "court"),
    ]
    assert facts.made_at == NOW
    assert "centre-caseworker" not in str(facts)
    assert logged(session)[-1] == ("evidence_made", "court")


def test_not_without_a_fresh_proof_nor_for_others(session, make, sure, centre, worker, referral_id):
    with pytest.raises(NotConfirmed):
        evidence.hand_out(session, replace(worker, confirmed_at=None), referral_id, "court", NOW)
    session.rollback()
    viewer = replace(make.signed_in(centre, "viewer"), confirmed_at=NOW)
    with pytest.raises(NotAllowed):
        evidence.hand_out(session, viewer, referral_id, "court", NOW)
    session.rollback()
    stranger = replace(make.signed_in(make.organisation("other")), confirmed_at=NOW)
    with pytest.raises(NotFound):
        evidence.hand_out(session, stranger, referral_id, "court", NOW)
    session.rollback()
    destruction.destroy(session, [referral_id], NOW)
    session.commit()
    with pytest.raises(Withdrawn):
        evidence.hand_out(session, sure, referral_id, "court", NOW)
    assert "evidence_made" not in dict(logged(session))
