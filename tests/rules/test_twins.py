"""Each module that both sides have, has one name, one twin and one file of vectors that both replay."""

import json

import pytest

from tests.rules.tree import files, own, text

# Only one side has a use for these.
PYTHON_ONLY = {
    "crypto": {"__init__"},
    "domain": {"__init__"},
}
BROWSER_ONLY = {
    "crypto": {"key_name", "small_opening", "tab"},  # what a page loads apart; what only a tab keeps
    "domain": set(),
}
# Rules of the server; a browser has its half of some of them (it writes what the server parses).
SERVER_RULES = {"deadline", "role", "casework", "coming_back", "answer", "sealed_length", "routing", "recovery_words"}
# Vectors are asked of what turns words into bytes or bytes into words.
VECTORS = {
    "crypto": {
        "encoding", "padding", "recipient_key", "envelope", "receipt", "message", "own", "custody", "caseworker_key",
        "keyring", "epoch_chain", "summary", "work_record",
    },
    "domain": {"vocabulary", "letter", "receipt_code", "canonical_url", "compartment", "message_content", "own_record"},
}  # fmt: skip


def modules(folder, ending):
    return {
        name.removeprefix(folder).removesuffix(ending)
        for name in own(ending, under=folder)
        if "/" not in name.removeprefix(folder)
    }


def without_twin(python, browser, kind):
    here = python - PYTHON_ONLY[kind] - (SERVER_RULES if kind == "domain" else set())
    there = browser - BROWSER_ONLY[kind] - (SERVER_RULES if kind == "domain" else set())
    return sorted(here ^ there)


def test_a_lonely_module_would_be_seen():
    assert without_twin({"receipt", "__init__"}, {"receipt"}, "crypto") == []
    assert without_twin({"receipt", "shred"}, {"receipt"}, "crypto") == ["shred"]
    assert without_twin({"receipt"}, {"receipt", "extra"}, "crypto") == ["extra"]


@pytest.mark.parametrize("kind", ["crypto", "domain"])
def test_every_module_has_its_twin(kind):
    assert without_twin(modules(f"app/{kind}/", ".py"), modules(f"static/js/{kind}/", ".js"), kind) == []


@pytest.mark.parametrize(
    ("kind", "module"), [(kind, module) for kind, some in VECTORS.items() for module in sorted(some)]
)
def test_both_sides_replay_the_same_vectors(kind, module):
    vectors = json.loads(text(f"tests/vectors/{module}.json"))
    assert vectors["tests"]
    assert len({test["id"] for test in vectors["tests"]}) == len(vectors["tests"])
    assert {test["result"] for test in vectors["tests"]} <= {"valid", "invalid"}
    for folder in (f"tests/{kind}/", "tests/js/"):
        users = [name for name in own(".py", ".js", ".mjs", under=folder) if f"{module}" in text(name)]
        assert users, f"nothing under {folder} replays {module}.json"


def test_no_file_of_vectors_is_left_unread():
    readers = "".join(
        text(name) for name in own(".py", ".js", ".mjs", under="tests/") if name != "tests/rules/test_twins.py"
    )
    unread = [
        name
        for name in files()
        if name.startswith("tests/vectors/") and name.endswith(".json") and name[14:-5] not in readers
    ]
    assert unread == []
