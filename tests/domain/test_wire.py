"""One spelling for one value, and no second way in."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import wire
from app.errors import FormatError

texts = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-wire.MAX_INTEGER, wire.MAX_INTEGER) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(st.binary())
def test_b64u_comes_back(piece):
    assert wire.b64u_decode(wire.b64u_encode(piece), "x") == piece


@given(st.text("ABCDEabcde0189-_+/= \n", max_size=12))
def test_one_value_has_one_spelling(text):
    try:
        piece = wire.b64u_decode(text, "x")
    except FormatError:
        return
    assert wire.b64u_encode(piece) == text


@given(values)
def test_json_comes_back(value):
    assert wire.parse_canonical(wire.canonical_json(value)) == value


@given(values, st.data())
def test_a_changed_byte_is_refused_or_says_something_else(value, data):
    sealed = bytearray(wire.canonical_json(value))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != sealed[place]))
    try:
        other = wire.parse_canonical(bytes(sealed))
    except FormatError:
        return
    assert wire.canonical_json(other) == bytes(sealed)


@given(values)
def test_white_space_is_no_second_spelling(value):
    with pytest.raises(FormatError):
        wire.parse_canonical(wire.canonical_json(value) + b" ")


@given(st.binary())
def test_whatever_the_bytes_one_error(body):
    try:
        assert isinstance(wire.parse_request(body), dict)
    except FormatError as error:
        assert error.field == "body"  # noqa: PT017 - either way is right


@pytest.mark.parametrize(
    "body",
    [
        b"[]", b'{"a":1,"a":1}', b'{"a":1.5}', b'{"a":NaN}', b'{"a":1e3}', b"\xff", b"{", b"",
        b'{"a":9007199254740992}', b'{"a":"\\ud800"}', b'{"a":' + b"[" * 20 + b"]" * 20 + b"}", b"[" * 100_000,
        b'{"a":' + b"9" * 10_000 + b"}", b'\xef\xbb\xbf{"a":1}',
    ],
)  # fmt: skip
def test_requests_are_parsed_strictly(body):
    with pytest.raises(FormatError):
        wire.parse_request(body)


def test_requests_may_be_spaced():
    assert wire.parse_request(json.dumps({"a": [1, "가"]}, indent=1).encode()) == {"a": [1, "가"]}


SCHEMA = {"n": wire.integer(1, 3), "w": wire.one_of(("a", "b")), "l": wire.list_of(wire.boolean, most=2)}


@pytest.mark.parametrize(
    ("value", "field"),
    [
        ([], "x"),
        (None, "x"),
        ({"n": 1, "w": "a"}, "x.l"),
        ({"n": 1, "w": "a", "l": [], "secret word": 1}, "x"),
        ({"n": True, "w": "a", "l": []}, "x.n"),
        ({"n": 4, "w": "a", "l": []}, "x.n"),
        ({"n": "1", "w": "a", "l": []}, "x.n"),
        ({"n": 1, "w": "c", "l": []}, "x.w"),
        ({"n": 1, "w": ["a"], "l": []}, "x.w"),
        ({"n": 1, "w": "a", "l": [1]}, "x.l.0"),
        ({"n": 1, "w": "a", "l": [True] * 3}, "x.l"),
        ({"n": 1, "w": "a", "l": {}}, "x.l"),
    ],
)
def test_the_error_names_the_field_and_never_a_value(value, field):
    with pytest.raises(FormatError) as raised:
        wire.fields(value, SCHEMA, "x")
    assert raised.value.field == field


def test_fields_come_in_the_order_of_the_schema():
    assert list(wire.fields({"l": [], "w": "b", "n": 2}, SCHEMA, "")) == ["n", "w", "l"]


@pytest.mark.parametrize("text", ["", "A", "a b", "a/b", "가", "a" * 41, "a\n", "a_b"])
def test_no_slug(text):
    with pytest.raises(FormatError):
        wire.slug(text, "slug")
