"""A letter has one spelling; nothing that differs from it passes as the same letter."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.letter import letter_json, parse_letter
from app.errors import FormatError
from tests.domain.letters import letters


@given(letters)
def test_round_trip(letter):
    assert parse_letter(letter_json(letter)) == letter


@given(letters, st.data())
def test_a_changed_byte_never_gives_the_same_letter(letter, data):
    sealed = bytearray(letter_json(letter))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    try:
        other = parse_letter(bytes(sealed))
    except FormatError:
        return
    assert other != letter
    assert letter_json(other) == bytes(sealed)


def paths(value, path=()):
    """Every place in a letter."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield (*path, name)
            yield from paths(inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*path, number))


@given(letters, st.data())
def test_no_field_may_be_missing_renamed_or_of_another_type(letter, data):
    changed = json.loads(letter_json(letter))
    *path, name = data.draw(st.sampled_from(sorted(paths(changed), key=str)))
    place = changed
    for step in path:
        place = place[step]
    how = data.draw(st.sampled_from(["missing", "renamed", "number", "truth"]))
    value = place.pop(name)
    if how == "renamed":
        place[f"{name}_"] = value
    elif how != "missing":
        place[name] = 1.5 if how == "number" else True
    with pytest.raises(FormatError) as raised:
        parse_letter(json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode())
    assert raised.value.field.startswith("letter")


def test_too_many_links_are_refused():
    from tests.vectors.recipes.letters import item, letter

    many = letter(items=[item(f"link {number}") for number in range(500)])
    assert len(parse_letter(letter_json(many))["items"]) == 500
    many["items"].append(item("one more"))
    with pytest.raises(FormatError):
        letter_json(many)
