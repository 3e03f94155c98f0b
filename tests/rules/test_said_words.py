"""What is said at once, and what is said in easy words: whole, in both languages, dated, and easy indeed."""

import re

import pytest

from app.data import advice, easy_words, help_lines, read
from app.domain.asking import POLICIES
from app.domain.vocabulary import ORGANISATION_KINDS
from tests.rules.tree import own, text

MOST_WORDS = {"ko": 9, "en": 14}
PARTS = ("text", "do", "do_not")
LINES = [(name, line) for name, said in advice().items() for part in PARTS for line in said.get(part, [])]
EASY = [(place, line) for place, lines in easy_words().items() for line in lines]


def test_every_note_of_the_rules_says_something_and_nothing_else_is_said():
    assert set(advice()) == set(read("questions")["notes"])


@pytest.mark.parametrize("said", advice().values(), ids=advice())
def test_advice_is_dated_and_names_only_known_lines(said):
    known = {line["id"] for line in help_lines()}
    assert said["verified_on"]
    assert said["source"]
    assert {*said.get("calls", []), *filter(None, [said.get("chat")])} <= known
    assert set(said["title"]) == {"ko", "en"}


def test_everything_is_said_in_both_languages():
    assert [name for name, line in LINES + EASY if not (line["ko"] and line["en"])] == []


def test_nobody_is_blamed_or_told_what_they_must_not_do():
    """Wishes and ways, never orders with a raised finger, never a reason asked for."""
    spoken = [said["title"]["ko"] for said in advice().values()] + [line["ko"] for _name, line in LINES]
    assert [words for words in spoken if re.search(r"왜 |절대|안 됩니다\.|잘못했|반드시", words)] == []


def sentences(words):
    return [sentence for sentence in re.split(r"[.?!]\s*", words) if sentence]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_easy_sentences_are_short(language):
    most = MOST_WORDS[language]
    assert sentences("하나. 둘?") == ["하나", "둘"]
    long = [one for _place, line in EASY for one in sentences(line[language]) if len(one.split()) > most]
    assert long == []


def test_easy_words_have_every_place_that_templates_name():
    named = {
        place
        for name in own(".html", under="templates/")
        for place in re.findall(r'easy(?:_inline|_lines)?\("(\w+)"(?: ~ [\w.]+)?[,)]', text(name))
    }
    kinds = {f"{begin}_{kind}" for begin in ("about", "keeps", "passes_on") for kind in ORGANISATION_KINDS}
    policies = {f"start_under_14_{policy}" for policy in POLICIES}
    whole = {place for place in named if not place.endswith("_")}
    assert whole | kinds | policies == set(easy_words())
    assert named - whole == {"about_", "keeps_", "passes_on_", "start_under_14_"}
