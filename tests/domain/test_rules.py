"""States without dead ends, roles without surprises, days in Korea."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain import compartment, deadline, item_state, referral_state, role
from app.domain.vocabulary import ITEM_STATES, REFERRAL_STATES, ROLES
from app.errors import FormatError, TransitionRefused
from tests.vectors.recipes.letters import letter


def reachable(start, step):
    found, todo = set(), [start]
    while todo:
        for state in step(todo.pop()) - found:
            found.add(state)
            todo.append(state)
    return found


@pytest.mark.parametrize("state", sorted(referral_state.LIVING))
def test_every_living_referral_can_be_closed_and_reopened(state):
    assert {"closed", "in_support"} <= reachable(state, referral_state.transitions)


@pytest.mark.parametrize("state", REFERRAL_STATES)
def test_staff_can_neither_withdraw_nor_destroy(state):
    assert not {"withdrawn", "destroyed"} & referral_state.transitions(state)
    assert referral_state.may_withdraw(state) is (state not in {"withdrawn", "destroyed"})


@pytest.mark.parametrize("state", REFERRAL_STATES)
def test_claim_and_release_are_no_choices(state):
    assert not {"received", "assigned"} & referral_state.choices(state)
    assert state not in referral_state.transitions(state)


def test_a_new_referral_is_claimed_before_anything_else():
    referral_state.check_transition("received", "assigned")
    with pytest.raises(TransitionRefused):
        referral_state.check_transition("received", "closed")
    with pytest.raises(TransitionRefused):
        referral_state.check_choice("assigned", "received")


@pytest.mark.parametrize("state", ITEM_STATES)
def test_no_state_of_an_item_is_an_end(state):
    assert {"removed", "reappeared", "monitoring"} <= reachable(state, item_state.transitions)
    assert item_state.transitions(state) <= set(ITEM_STATES) - {"reported", state}


def test_who_may_what():
    allowed = {(one, other) for one in ROLES for other in ROLES if role.may(one, other)}
    assert allowed == {
        ("lead", "lead"), ("lead", "caseworker"), ("lead", "viewer"), ("lead", "auditor"),
        ("caseworker", "caseworker"), ("caseworker", "viewer"), ("viewer", "viewer"), ("auditor", "auditor"),
    }  # fmt: skip
    with pytest.raises(KeyError):
        role.may("stranger", "viewer")


def test_the_day_is_korean():
    assert deadline.day_of(datetime(2026, 11, 21, 15, 0, tzinfo=UTC)) == date(2026, 11, 22)
    assert deadline.day_of(datetime(2026, 11, 21, 14, 59, tzinfo=UTC)) == date(2026, 11, 21)
    with pytest.raises(ValueError):
        deadline.day_of(datetime(2026, 11, 21, 15, 0))  # noqa: DTZ001 - what is refused


def test_urgent_is_due_first():
    today = date(2026, 12, 31)
    assert today < deadline.due_on(today, urgent=True) < deadline.due_on(today, urgent=False)
    assert deadline.due_on(today, urgent=False) - today <= timedelta(days=7)


CANARY = {
    "account": {"text": "canary account"},
    "offender": {"name": "canary offender", "handles": [], "text": ""},
    "contact": {"channel": "phone", "address": "canary contact", "safe_hours": "", "avoid": ""},
    "incident_place": "canary place",
    "threat": {"kinds": ["money"], "ongoing": "yes", "deadline": "canary deadline"},
    "prior": [{"kind": "police_report", "reference": "canary prior"}],
}
CONSENT = {"purposes": ["review"], "pass_on": []}


@pytest.mark.parametrize("kind", ["commission", "regulator", "monitor"])
def test_who_needs_only_links_gets_only_links(kind):
    whole = letter(**CANARY)
    cut = compartment.letter_for(kind, whole, CONSENT, ["account", "offender", "contact"])
    assert "canary" not in str(cut)
    assert cut["items"] == whole["items"]
    assert cut["consent"] == CONSENT


@pytest.mark.parametrize("name", ["account", "offender", "contact"])
@pytest.mark.parametrize("kind", ["support_centre", "police"])
def test_a_compartment_is_there_only_where_it_was_allowed(kind, name):
    whole = letter(**CANARY)
    assert compartment.letter_for(kind, whole, CONSENT, [])[name] is None
    assert compartment.letter_for(kind, whole, CONSENT, [name])[name] == whole[name]


def test_cutting_a_letter_leaves_the_whole_one_alone():
    whole = letter()
    compartment.letter_for("monitor", whole, CONSENT, [])["items"].clear()
    assert whole == letter()


def test_an_unknown_kind_reads_nothing():
    with pytest.raises(FormatError):
        compartment.sees("press")
