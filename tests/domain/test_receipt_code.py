"""Codes survive being read, typed and mistyped by people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import receipt_code
from app.errors import FormatError

# Of 24 places and 23 swaps, no more than these can set any one remainder right.
MOST = 13
codes = st.integers(0, 10**22 - 1).map(lambda number: receipt_code.generate(lambda _: number))
between = st.sampled_from(["", " ", "-", "  ", "\u3000", "–", "－", "\u00a0", "\n", "\t", "\u200b"])


@given(codes, st.data())
def test_normalise_undoes_how_it_was_typed(code, data):
    wide = data.draw(st.booleans())
    typed = "".join(
        (chr(0xFF10 + int(digit)) if wide else digit) + data.draw(between)
        for digit in receipt_code.format(code)
        if digit != " "
    )
    assert receipt_code.normalise(typed) == code
    assert receipt_code.normalise(receipt_code.format(code)) == code


@given(codes, st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_is_seen_and_mended(code, place, step):
    typed = code[:place] + str((int(code[place]) + step) % 10) + code[place + 1 :]
    with pytest.raises(FormatError):
        receipt_code.normalise(typed)
    offered = receipt_code.candidates(typed)
    assert code in offered
    assert len(offered) <= MOST
    assert all(receipt_code.normalise(each) == each for each in offered)


@given(codes, st.integers(0, 22))
def test_swapped_neighbours_are_seen_and_mended(code, place):
    typed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if typed == code:
        assert receipt_code.candidates(typed) == []
        return
    with pytest.raises(FormatError):
        receipt_code.normalise(typed)
    assert code in receipt_code.candidates(typed)


@given(st.text(max_size=30))
def test_whatever_is_typed_one_error(text):
    try:
        assert len(receipt_code.normalise(text)) == 24
    except FormatError as error:
        assert error.field == "receipt_code"  # noqa: PT017 - either way is right


def test_codes_are_drawn_uniformly_below_ten_to_the_22():
    asked = []
    receipt_code.generate(lambda bound: asked.append(bound) or 0)
    assert asked == [10**22]
    assert len({receipt_code.generate() for _ in range(100)}) == 100
