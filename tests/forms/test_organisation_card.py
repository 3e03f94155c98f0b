"""What a reporter is told about an organisation agrees with what its letter holds."""

import pytest

from app.domain.compartment import compartments_of, sees
from app.domain.vocabulary import ORGANISATION_KINDS, PURPOSES
from app.forms.consent import ConsentForm
from app.forms.organisation_card import OrganisationCard


def card(kind):
    return OrganisationCard(slug="some-centre", kind=kind, name="Some centre")


@pytest.fixture
def words(wording):
    def speak(lines):
        with wording("en"):
            return [str(line) for line in lines]

    return speak


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_nothing_is_both_seen_and_never_seen(words, kind):
    seen, never = words(card(kind).sees), words(card(kind).never_sees)
    assert seen
    assert not set(seen) & set(never)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_own_words_are_promised_as_the_letter_keeps_it(words, kind):
    own_words = "Your own words, anything about the offender, and how to contact you"
    assert (own_words in words(card(kind).may_see)) == bool(compartments_of(kind))
    assert (own_words in words(card(kind).never_sees)) == (not compartments_of(kind))


def test_monitors_are_told_nothing_about_the_person(words):
    assert "Who is reporting, and the age group" in words(card("monitor").never_sees)
    assert not [part for part in sees("monitor") if part.startswith("reporter")]


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_consent_is_asked_for_what_the_kind_has_a_use_for(wording, kind):
    with wording("ko"):
        form = ConsentForm.of(card(kind))
    assert [choice.value for choice in form.compartments.choices] == compartments_of(kind)
    assert {choice.value for choice in form.purposes.choices} <= set(PURPOSES)
    assert form.purposes.choices
    assert kind == "support_centre" or kind not in [choice.value for choice in form.pass_on.choices]


@pytest.mark.parametrize("kind", ORGANISATION_KINDS)
def test_nothing_is_agreed_to_beforehand(wording, kind):
    with wording("ko"):
        form = ConsentForm.of(card(kind))
    assert form.chosen.data is False
    assert form.sensitive.data is False
    assert not form.purposes.data
    assert not form.compartments.data
    assert not form.pass_on.data
