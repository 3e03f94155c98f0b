"""Which kinds of organisation fit which answers: a proposal in words, never a tick. The rules are dated data."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

_RULES: Final = Path(__file__).parent.parent / "data" / "routing.json"


@cache
def _routing() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_RULES.read_text(encoding="utf-8"))
    return read


def in_order(kinds: Iterable[str]) -> list[str]:
    """Give kinds of organisation in the order in which they are shown, unknown ones refused with ValueError."""
    order: list[str] = _routing()["order"]
    return sorted(kinds, key=order.index)


def proposed_kinds(answers: Mapping[str, Sequence[str]]) -> list[str]:
    """Give the kinds that fit the answers (`wishes`, `threat`, `danger`, `age_group`, `material`), in order."""
    fitting = {
        rule["kind"] for rule in _routing()["rules"] if set(rule["any_of"]) & set(answers.get(rule["answer"], ()))
    }
    return in_order(fitting)
