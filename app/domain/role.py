"""Who may do what inside one organisation.

Somebody who joined and whom no lead has let in yet is `waiting`: with an account of their own, and nothing else. The
role that they were invited for stands in `caseworker.role_asked`, and comes with the ring that lets them in.
"""

from typing import Final

WAITING: Final = "waiting"
# Runs the portal, and is of no organisation: no letter, no queue, no figure of anybody's is theirs to see.
OPERATOR: Final = "operator"
_MAY: Final[dict[str, frozenset[str]]] = {
    "lead": frozenset({"lead", "caseworker", "viewer", "auditor", "account"}),
    "caseworker": frozenset({"caseworker", "viewer", "account"}),
    "viewer": frozenset({"viewer", "account"}),
    # Reads the log of who opened what; opens nothing, so that the watcher is not one of the watched.
    "auditor": frozenset({"auditor", "account"}),
    WAITING: frozenset({"account"}),
    OPERATOR: frozenset({"operator", "account"}),
}
# What may stand in an account; rings know `vocabulary.ROLES` alone.
ACCOUNT_ROLES: Final = tuple(_MAY)


def may(role: str, needed: str) -> bool:
    """Say whether somebody with `role` may do what `needed` is the role for. Raises KeyError for an unknown role."""
    return needed in _MAY[role]
