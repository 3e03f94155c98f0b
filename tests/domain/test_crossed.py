"""Neither a crossed table nor a middle value lets anybody work out what is hidden: tried with every small table."""

import itertools
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.crossed import column_sums, reached_by, suppress_cells
from app.domain.suppression import LEAST, suppress

ROWS, COLUMNS, MOST = ("open", "done"), ("new", "old"), 15


def shown(cells):
    rows = suppress({"row": {row: sum(numbers.values()) for row, numbers in cells.items()}})
    return rows.total, rows.divided["row"], suppress_cells(rows.divided["row"], cells)


def tables():
    for numbers in itertools.product(range(MOST + 1), repeat=4):
        if sum(numbers) <= MOST:
            yield {row: dict(zip(COLUMNS, numbers[at * 2 : at * 2 + 2], strict=True)) for at, row in enumerate(ROWS)}


def flat(total, rows, cells):
    return (total, *rows.values(), *(number for row in cells.values() for number in row.values()))


def test_for_every_hidden_number_of_a_crossed_table_at_least_four_are_possible():
    possible = defaultdict(lambda: defaultdict(set))
    for cells in tables():
        rows = {row: sum(numbers.values()) for row, numbers in cells.items()}
        seen = flat(*shown(cells))
        for place, (said, number) in enumerate(zip(seen, flat(sum(rows.values()), rows, cells), strict=True)):
            if said is None:
                possible[seen][place].add(number)
    told = [
        (seen, place, numbers)
        for seen, places in possible.items()
        for place, numbers in places.items()
        if len(numbers) < LEAST - 1 and max(numbers) + LEAST <= MOST
    ]
    assert len(possible) > 10
    assert told == []


def test_the_sum_of_a_column_is_said_where_all_of_it_stands_there():
    cells = {"open": {"new": 20, "old": 0}, "done": {"new": 30, "old": 2}, "left": {"new": 7, "old": 9}}
    _total, _rows, seen = shown(cells)
    assert seen["done"] == {"new": None, "old": None}
    assert column_sums(seen) == {"new": None, "old": None}
    assert column_sums({"open": {"new": 20, "old": 0}, "left": {"new": 7, "old": None}}) == {"new": 27, "old": None}
    assert column_sums({"open": {"new": 0, "old": 1}, "left": {"new": 4, "old": None}}) == {"new": 4, "old": None}
    assert column_sums({}) == {}


STEPS = (("week", 7), ("month", 30), ("later", 9999))


def step_of(day):
    return next(word for word, most in STEPS if day <= most)


def steps_of(days):
    found = dict.fromkeys((word for word, _most in STEPS), 0)
    for day, number in days.items():
        found[step_of(day)] += number
    return found


def test_the_middle_day_and_that_of_nine_in_ten():
    days = {0: 3, 2: 3, 6: 2, 12: 2}
    steps = suppress({"step": steps_of(days)}).divided["step"]
    assert steps == {"week": None, "month": None, "later": 0}
    assert reached_by({"week": 8, "month": 2, "later": 0}, days, step_of, 5) == 2
    assert reached_by({"week": 8, "month": 2, "later": 0}, days, step_of, 9) == 12
    assert reached_by(steps, days, step_of, 5) is None


@pytest.mark.parametrize(
    ("shown", "days", "tenths", "day"),
    [
        # Of five hidden ones four at most and one at least come before: the 5th to the 21st are in the month for sure.
        ((None, 20, None), {2: 2, 10: 20, 40: 3}, 5, 10),
        ((None, 20, None), {2: 2, 10: 20, 40: 3}, 2, 10),
        ((None, 15, None), {2: 2, 10: 15, 40: 3}, 2, None),
        ((None, 20, None), {2: 2, 10: 20, 40: 8}, 7, 10),
        ((None, 20, None), {2: 2, 10: 20, 40: 9}, 7, None),
        # All hidden ones come before, or none.
        ((None, 20, 0), {2: 3, 10: 20}, 10, 10),
        ((20, None, 0), {3: 20, 10: 4}, 1, 3),
        # A nought that stands there counts as nothing.
        ((0, 10, 0), {10: 10}, 1, 10),
    ],
)
def test_a_day_is_said_where_its_step_is_plain_whatever_the_hidden_numbers_are(shown, days, tenths, day):
    words = [word for word, _most in STEPS]
    assert reached_by(dict(zip(words, shown, strict=True)), days, step_of, tenths) == day


def test_fewer_than_five_have_no_middle():
    assert reached_by({"week": 4, "month": 0, "later": 0}, {3: 4}, step_of, 5) is None
    assert reached_by({"week": 5, "month": 0, "later": 0}, {3: 5}, step_of, 5) == 3
    assert reached_by({"week": 0, "month": 0, "later": 0}, {}, step_of, 5) is None


@given(st.dictionaries(st.integers(0, 60), st.integers(1, 9), min_size=1, max_size=8), st.sampled_from((5, 9)))
def test_the_step_of_a_day_that_is_said_could_be_told_without_it(days, tenths):
    steps = suppress({"step": steps_of(days)})
    day = None if steps.total is None else reached_by(steps.divided["step"], days, step_of, tenths)
    if day is None:
        return
    seen, number = steps.divided["step"], sum(days.values())
    rank = -(-number * tenths // 10)
    hidden = [word for word, part in seen.items() if part is None]
    rest = number - sum(part or 0 for part in seen.values())
    for parts in itertools.product(range(1, rest + 1), repeat=len(hidden)):
        if sum(parts) != rest:
            continue
        whole = {**seen, **dict(zip(hidden, parts, strict=True))}
        reached = list(itertools.accumulate(whole.values()))
        assert list(whole)[next(at for at, sum_ in enumerate(reached) if sum_ >= rank)] == step_of(day)
