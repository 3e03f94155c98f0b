"""Tables of steps: which states follow one another, who may take a step, and what has to be recorded with it.

Twin of `static/js/domain/steps.js`. What staff record is sealed, so the portal sees only that a step was taken, and by
whom; the browsers refuse a step without what it needs, and what they read they hold against the same table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.role import may
from app.errors import TransitionRefused

BY_CASEWORKER: Final = "caseworker"
BY_LEAD: Final = "lead"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the least role that may take it, and the names of what is recorded with it."""

    role: str
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps from each state, and the state that everything begins in."""

    first: str
    table: Mapping[str, Mapping[str, Step]]

    def transitions(self, state: str) -> frozenset[str]:
        """Give the states that can follow `state`."""
        return frozenset(self.table[state])

    def needs(self, old: str, new: str) -> tuple[str, ...]:
        """Give the names of what must be recorded with a step. Raises TransitionRefused where there is none."""
        return self._step(old, new).needs

    def check_transition(self, old: str, new: str, role: str) -> None:
        """Pass when somebody of that role may take the step. Raises TransitionRefused."""
        if not may(role, self._step(old, new).role):
            raise TransitionRefused

    def _step(self, old: str, new: str) -> Step:
        step = self.table.get(old, {}).get(new)
        if step is None:
            raise TransitionRefused
        return step


def step(*needs: str, role: str = BY_CASEWORKER) -> Step:
    """Make a step that needs these to be recorded."""
    return Step(role, needs)
