"""Every question says why it is asked, may be left open in two ways, and is one that the rules know."""

import pytest

from app.domain import asking
from app.domain.vocabulary import UNDISCLOSED
from app.forms.fields import DO_NOT_KNOW, LEFT_OPEN, RATHER_NOT
from app.forms.link import LinkForm
from app.forms.report import ReportForm

NO_QUESTION = {"own_declined"}


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


def test_every_text_of_the_report_has_both_ways(questions):
    """In a link an empty field is enough: there may be hundreds. An address for contact was just asked for."""
    texts = {name for name, field in questions.items() if field.ask in {"line", "text"}}
    of_links = {field.short_name for field in LinkForm()}
    assert {name for name in texts if questions[name].left_open == LEFT_OPEN} == texts - of_links - {"contact_address"}


def test_what_hangs_on_answers_is_hidden_at_first(questions):
    hidden = {name for name, field in questions.items() if not getattr(field, "asked_at_first", True)}
    assert {"proxy", "contact_address", "threat_deadline", "incident_place", "account_seen"} <= hidden
    assert not hidden & {"danger", "address", "sentence", "role", "age_group", "account_events"}
