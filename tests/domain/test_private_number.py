"""Numbers that are kept out are found however they are written; numbers that are needed pass."""

import re

from hypothesis import given
from hypothesis import strategies as st

from app.domain.private_number import luhn, private_number

digits = st.text("0123456789", min_size=14, max_size=14)
betweens = st.sampled_from(["", " ", "-", " - ", "–"])
words = st.text("가나다 .,\n", max_size=10)


def card(begin, rest):
    body = begin + rest
    return body + next(digit for digit in "0123456789" if luhn(body + digit) == 0)


def in_fours(number, between):
    return between.join(re.findall("....", number))


@given(st.sampled_from("234569"), digits, betweens, words, words)
def test_a_card_number_is_found_wherever_it_stands(begin, rest, between, before, after):
    typed = before + in_fours(card(begin, rest), between) + after
    assert private_number(typed, in_address=False) in {"card_number", "resident_number"}


@given(st.sampled_from("2345"), digits, betweens, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_makes_it_no_card(begin, rest, between, at, off):
    number = card(begin, rest)
    wrong = number[:at] + str((int(number[at]) + off) % 10) + number[at + 1 :]
    assert private_number(in_fours(wrong, between), in_address=False) != "card_number"


@given(st.dates(), st.integers(1, 8), st.integers(0, 999_999), betweens, words, words)
def test_a_resident_number_is_found_wherever_it_stands(born, century, rest, between, before, after):
    typed = f"{before}{born:%y%m%d}{between}{century}{rest:06}{after}"
    assert private_number(typed, in_address=False) == "resident_number"


@given(st.integers(0, 99_999_999), st.sampled_from(["010-{}-{}", "010 {} {}", "010{}{}"]))
def test_a_telephone_number_passes(number, form):
    typed = form.format(f"{number:08}"[:4], f"{number:08}"[4:])
    assert private_number(typed, in_address=False) == ""


@given(st.sampled_from("234569"), digits)
def test_no_card_is_looked_for_in_an_address(begin, rest):
    number = card(begin, rest)
    assert private_number(f"여기예요 https://a.example/status/{number}?x=1", in_address=False) == ""
    assert private_number(f"a.example/{number}", in_address=True) == ""
