"""The description of the wire format keeps up with what it describes."""

import re
from pathlib import Path

import pytest

from app.crypto import caseworker_key, receipt
from app.domain import sealed_length, vocabulary

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "app" / "crypto" / "SPEC.md").read_text(encoding="utf-8")
ENUMS = [
    name for name in vars(vocabulary) if isinstance(getattr(vocabulary, name), tuple) and name != "STRANGER_SEALED_BY"
]


def listed(name):
    """The words that the description lists for an enum, in order, each with its Korean and English."""
    found = re.search(rf"^\*\*{name}\*\*.*\n\n(.+)$", SPEC, re.MULTILINE)
    return [entry.split("` ", 1) for entry in found[1].split(" · `")] if found else []


@pytest.mark.parametrize("name", ENUMS)
def test_every_word_is_there_with_korean_and_english(name):
    entries = listed(name)
    assert tuple(word.strip("`") for word, _ in entries) == getattr(vocabulary, name)
    for word, meaning in entries:
        korean, _, english = meaning.partition(", ")
        assert korean, word
        assert english, word
        assert korean in ("P2P", "SNS") or re.search("[가-힣]", korean), word


@pytest.mark.parametrize(
    "number",
    [*sealed_length.LETTER_BUCKETS, *sealed_length.MESSAGE_BUCKETS, *sealed_length.RECORD_BUCKETS],
)
def test_every_length_is_there(number):
    assert re.search(rf"\b{number}\b", SPEC)


def test_costs_are_as_said():
    assert f"{receipt.ROUNDS:,}".replace(",", " ") in SPEC
    sets = caseworker_key.PARAMETER_SETS
    assert list(sets) == [1]
    assert (sets[1].memory, sets[1].passes, sets[1].lanes) == (64 * 1024, 3, 1)
    assert "Set 1: 64 MiB, three passes, one lane" in SPEC


def test_every_label_of_the_code_is_there():
    labels = set()
    for path in (ROOT / "app" / "crypto").glob("*.py"):
        source = path.read_text(encoding="utf-8")
        labels |= set(re.findall(r'(?:context|hkdf)\((?:\w+, )?b"([a-z-]+)"', source))
    assert {"report", "reseal", "keyring", "message", "wrap", "draft-lookup", "epoch"} <= labels
    assert {label for label in labels if f'"{label}"' not in SPEC} == set()
