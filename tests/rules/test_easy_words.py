"""Easy words (쉬운 글) are easy, and say of each consent all that the full text says."""

import re
from html.parser import HTMLParser

import pytest
from flask import render_template_string

from app.data import consent_words, easy_words, read
from app.domain.vocabulary import ORGANISATION_KINDS
from app.forms.organisation_card import OrganisationCard
from tests.databases import on_one

MOST_SYLLABLES = 40
LINES = [
    (place, language, line[language]) for place, lines in easy_words().items() for line in lines for language in line
]
# What the law wants said, as the full text and the easy one name it.
HEADS = {
    "받는 곳": "내 편지는 누가 받나요?",
    "쓰는 목적": "편지로 무엇을 하나요?",
    "받는 내용": "무엇을 읽나요?",
    "가지고 있는 기간": "얼마나 오래 가지고 있나요?",
    "다른 곳에 전하는 경우": "누구에게 알려 주나요?",
    "거절할 권리": "싫다고 해도 되나요?",
}
# Who is named as a recipient in the full text is named in the easy one.
OTHERS = ("경찰", "사이트", "위원회", "통신사")
NOTICES = """{% from "components/consent_notice.html" import consent_notice, easy_consent with context %}
<full>{{ consent_notice(card) }}</full><easy>{{ easy_consent(card) }}</easy>"""


def too_long(line):
    return [one for one in re.split(r"[.?!]\s*", line) if len(re.findall("[가-힣]", one)) > MOST_SYLLABLES]


def unexplained(lines, language):
    """The hard words that nothing explains: neither brackets, there or before in the place, nor a colon or a button."""
    explained, found = set(), set()
    for line in lines:
        explained |= {word.lower() for word in re.findall(r"(\w+)\(", line)}
        rest = re.sub(r"[‘“][^’”]*[’”]|\([^)]*\)|^[^:.]+:", "", line).lower()
        words = read("easy_words")["hard_words"][language]
        hard = {word for word in words if re.search(word if language == "ko" else rf"\b{word}\b", rest)}
        found |= {word for word in hard if not any(word in one for one in explained)}
    return sorted(found)


def test_what_is_hard_would_be_seen():
    assert too_long("가" * 41 + ".") == ["가" * 41]
    assert too_long("가" * 40 + ". " + "나" * 40) == []
    assert unexplained(["동의를 철회해요."], "ko") == ["동의", "철회"]
    assert unexplained(["서버가 봐요.", "서버(컴퓨터)가 봐요."], "ko") == ["서버"]
    assert (
        unexplained(["서버(컴퓨터)가 봐요.", "서버는 잊어요.", "심의: 정하는 일이에요.", "‘진행 상황 확인’"], "ko")
        == []
    )
    assert unexplained(["Withdraw your consent."], "en") == ["consent", "withdraw"]


def test_sentences_are_short():
    assert [line for _place, _language, line in LINES if too_long(line)] == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_hard_words_are_not_there_or_explained_at_once(language):
    found = {place: unexplained([one[language] for one in lines], language) for place, lines in easy_words().items()}
    assert {place: words for place, words in found.items() if words} == {}


def test_korean_ones_speak_politely():
    korean = [one for _place, language, line in LINES if language == "ko" for one in re.split(r"[.?]\s*", line) if one]
    assert [one for one in korean if not one.endswith("요")] == []


def test_they_were_looked_at_after_the_consents_last_changed():
    assert read("easy_words")["verified_on"] >= consent_words()["version"]


class Notices(HTMLParser):
    """What stands under each head, in the full text and in the easy one; the full text once more inside that."""

    def __init__(self, page):
        super().__init__()
        self.found, self.part, self.head, self.tag = {"full": {}, "easy": {}, "inside": {}}, "", "", ""
        self.law = {"full": "", "easy": "", "inside": ""}
        self.feed(page)

    def handle_starttag(self, tag, _attrs):
        if tag in {"full", "easy", "details"}:
            self.part = "inside" if tag == "details" else tag
        if tag in {"dt", "dd"}:
            self.tag = tag
            self.head = "" if tag == "dt" else self.head

    def handle_endtag(self, tag):
        if tag == "dl":
            self.tag = ""

    def handle_data(self, words):
        if self.tag == "dt":
            self.head += words.strip()
        elif self.tag == "dd":
            said = self.found[self.part]
            said[self.head] = said.get(self.head, "") + words
        elif self.part:
            self.law[self.part] += words


@on_one
@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_every_part_of_a_consent_has_its_easy_counterpart(app, kind):
    card = OrganisationCard("centre", kind, "가나다 센터", closed_days=31, quiet_days=93)
    with app.test_request_context("/report"):
        notices = Notices(render_template_string(NOTICES, card=card))
        items = [str(one) for one in (*card.easy_sees, *card.easy_may_see, *card.easy_never_sees)]
        assert len(items) == len([*card.sees, *card.may_see, *card.never_sees])
    full, easy = notices.found["full"], notices.found["easy"]
    assert list(full) == list(HEADS)
    assert list(easy) == list(HEADS.values())
    assert notices.found["inside"] == full
    assert "전체 글" in notices.law["easy"]
    assert "개인정보 보호법" in notices.law["easy"]
    assert [one for one in items if one not in easy[HEADS["받는 내용"]]] == []
    assert card.name in easy[HEADS["받는 곳"]]
    for head, said in full.items():
        counterpart = easy[HEADS[head]]
        assert counterpart.strip()
        assert set(re.findall(r"\d+", said)) <= set(re.findall(r"\d+", counterpart)), head
        if head in {"가지고 있는 기간", "다른 곳에 전하는 경우"}:
            assert [one for one in OTHERS if one in said and one not in counterpart] == []
