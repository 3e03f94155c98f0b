"""Vectors of how referrals and items move: every state, and every move that is refused."""

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
    RECORD_TYPES,
    REFERRAL_STATES,
    REQUEST_STATES,
    ROLES,
    ROOM_STATES,
)
from tests.vectors.recipe import VectorFile


def moves(file, words, allowed, function="check_transition"):
    """Add every pair of states, allowed or refused."""
    for old in words:
        for new in words:
            if new in allowed(old):
                file.valid(f"{old} to {new}", function, old=old, new=new)
            else:
                file.invalid(f"{old} to {new}", function, error="TransitionRefused", old=old, new=new)


def referral_state_file(*, reseal):
    """Referrals."""
    file = VectorFile("referral_state", "How a referral moves.", reseal=reseal)
    for state in REFERRAL_STATES:
        file.valid("what staff can bring it to", "transitions", state=state)
        file.valid("what a caseworker can choose", "choices", state=state)
        file.valid("whether the reporter can still withdraw", "may_withdraw", state=state)
        for new in sorted(referral_state.transitions(state)):
            file.valid("what is recorded with it", "needs", old=state, new=new)
    moves(file, REFERRAL_STATES, referral_state.transitions)
    moves(file, REFERRAL_STATES, referral_state.choices, "check_choice")
    return file


def item_state_file(*, reseal):
    """Items."""
    file = VectorFile("item_state", "How one link moves.", reseal=reseal)
    for state in ITEM_STATES:
        file.valid("what it can move to", "transitions", state=state)
        for new in sorted(item_state.transitions(state)):
            file.valid("what is recorded with it", "needs", old=state, new=new)
    moves(file, ITEM_STATES, item_state.transitions)
    return file


def _steps_file(name, comment, table, words, reseal):
    file = VectorFile(name, comment, reseal=reseal)
    for state in words:
        file.valid("what can follow", "transitions", state=state)
    for old in words:
        for new in words:
            if new not in table.transitions(old):
                file.invalid(f"{old} to {new}", "needs", error="TransitionRefused", old=old, new=new)
                continue
            file.valid(f"{old} to {new}", "needs", old=old, new=new)
            needed = table.table[old][new].role
            for role in ROLES:
                if role in {"lead", needed}:
                    file.valid(f"{old} to {new}", "check_transition", old=old, new=new, role=role)
                else:
                    refused = {"error": "TransitionRefused", "old": old, "new": new, "role": role}
                    file.invalid(f"{old} to {new}", "check_transition", **refused)
    return file


def request_state_file(*, reseal):
    """Requests to operators."""
    comment = "How a request to an operator moves."
    return _steps_file("request_state", comment, request_state.STEPS, REQUEST_STATES, reseal)


def room_state_file(*, reseal):
    """Chat rooms."""
    return _steps_file("room_state", "How a chat room's record moves.", room_state.STEPS, ROOM_STATES, reseal)


def directory_state_file(*, reseal):
    """Sites."""
    comment = "How an entry of the site directory moves."
    return _steps_file("directory_state", comment, directory_state.STEPS, DIRECTORY_STATES, reseal)


def campaign_state_file(*, reseal):
    """Campaigns."""
    comment = "How a monitoring campaign moves."
    return _steps_file("campaign_state", comment, campaign_state.STEPS, CAMPAIGN_STATES, reseal)


def record_state_file(*, reseal):
    """Which states records have, and in which they begin."""
    file = VectorFile("record_state", "Which states a work record of each type has.", reseal=reseal)
    for record_type in RECORD_TYPES:
        file.valid("its states", "states", record_type=record_type)
        for state in ("", "drafted", "observed", "draft", "planned", "closed", "ended"):
            given = {"record_type": record_type, "state": state}
            if state in record_state.states(record_type):
                file.valid("a state of its own", "check_state", **given)
            else:
                file.invalid("a state of another", "check_state", error="FormatError", **given)
        for state in record_state.states(record_type):
            file.valid("it stays", "check_change", record_type=record_type, old=state, new=state, role="lead")
            if state == record_state.states(record_type)[0]:
                file.valid("it begins", "check_change", record_type=record_type, old=None, new=state, role="lead")
            else:
                refused = {"error": "TransitionRefused", "record_type": record_type, "old": None, "new": state}
                file.invalid("it cannot begin there", "check_change", **refused, role="lead")
    return file


def progress_file(*, reseal):
    """What a reporter sees of the work, and by when the next step usually follows."""
    file = VectorFile("progress", "What a reporter sees of the work, and when the next step is due.", reseal=reseal)
    for comment, on in (("on her day", "2026-11-22"), ("later", "2026-12-01"), ("in another year", "2027-01-01")):
        shown = {"state": "removed", "on": on, "reported_on": "2026-11-22", "first": "reported"}
        file.valid(comment, "shown_since", output=("removed", on), **shown)
    for comment, on in (("the day before", "2026-11-21"), ("long before", "2025-12-31")):
        shown = {"state": "removed", "on": on, "reported_on": "2026-11-22", "first": "reported"}
        file.valid(comment, "shown_since", output=("reported", "2026-11-22"), **shown)
    for state in REFERRAL_STATES:
        for opened_on in ("2026-11-23", None):
            comment = f"{state}, {'opened' if opened_on else 'not opened'}"
            file.valid(comment, "stage_of", state=state, state_on="2026-11-22", opened_on=opened_on)
    for comment, since, today, days, by in (
        ("within the usual time", "2026-11-22", "2026-11-23", 3, "2026-11-25"),
        ("on its last day", "2026-11-22", "2026-11-25", 3, "2026-11-25"),
        ("past it", "2026-11-22", "2026-11-26", 3, None),
        ("over the end of a year", "2026-12-30", "2026-12-30", 7, "2027-01-06"),
        ("over a leap day", "2028-02-27", "2028-02-28", 3, "2028-03-01"),
        ("on the same day", "2026-11-22", "2026-11-22", 0, "2026-11-22"),
    ):
        expected = {"by": by, "late": by is None}
        given = {"since": since, "today": today, "days": days, "paused": False}
        file.valid(comment, "outlook", output=expected, **given)
    unknown = {"since": "2026-11-22", "today": "2027-11-22", "days": None}
    file.valid("nobody can say", "outlook", output={"by": None, "late": False}, **unknown, paused=False)
    file.valid("nobody keeps usual times", "outlook", output={"by": None, "late": True}, **unknown, paused=True)
    usual = {"since": "2026-11-22", "today": "2026-11-22", "days": 7, "paused": True}
    file.valid("not even on the first day", "outlook", output={"by": None, "late": True}, **usual)
    return file
