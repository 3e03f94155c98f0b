"""Steps of requests, rooms, sites and campaigns: no dead ends but the last state, no way around a reason."""

import pytest

from app.domain import (
    campaign_state,
    directory_state,
    item_state,
    record_state,
    referral_state,
    request_state,
    room_state,
)
from app.domain.vocabulary import (
    CAMPAIGN_STATES,
    DIRECTORY_STATES,
    ITEM_STATES,
    REFERRAL_STATES,
    REQUEST_STATES,
    ROLES,
    ROOM_STATES,
)
from app.errors import FormatError, TransitionRefused
from tests.domain.test_rules import reachable

TABLES = [
    pytest.param(request_state, REQUEST_STATES, "closed", id="request"),
    pytest.param(room_state, ROOM_STATES, "closed", id="room"),
    pytest.param(directory_state, DIRECTORY_STATES, "retired", id="directory"),
    pytest.param(campaign_state, CAMPAIGN_STATES, "ended", id="campaign"),
]


@pytest.mark.parametrize(("module", "words", "last"), TABLES)
def test_every_state_is_reached_and_only_the_last_is_an_end(module, words, last):
    assert tuple(module.STEPS.table) == words
    assert reachable(words[0], module.transitions) | {words[0]} == set(words)
    for state in words:
        assert (module.transitions(state) == frozenset()) is (state == last)
        assert state == last or last in reachable(state, module.transitions)
        assert state not in module.transitions(state)
    with pytest.raises(TransitionRefused):
        module.STEPS.check_transition("unheard_of", words[0], "lead")


@pytest.mark.parametrize(("module", "words", "last"), TABLES)
def test_no_way_around_what_must_be_recorded(module, words, last):
    """Whatever leads to the last state needs a reason, and a lead can take every step."""
    for old in words:
        for new in words:
            if new not in module.transitions(old):
                with pytest.raises(TransitionRefused):
                    module.needs(old, new)
                with pytest.raises(TransitionRefused):
                    module.check_transition(old, new, "lead")
                continue
            assert new != last or "reason" in module.needs(old, new)
            module.check_transition(old, new, "lead")
            for role in set(ROLES) - {"lead", "caseworker"}:
                with pytest.raises(TransitionRefused):
                    module.check_transition(old, new, role)


def test_what_is_said_of_a_refusal_or_of_an_end_has_a_reason():
    for old in ITEM_STATES:
        for new in item_state.transitions(old):
            assert item_state.needs(old, new) == (("reason",) if new in {"refused", "site_closed"} else ())
    for old in REFERRAL_STATES:
        for new in referral_state.transitions(old):
            assert referral_state.needs(old, new) == (("reason",) if new == "closed" else ())
    for old in REQUEST_STATES:
        if "refused" in request_state.transitions(old):
            assert "reason" in request_state.needs(old, "refused")
    with pytest.raises(TransitionRefused):
        item_state.needs("removed", "refused")
    with pytest.raises(TransitionRefused):
        referral_state.needs("received", "closed")


def test_legal_action_is_a_leads_and_comes_after_evidence():
    for state in ROOM_STATES:
        if "legal_action" in room_state.transitions(state):
            assert state in {"evidence_noted", "closure_requested"}
            with pytest.raises(TransitionRefused):
                room_state.check_transition(state, "legal_action", "caseworker")


def test_a_step_of_a_record_is_one_of_its_type_by_whoever_may_take_it():
    record_state.check_change("room", "evidence_noted", "closure_requested", "caseworker")
    record_state.check_change("room", "evidence_noted", "legal_action", "lead")
    for old, new, role in (
        ("evidence_noted", "legal_action", "caseworker"),
        ("observed", "legal_action", "lead"),
        ("legal_action", "closed", "caseworker"),
    ):
        with pytest.raises(TransitionRefused):
            record_state.check_change("room", old, new, role)


def test_records_begin_where_their_type_begins_and_may_stay():
    record_state.check_change("request", None, "drafted", "caseworker")
    record_state.check_change("request", "sent", "sent", "caseworker")
    record_state.check_change("note", None, "", "caseworker")
    with pytest.raises(TransitionRefused):
        record_state.check_change("request", None, "sent", "lead")
    with pytest.raises(TransitionRefused):
        record_state.check_change("request", "closed", "drafted", "lead")
    with pytest.raises(FormatError):
        record_state.check_state("note", "sent")
    with pytest.raises(FormatError):
        record_state.check_state("request", "")
