"""What a reporter is told is right for who tells it: an organisation that decides does not say that it was refused."""

import pytest

from app.domain.vocabulary import LANGUAGES, ORGANISATION_KINDS
from app.forms.state_words import ITEM_WORDS, OWN_ITEM_WORDS, state_words


@pytest.fixture(autouse=True)
def korean(wording):
    with wording("ko"):
        yield


def items(kind, language):
    return state_words(kind)[language]["item"]


def test_every_kind_has_every_sentence_in_both_languages_with_its_links():
    for kind in ORGANISATION_KINDS:
        for language in LANGUAGES:
            found = items(kind, language)
            assert set(found) == set(ITEM_WORDS)
            assert all("{links}" in words for words in found.values())
            assert (language == "ko") == any("가" <= letter <= "힣" for letter in found["refused"])


def test_a_commission_says_what_it_decided_itself_and_asks_nobody():
    assert items("support_centre", "en")["refused"].startswith("Our request about {links} was refused.")
    assert items("commission", "en")["refused"].startswith("We could not decide that {links} is to be deleted")
    assert "결정하지 못했습니다" in items("commission", "ko")["refused"]
    assert items("commission", "en")["correction_requested"].startswith("We have decided")
    assert items("commission", "ko")["correction_requested"].startswith("{links}에 대해 저희가")
    assert "심의하고 있습니다" in items("commission", "ko")["requested_commission"]


def test_the_police_do_not_pass_on_to_the_police():
    assert items("support_centre", "en")["requested_police"] == "We have passed {links} on to the police."
    assert "police" not in items("police", "en")["requested_police"]


def test_only_kinds_and_states_that_exist_have_sentences_of_their_own():
    assert set(OWN_ITEM_WORDS) <= set(ORGANISATION_KINDS)
    assert all(set(own) <= set(ITEM_WORDS) for own in OWN_ITEM_WORDS.values())
