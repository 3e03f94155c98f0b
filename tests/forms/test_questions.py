"""Every question says why it is asked, may be left open in two ways, and is one that the rules know."""

import pytest
from werkzeug.datastructures import MultiDict

from app.domain import asking
from app.domain.vocabulary import UNDISCLOSED
from app.forms.consent import ConsentForm
from app.forms.fields import DO_NOT_KNOW, LEFT_OPEN, RATHER_NOT
from app.forms.link import LinkForm
from app.forms.report import ReportForm

# A switch of the page, which says beside it what it does.
NO_QUESTION = {"own_declined"}
# Consent is given by a tick or not at all (개인정보 보호법 §22): what is left unticked is refused.
CONSENT = {"chosen", "sensitive", "purposes", "compartments", "pass_on"}


@pytest.fixture
def questions(wording):
    """All fields that ask something, by name; those of a link among them."""
    with wording("ko"):
        yield {field.short_name: field for form in (ReportForm(), LinkForm()) for field in form}


def test_the_form_asks_what_the_rules_know(questions):
    assert set(questions) - NO_QUESTION == {question["name"] for question in asking.questions()}


def test_every_question_says_why(questions):
    assert [name for name, field in questions.items() if name not in NO_QUESTION and not str(field.why)] == []


def test_every_question_with_choices_has_both_ways_to_leave_it_open(questions):
    asked = {name: field for name, field in questions.items() if hasattr(field, "choices")}
    assert len(asked) > 15
    for name, field in asked.items():
        words = [str(choice.label) for choice in field.choices]
        assert str(DO_NOT_KNOW) in words, name
        assert str(RATHER_NOT) in words, name
        assert len(words) == len(set(words)), name
        values = [choice.value for choice in field.choices]
        assert len(values) == len(set(values)), name


def test_what_a_letter_can_tell_apart_it_does(questions):
    for name in ("relation", "spread_now", "spread", "commercial"):
        values = [choice.value for choice in questions[name].choices]
        assert {"unknown", UNDISCLOSED} <= set(values), name
        assert "not_known" not in values, name


def test_every_text_has_both_ways(questions):
    texts = {name for name, field in questions.items() if field.ask in {"line", "text"}}
    assert len(texts) > 15
    assert {name for name in texts if questions[name].left_open == LEFT_OPEN} == texts


def test_what_is_neither_is_a_consent_or_a_switch(questions):
    assert {name for name, field in questions.items() if field.ask == "tick"} == NO_QUESTION
    assert {field.short_name for field in ConsentForm()} == CONSENT


def test_a_consent_says_why_it_is_asked(wording):
    with wording("ko"):
        assert [str(field.why) != "" for field in (ConsentForm().purposes, ConsentForm().pass_on)] == [True, True]


@pytest.mark.parametrize("prefix", ["", "link-0-"])
def test_the_ticks_of_a_text_are_read_and_nothing_else_is(prefix):
    form, name = (LinkForm, "place") if prefix else (ReportForm, "sentence")
    sent = MultiDict([(f"{prefix}{name}_open", "not_said"), (f"{prefix}{name}_open", "anything")])
    assert form(sent, prefix=prefix.removesuffix("-"))[name].opened == ("not_said",)
    assert form(prefix=prefix.removesuffix("-"))[name].opened == ()


def test_what_hangs_on_answers_is_hidden_at_first(questions):
    hidden = {name for name, field in questions.items() if not getattr(field, "asked_at_first", True)}
    assert {"proxy", "contact_address", "threat_deadline", "incident_place", "account_seen"} <= hidden
    assert not hidden & {"danger", "address", "sentence", "role", "age_group", "account_events"}
