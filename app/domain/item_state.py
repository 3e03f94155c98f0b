"""How one link moves. Twin of `static/js/domain/item_state.js`; both replay `tests/vectors/item_state.json`.

No state is an end: material that was removed can come back, a refusal can be appealed, a dead host can wake, a site
that was closed can open under another name. A commission decides what others ask it for, and what reached it directly.
"""

from typing import Final

from app.errors import TransitionRefused

_REQUESTS: Final = frozenset({"requested_operator", "requested_commission", "requested_police"})
_DECISIONS: Final = frozenset({"correction_requested", "blocked", "refused"})
_OUTCOMES: Final = frozenset({"removed", "unreachable", "site_closed"}) | _DECISIONS
GONE: Final = frozenset({"removed", "blocked", "site_closed"})
_MOVES: Final[dict[str, frozenset[str]]] = {
    "reported": _REQUESTS | _OUTCOMES | {"checked"},
    "checked": _REQUESTS | _OUTCOMES | {"monitoring"},
    "requested_operator": (_REQUESTS | _OUTCOMES) - {"requested_operator"},
    "requested_commission": (_REQUESTS | _OUTCOMES) - {"requested_commission"},
    "requested_police": (_REQUESTS | _OUTCOMES) - {"requested_police"},
    "removed": frozenset({"monitoring", "reappeared", "site_closed"}),
    "blocked": frozenset({"removed", "monitoring", "reappeared", "site_closed"}),
    "refused": (_REQUESTS | _OUTCOMES) - {"refused"},
    "unreachable": frozenset({"checked", "removed", "site_closed", "monitoring", "reappeared"}),
    "monitoring": frozenset({"reappeared", "site_closed"}),
    "reappeared": _REQUESTS | _OUTCOMES | {"checked"},
    "correction_requested": frozenset(
        {"removed", "blocked", "refused", "unreachable", "site_closed", "requested_operator", "requested_police"}
    ),
    "site_closed": frozenset({"monitoring", "reappeared"}),
}
_REASON: Final = ("reason",)
UNDO_MINUTES: Final = 10


def transitions(state: str) -> frozenset[str]:
    """Give the states that an item can move to from `state`."""
    return _MOVES[state]


def needs(old: str, new: str) -> tuple[str, ...]:
    """Give the names of what must be recorded with a move, sealed, for colleagues. Raises TransitionRefused."""
    check_transition(old, new)
    return _REASON if new in {"refused", "site_closed"} else ()


def check_transition(old: str, new: str) -> None:
    """Pass when an item may move from `old` to `new`. Raises TransitionRefused."""
    if new not in _MOVES[old]:
        raise TransitionRefused
