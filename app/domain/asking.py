"""Which question is asked, and which note is shown, after which answers. The rules are `app/data/questions.json`.

Twin of `static/js/domain/asking.js`; both replay `tests/vectors/asking.json`. Answers are lists of values by the name
of the question; one that was not given counts as the empty text. What is not asked any more does not count, whatever
was answered before.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

POLICIES: Final = ("links_only", "help_lines", "open")
_LIST: Final = Path(__file__).parent.parent / "data" / "questions.json"
_POLICY: Final = "under_14_policy"
_NOT_GIVEN: Final = ("",)

Answers = Mapping[str, Sequence[str]]


@cache
def _listed() -> dict[str, Any]:
    read: dict[str, Any] = json.loads(_LIST.read_text(encoding="utf-8"))
    return read


@cache
def _rules_of(name: str) -> list[dict[str, Any]]:
    return [rule for rule in _listed()["rules"] if name in rule["names"]]


def questions() -> list[dict[str, str]]:
    """Give every question in the order of the page: `name`, `step`, and the field of the `letter` it goes to."""
    listed: list[dict[str, str]] = _listed()["questions"]
    return listed


def asked(answers: Answers, policy: str) -> list[str]:
    """Give the names of the questions that are asked after these answers; `policy` is the portal's for under 14."""
    heard = _Heard(answers, policy)
    return [question["name"] for question in questions() if heard.fits(question["name"])]


def only_asked(answers: Answers, policy: str) -> dict[str, list[str]]:
    """Give the answers without those to questions that are not asked after the others."""
    return {name: list(answers[name]) for name in asked(answers, policy) if name in answers}


def noted(answers: Answers, policy: str) -> list[str]:
    """Give the names of the notes that are shown after these answers."""
    heard = _Heard(answers, policy)
    return [name for name in _listed()["notes"] if heard.fits(name)]


class _Heard:
    """What counts of some answers: those to questions that are asked themselves. No rule leads round in a circle."""

    def __init__(self, answers: Answers, policy: str) -> None:
        self.answers = answers
        self.fitting: dict[str, bool] = {}
        self.values: dict[str, Sequence[str]] = {_POLICY: [policy]}

    def fits(self, name: str) -> bool:
        """Tell whether all rules for a question or a note hold."""
        if name not in self.fitting:
            self.fitting[name] = all(self._holds(rule) for rule in _rules_of(name))
        return self.fitting[name]

    def _holds(self, rule: Mapping[str, Any]) -> bool:
        if "if_any" in rule:
            return any(self._is(condition) for condition in rule["if_any"])
        return not all(self._is(condition) for condition in rule["unless_all"])

    def _is(self, condition: Mapping[str, Any]) -> bool:
        name = condition["answer"]
        if name not in self.values:
            self.values[name] = (self.fits(name) and self.answers.get(name)) or _NOT_GIVEN
        return any(value in condition["is"] for value in self.values[name])
