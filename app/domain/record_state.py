"""Which states a work record of each type has. Twin of `static/js/domain/record_state.js`.

Types without a table of steps have no state: the empty text.
"""

from typing import Final

from app.domain import campaign_state, directory_state, request_state, room_state
from app.domain.steps import Steps
from app.errors import FormatError, TransitionRefused

_STEPS: Final[dict[str, Steps]] = {
    "request": request_state.STEPS,
    "room": room_state.STEPS,
    "directory": directory_state.STEPS,
    "campaign": campaign_state.STEPS,
}


def states(record_type: str) -> tuple[str, ...]:
    """Give the states of a type in their order; the empty text alone where it has none."""
    steps = _STEPS.get(record_type)
    return ("",) if steps is None else tuple(steps.table)


def check_state(record_type: str, state: str) -> None:
    """Pass for a state that a record of this type can be in. Raises FormatError("state")."""
    if state not in states(record_type):
        field = "state"
        raise FormatError(field)


def check_change(record_type: str, old: str | None, new: str, role: str) -> None:
    """Pass when somebody of that role may bring a record from `old` (None: a new one) to `new`; staying is no step.

    A new record begins in the first state of its type. Raises TransitionRefused.
    """
    steps = _STEPS.get(record_type)
    if steps is None or old == new:
        return
    if old is None:
        if new != steps.first:
            raise TransitionRefused
        return
    steps.check_transition(old, new, role)
