"""What is hidden cannot be worked out: tried with every small table, by somebody who knows the rule."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.suppression import LEAST, suppress

# How many parts each division of the total has, and up to which total all tables are tried.
SHAPES = {"one way": ((4,), 18), "two ways": ((3, 2), 13), "two short ones": ((2, 2), 18), "many parts": ((5,), 13)}


def divisions(total, parts):
    """Every way to write a total as so many numbers, none below nought."""
    for bars in itertools.combinations(range(total + parts - 1), parts - 1):
        edges = (-1, *bars, total + parts - 1)
        yield tuple(right - left - 1 for left, right in itertools.pairwise(edges))


def tables(shape, total):
    return itertools.product(*(divisions(total, parts) for parts in shape))


def named(table):
    return {f"way {n}": {f"part {m}": number for m, number in enumerate(parts)} for n, parts in enumerate(table)}


def flat(shown):
    """The total and every cell, in order."""
    return (shown.total, *(number for parts in shown.divided.values() for number in parts.values()))


@pytest.mark.parametrize(("shape", "most"), SHAPES.values(), ids=SHAPES)
def test_for_everything_that_is_hidden_at_least_four_numbers_are_possible(shape, most):
    possible = defaultdict(lambda: defaultdict(set))
    for total in range(most + 1):
        for table in tables(shape, total):
            seen = flat(suppress(named(table)))
            true = (total, *itertools.chain.from_iterable(table))
            for place, (shown, number) in enumerate(zip(seen, true, strict=True)):
                if shown is None:
                    possible[seen][place].add(number)
    assert len(possible) > 10
    told = [
        (seen, place, numbers)
        for seen, places in possible.items()
        for place, numbers in places.items()
        # What larger tables would look the same is not tried, so what is near the end is not judged.
        if len(numbers) < LEAST - 1 and max(numbers) + LEAST <= most
    ]
    assert told == []


numbers = st.integers(0, 12) | st.integers(0, 400)


@given(st.lists(numbers, min_size=1, max_size=60))
def test_no_small_number_is_shown_and_noughts_are(parts):
    shown = suppress(named([parts]))
    for number, seen in zip(parts, shown.divided["way 0"].values(), strict=True):
        assert seen in {None, number}
        assert seen is not None or number > 0
        assert seen is None or number == 0 or number >= LEAST
    assert shown.total in {None, sum(parts)}


@given(st.lists(numbers, min_size=2, max_size=60))
def test_with_the_total_shown_the_hidden_ones_can_be_shifted(parts):
    shown = suppress(named([parts]))
    hidden = [number for number, seen in zip(parts, shown.divided["way 0"].values(), strict=True) if seen is None]
    if shown.total is not None and hidden:
        assert len(hidden) >= 2
        assert sum(hidden) - len(hidden) >= LEAST - 1
    if shown.total is None:
        assert all(seen in {None, 0} for seen in shown.divided["way 0"].values())


@given(st.lists(numbers, min_size=3, max_size=9), st.integers(1, 3))
def test_a_total_that_is_hidden_cannot_be_added_up_in_another_division(parts, cut):
    other = [sum(parts[:cut]), sum(parts[cut:])]
    shown = suppress(named([parts, other]))
    sums = [sum(division.values()) for division in shown.divided.values() if None not in division.values()]
    assert all(shown.total == one for one in sums)


def test_divisions_of_different_totals_are_no_table():
    with pytest.raises(ValueError, match="agree"):
        suppress({"a": {"x": 1}, "b": {"x": 2}})
