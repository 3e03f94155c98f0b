"""The report page as it is sent: every question has its words in both languages, and nothing is decided beforehand."""

import re
from html.parser import HTMLParser

import pytest

from app.domain import vocabulary
from app.domain.asking import questions
from tests.databases import copy_database

VOID = {"input", "link", "meta", "br", "hr", "img"}
FIELDS = {"input", "textarea", "select"}
PATHS = {"ko": "/report", "en": "/en/report"}


class Page(HTMLParser):
    """Elements as (tag, attributes, own text)."""

    def __init__(self, markup):
        super().__init__()
        self.elements = []
        self.open = []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        element = [tag, dict(attrs), ""]
        self.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        for element in self.open:
            element[2] += data

    def all(self, *tags):
        return [(tag, attributes, text.strip()) for tag, attributes, text in self.elements if tag in tags]

    def fields(self):
        return [(tag, attributes) for tag, attributes, _text in self.all(*FIELDS)]

    def ids(self):
        return [attributes["id"] for _tag, attributes, _text in self.elements if "id" in attributes]


@pytest.fixture
def database_url(tmp_path, sqlite_file):
    """One database is enough to look at a page."""
    copy_database(sqlite_file, tmp_path / "onestop.db")
    return f"sqlite:///{tmp_path / 'onestop.db'}"


@pytest.fixture
def page(client, make):
    make.organisation("centre", "support_centre")
    make.organisation("commission", "commission")
    make.organisation("police", "police")

    def load(language="ko", path=None):
        answer = client.get(path or PATHS[language])
        assert answer.status_code == 200
        return Page(answer.get_data(as_text=True))

    return load


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_field_has_a_label_with_words(page, language):
    loaded = page(language)
    labels = {attributes["for"]: text for _tag, attributes, text in loaded.all("label") if "for" in attributes}
    fields = [attributes["id"] for _tag, attributes in loaded.fields()]
    assert len(fields) > 120
    assert [name for name in fields if not labels.get(name)] == []
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_group_of_boxes_says_what_it_asks(page, language):
    legends = page(language).all("legend")
    asked = [text for _tag, attributes, text in legends if "link__title" not in attributes["class"]]
    assert len(asked) > 15
    assert all(asked)


def test_korean_and_english_ask_the_same(page):
    korean, english = page("ko"), page("en")
    assert [field["id"] for _tag, field in korean.fields()] == [field["id"] for _tag, field in english.fields()]
    said = [{text for _tag, _attributes, text in loaded.all("legend", "h1") if text} for loaded in (korean, english)]
    assert not said[0] & said[1]


def test_nothing_is_chosen_beforehand(page):
    loaded = page()
    assert [field["id"] for _tag, field in loaded.fields() if "checked" in field] == []
    assert [field for _tag, field, _text in loaded.all("option") if "selected" in field] == []
    first = {}
    current = None
    for tag, attributes, _text in loaded.all("select", "option"):
        if tag == "select":
            current = attributes["id"]
        else:
            first.setdefault(current, attributes["value"])
    assert set(first.values()) == {"undisclosed"}


def test_nothing_typed_can_leave_by_itself(page):
    loaded = page()
    assert loaded.all("form") == []
    named = {field["type"] for _tag, field in loaded.fields() if "name" in field}
    assert named <= {"radio"}  # a name is what makes radios one group; without a form it is sent nowhere
    assert all(field.get("form") == "" for _tag, field in loaded.fields() if "name" in field)
    assert {field.get("type") for _tag, field in loaded.fields()} <= {None, "text", "radio", "checkbox"}


def test_browsers_keep_and_correct_nothing(page):
    for tag, field in page().fields():
        assert field["autocomplete"] == "off", field
        if tag == "textarea" or field.get("type") == "text":
            assert "maxlength" not in field or field["id"].endswith("-digits"), field  # no paste is cut off in silence


def test_starting_waits_for_the_script(page):
    (begin,) = [attributes for _tag, attributes, _text in page().all("button") if attributes.get("id") == "begin"]
    assert "disabled" in begin


def test_a_choice_is_offered_for_every_value_of_the_letter(page):
    values = {field["id"] for _tag, field in page().fields()}
    for name, enum in (("role", vocabulary.REPORTER_ROLES), ("harm", vocabulary.HARMS), ("wishes", vocabulary.WISHES)):
        assert {f"{name}-{value}" for value in enum} <= values


@pytest.mark.parametrize(("kind", "asked"), [("centre", True), ("police", True), ("commission", False)])
def test_compartments_are_asked_where_they_can_be_read(page, kind, asked):
    values = {field["id"] for _tag, field in page().fields()}
    assert (f"organisation-{kind}-compartments-contact" in values) is asked


def test_each_step_may_be_skipped_but_the_two_that_make_a_report(page):
    loaded = page()
    steps = [attributes["data-step"] for _tag, attributes, _text in loaded.all("section") if "data-step" in attributes]
    skips = [1 for _tag, attributes, _text in loaded.all("button") if "data-skip" in attributes]
    assert steps == [
        "danger", "urgent", "links", "harm", "you", "wishes", "organisations", "offender", "account", "contact",
        "review",
    ]  # fmt: skip
    assert len(skips) == len(steps) - len(["links", "organisations", "review"])


def test_questions_stand_in_the_step_that_the_rules_name(client, make):
    make.organisation("centre", "support_centre")
    markup = client.get("/report").get_data(as_text=True)
    asked = {}
    for section in markup.split('data-step="')[1:]:
        step = section.split('"')[0]
        asked |= dict.fromkeys(re.findall(r'data-asked="(\w+)"', section), step)
    assert asked == {question["name"]: question["step"] for question in questions()}


@pytest.mark.parametrize("path", ["/report", "/follow-up"])
def test_without_a_script_the_page_says_what_works(page, path):
    _sheet, notice = page(path=path).all("noscript")
    assert "자바스크립트" in notice[2]


def test_ids_are_there_once(page):
    ids = page().ids()
    assert sorted({name for name in ids if ids.count(name) > 1}) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_follow_up_has_one_labelled_field_for_the_code(page, language):
    loaded = page(path={"ko": "/follow-up", "en": "/en/follow-up"}[language])
    (code,) = [field for _tag, field in loaded.fields() if field.get("id") == "code"]
    assert code["inputmode"] == "numeric"
    assert "name" not in code
    assert next(text for _tag, attributes, text in loaded.all("label") if attributes.get("for") == "code")
