"""Every vector of the domain modules."""

import pytest

from tests.vectors.make import (
    BROWSER_PLATFORMS,
    BROWSER_QUESTIONS,
    LISTS,
    WORD_LISTS,
    list_file,
    list_module,
    platforms_module,
    questions_module,
    words_module,
)
from tests.vectors.replay import cases, check

MODULES = (
    "address_reading", "asking", "backup_record",
    "canonical_url", "compartment", "image_text", "item_state", "keyring_content", "letter", "look_alike",
    "message_content", "onward_answer", "onward_state",
    "own_record", "pasted_text", "platform", "progress", "private_number", "receipt_code", "recovery_words",
    "referral_state", "refang", "suppression",
    "routing", "vocabulary", "wire",
)  # fmt: skip


@pytest.mark.parametrize(("module", "test", "pieces"), [case for module in MODULES for case in cases(module)])
def test_replay(module, test, pieces):
    check(module, test, pieces)


def test_the_browser_has_the_same_platforms():
    assert BROWSER_PLATFORMS.read_text(encoding="utf-8") == platforms_module(), "run python -m tests.vectors.make"


def test_the_browser_has_the_same_questions():
    assert BROWSER_QUESTIONS.read_text(encoding="utf-8") == questions_module(), "run python -m tests.vectors.make"


@pytest.mark.parametrize("name", LISTS)
def test_the_browser_has_the_same_list(name):
    assert list_file(name).read_text(encoding="utf-8") == list_module(name), "run python -m tests.vectors.make"


@pytest.mark.parametrize("name", WORD_LISTS)
def test_the_browser_has_the_same_words(name):
    assert list_file(name).read_text(encoding="utf-8") == words_module(name), "run python -m tests.vectors.make"
