"""Which kinds of organisation fit which answers: a proposal in words, never a tick. The rules are dated data."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

_RULES: Final = Path(__file__).parent.parent / "data" / "routing.json"


@cache
def _routing() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_RULES.read_text(encoding="utf-8"))
    return read


def place(kind: str) -> int:
    """Give the place of a kind of organisation among those that are shown. Raises ValueError for an unknown kind."""
    order: list[str] = _routing()["order"]
    return order.index(kind)


def proposed_kinds(answers: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the kinds that fit the answers (`wishes`, `threat`, `danger`, `age_group`, `material`), in order."""
    fitting = {
        rule["kind"] for rule in _routing()["rules"] if set(rule["any_of"]) & set(answers.get(rule["answer"], ()))
    }
    return sorted(fitting, key=place)
