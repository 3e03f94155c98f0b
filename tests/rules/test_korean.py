"""What is said in Korean is said in Korean: the catalogue, and the words that stand in data."""

import json
import re

import polib
import pytest

from tests.browser.korean import latin_words
from tests.rules.test_catalogue import CATALOGUE, PLACEHOLDER
from tests.rules.tree import own, text

# What a service calls itself is a name.
NAMES_OF_SERVICES = {"app/data/platforms.json": "name"}
MARKUP = re.compile(r"<[^>]+>")


def said_in_korean(value, but=None):
    """Every Korean text below a value: under `ko`, or under a name that ends so; nothing under the name `but`."""
    if isinstance(value, list):
        return [text for one in value for text in said_in_korean(one, but)]
    if not isinstance(value, dict):
        return []
    found = []
    for name, below in value.items():
        if name == but:
            continue
        if name == "ko" or name.endswith("_ko"):
            found += [below] if isinstance(below, str) else [one for one in below if isinstance(one, str)]
        found += said_in_korean(below, but)
    return found


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Start를 누르세요", {"Start"}),
        ("URL과 IP 주소", set()),
        ("{n}개의 주소", set()),
        ("example.kr 에서, https://a.example/x 로", set()),
        ("link 2개", {"link"}),
    ],
)
def test_latin_words_would_be_seen(said, found):
    assert latin_words([said]) == found


def test_korean_texts_are_found_in_data():
    assert said_in_korean({"a": [{"name": {"ko": "가", "en": "a"}}, {"name_ko": ["나"], "name_en": ["b"]}]}) == [
        "가",
        "나",
    ]


def test_the_catalogue_says_nothing_in_latin_letters():
    wrong = {}
    for entry in polib.pofile(str(CATALOGUE)):
        for said in [] if entry.obsolete else [entry.msgstr, *entry.msgstr_plural.values()]:
            plain = PLACEHOLDER.sub(" ", MARKUP.sub(" ", said))
            wrong |= {said: words} if (words := latin_words([plain])) else {}
    assert wrong == {}


@pytest.mark.parametrize("name", own(".json", under="app/data/"))
def test_data_says_nothing_in_latin_letters(name):
    said = said_in_korean(json.loads(text(name)), NAMES_OF_SERVICES.get(name))
    assert {one: words for one in said if (words := latin_words([one]))} == {}


def test_what_data_says_it_says_in_both_languages():
    """A text with one language only would be missing on the pages of the other."""

    def alone(value, path):
        if isinstance(value, list):
            return [found for at, one in enumerate(value) for found in alone(one, f"{path}[{at}]")]
        if not isinstance(value, dict):
            return []
        found = [path] if ("ko" in value) != ("en" in value) else []
        return found + [each for name, below in value.items() for each in alone(below, f"{path}.{name}")]

    assert [path for name in own(".json", under="app/data/") for path in alone(json.loads(text(name)), name)] == []
