"""Who may do what inside one organisation."""

from typing import Final

_MAY: Final[dict[str, frozenset[str]]] = {
    "lead": frozenset({"lead", "caseworker", "viewer", "auditor"}),
    "caseworker": frozenset({"caseworker", "viewer"}),
    "viewer": frozenset({"viewer"}),
    # Reads the log of who opened what; opens nothing, so that the watcher is not one of the watched.
    "auditor": frozenset({"auditor"}),
}


def may(role: str, needed: str) -> bool:
    """Say whether somebody with `role` may do what `needed` is the role for. Raises KeyError for an unknown role."""
    return needed in _MAY[role]
