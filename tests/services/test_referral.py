"""Whatever is done to a referral: only by its own organisation, and only by who may."""

import pytest

from app.domain import casework
from app.domain.casework import ItemState, ItemStateChange, StateChange
from app.errors import NotAllowed, NotFound
from app.services import access_log, claim, disposition, message, opening, summary, work_record
from tests.making import NOW, SUMMARY, logged, record_of, staff_message


def acts(centre, person, referral_id):
    return {
        "opening": lambda s: opening.open_referral(s, person, referral_id, NOW),
        "claim": lambda s: claim.claim(s, person, referral_id, 1, NOW),
        "release": lambda s: claim.release(s, person, referral_id, 1, NOW),
        "state": lambda s: disposition.change_state(s, person, referral_id, StateChange(1, "closed", None), NOW),
        "items": lambda s: disposition.change_items(
            s, person, referral_id, ItemStateChange(1, (ItemState(bytes(16), "checked"),), None), NOW
        ),
        "message": lambda s: message.send(s, person, referral_id, staff_message(), NOW),
        "summary": lambda s: summary.save(
            s, person, referral_id, casework.Summary(1, centre.kid, bytes(SUMMARY), ()), NOW
        ),
        "record": lambda s: work_record.save(s, person, referral_id, record_of(centre), NOW),
    }


def test_another_organisations_caseworker_finds_nothing(session, make, centre, referral_id):
    police = make.organisation("police", "police", roles=("lead",))
    stranger = make.signed_in(police, "lead")
    for act in acts(police, stranger, referral_id).values():
        with pytest.raises(NotFound):
            act(session)
        session.rollback()
    assert logged(session) == []
    assert access_log.history(session, stranger, referral_id) == ()


def test_a_viewer_changes_nothing(session, make, centre, referral_id):
    viewer = make.signed_in(centre, "viewer")
    for act in acts(centre, viewer, referral_id).values():
        with pytest.raises(NotAllowed):
            act(session)
        session.rollback()
    assert logged(session) == []


def test_an_unknown_referral_is_not_found(session, make, centre, worker):
    for act in acts(centre, worker, bytes(16)).values():
        with pytest.raises(NotFound):
            act(session)
        session.rollback()
