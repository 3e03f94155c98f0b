import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import strict_json
from app.errors import FormatError

# Brackets in texts are no depth, but they are what a quick look counts.
texts = st.text(st.sampled_from('a가{}[]"\\'), max_size=20)
values = st.recursive(
    texts | st.integers(-strict_json.MAX_INTEGER, strict_json.MAX_INTEGER) | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(texts, inner, max_size=5),
    max_leaves=40,
)


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


@given(values, st.booleans())
def test_what_is_not_deep_is_read(value, ascii_only):
    if depth(value) <= strict_json.MAX_DEPTH - 1:
        assert strict_json.read(json.dumps(value, ensure_ascii=ascii_only).encode(), "x") == value


@given(values, st.sampled_from(["[{}]", '{{"a":{}}}']), st.integers(strict_json.MAX_DEPTH + 1, 200))
def test_what_is_deep_is_refused_wherever_it_is(value, around, times):
    deep = "[]"
    for _time in range(times):
        deep = around.format(deep)
    before = f'[{deep},[],"a\\u0062",[0]]'  # what follows is not deep, level by level
    for body in (f'[{json.dumps(value)},"","",{deep}]', f'{{"{"x" * 5000}":0,"deep":{deep}}}', before):
        with pytest.raises(FormatError):
            strict_json.read(body.encode(), "x")


def test_the_deepest_that_is_read():
    for inner, most in (('"a\\u0062"', strict_json.MAX_DEPTH), ("[]", strict_json.MAX_DEPTH)):
        body = "[" * most + inner + "]" * most
        assert strict_json.read(body.encode(), "x") == json.loads(body)
        with pytest.raises(FormatError):
            strict_json.read(f"[{body}]".encode(), "x")


@pytest.mark.parametrize("number", [strict_json.MAX_INTEGER, -strict_json.MAX_INTEGER, 0])
def test_numbers_that_both_languages_hold(number):
    assert strict_json.read(str(number).encode(), "x") == number
    with pytest.raises(FormatError):
        strict_json.read(str(number * 2 or -0.0).encode(), "x")


@given(st.text(st.sampled_from("a가\ud800\udc00😀"), max_size=6))
def test_a_text_is_well_formed_if_it_has_bytes(text):
    try:
        text.encode()
    except UnicodeEncodeError:
        assert not strict_json.well_formed(text)
    else:
        assert strict_json.well_formed(text)
