"""Vectors of how referrals and items move: every state, and every move that is refused."""

from app.domain import item_state, referral_state
from app.domain.vocabulary import ITEM_STATES, REFERRAL_STATES
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
    moves(file, REFERRAL_STATES, referral_state.transitions)
    moves(file, REFERRAL_STATES, referral_state.choices, "check_choice")
    return file


def item_state_file(*, reseal):
    """Items."""
    file = VectorFile("item_state", "How one link moves.", reseal=reseal)
    for state in ITEM_STATES:
        file.valid("what it can move to", "transitions", state=state)
    moves(file, ITEM_STATES, item_state.transitions)
    return file
