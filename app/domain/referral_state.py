"""How a referral moves. Twin of `static/js/domain/referral_state.js`; both replay `tests/vectors/referral_state.json`.

received → assigned (a claim) → needs_info, referred, in_support → closed → in_support (reopened).
`withdrawn` is the reporter's alone, `destroyed` the portal's: no caseworker can choose them, and nothing leads out.
"""

from typing import Final

from app.domain.vocabulary import REFERRAL_STATES
from app.errors import TransitionRefused

_STAFF: Final[dict[str, frozenset[str]]] = {
    "received": frozenset({"assigned"}),
    "assigned": frozenset({"received", "needs_info", "referred", "in_support", "closed"}),
    "needs_info": frozenset({"referred", "in_support", "closed"}),
    "referred": frozenset({"needs_info", "in_support", "closed"}),
    "in_support": frozenset({"needs_info", "referred", "closed"}),
    "closed": frozenset({"in_support"}),
    "withdrawn": frozenset(),
    "destroyed": frozenset(),
}
_BY_CLAIM: Final = frozenset({"received", "assigned"})
LIVING: Final = frozenset(REFERRAL_STATES) - {"withdrawn", "destroyed"}
OPEN: Final = LIVING - {"closed"}


def transitions(state: str) -> frozenset[str]:
    """Give the states that staff can bring a referral to from `state`, claim and release included."""
    return _STAFF[state]


def choices(state: str) -> frozenset[str]:
    """Give the states that a caseworker can choose from `state`; claim and release have addresses of their own."""
    return _STAFF[state] - _BY_CLAIM


def needs(old: str, new: str) -> tuple[str, ...]:
    """Give the names of what must be recorded with a move, sealed, for colleagues. Raises TransitionRefused."""
    check_transition(old, new)
    return ("reason",) if new == "closed" else ()


def check_transition(old: str, new: str) -> None:
    """Pass when staff may bring a referral from `old` to `new`. Raises TransitionRefused."""
    if new not in _STAFF[old]:
        raise TransitionRefused


def check_choice(old: str, new: str) -> None:
    """Pass when a caseworker may choose `new` from `old`. Raises TransitionRefused."""
    if new not in choices(old):
        raise TransitionRefused


def may_withdraw(state: str) -> bool:
    """Say whether the reporter can still withdraw: as long as the referral lives, a closed one too."""
    return state in LIVING
