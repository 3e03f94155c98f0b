"""How one link moves. Twin of `static/js/domain/item_state.js`; both replay `tests/vectors/item_state.json`.

No state is an end: material that was removed can come back, a refusal can be appealed, a dead host can wake.
"""

from typing import Final

from app.errors import TransitionRefused

_REQUESTS: Final = frozenset({"requested_operator", "requested_commission", "requested_police"})
_OUTCOMES: Final = frozenset({"removed", "blocked", "refused", "unreachable"})
_MOVES: Final[dict[str, frozenset[str]]] = {
    "reported": _REQUESTS | {"checked", "removed", "unreachable"},
    "checked": _REQUESTS | {"removed", "blocked", "unreachable", "monitoring"},
    "requested_operator": (_REQUESTS | _OUTCOMES) - {"requested_operator"},
    "requested_commission": (_REQUESTS | _OUTCOMES) - {"requested_commission"},
    "requested_police": (_REQUESTS | _OUTCOMES) - {"requested_police"},
    "removed": frozenset({"monitoring", "reappeared"}),
    "blocked": frozenset({"removed", "monitoring", "reappeared"}),
    "refused": _REQUESTS | {"removed", "blocked", "unreachable"},
    "unreachable": frozenset({"checked", "removed", "monitoring", "reappeared"}),
    "monitoring": frozenset({"reappeared"}),
    "reappeared": _REQUESTS | {"checked", "removed", "blocked", "unreachable"},
}


def transitions(state: str) -> frozenset[str]:
    """Give the states that an item can move to from `state`."""
    return _MOVES[state]


def check_transition(old: str, new: str) -> None:
    """Pass when an item may move from `old` to `new`. Raises TransitionRefused."""
    if new not in _MOVES[old]:
        raise TransitionRefused
