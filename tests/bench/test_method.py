"""The bench's own arithmetic: medians, quartiles, what counts as a drift, and that refused figures are not quoted."""

import json
import os

import pytest

from tests.bench import method, tables
from tests.bench.method import pinned, ratios, row, spread, steady, still


def test_median_and_quartiles():
    assert spread([7, 1, 3, 5, 9]) == method.Spread(5, 3, 7)
    assert spread([4]) == method.Spread(4, 4, 4)


def test_a_round_is_still_when_the_baseline_lies_near_its_median():
    assert still([100, 100, 100]) == [0, 1, 2]
    assert still([100, 86, 114]) == [0, 1, 2]
    assert still([100, 84, 100, 116, 100]) == [0, 2, 4]


def test_sides_take_turns_and_each_second_round_turns_round():
    order = []
    samples, left_out = steady(
        {side: lambda side=side: order.append(side) or len(order) for side in "ab"},
        lambda taken: [1] * len(taken["a"]),
        rounds=3,
    )
    assert "".join(order) == "abbaab"
    assert (samples, left_out) == ({"a": [1, 4, 5], "b": [2, 3, 6]}, 0)


def test_a_ratio_is_taken_within_its_round():
    # A machine that slows down by half for two rounds changes no ratio.
    assert spread(ratios([50, 25, 25, 50], [100, 50, 50, 100])) == method.Spread(0.5, 0.5, 0.5)


def test_rounds_in_which_the_machine_moved_are_left_out_and_measured_again():
    base, ours = iter([100, 150, 101, 60, 99]), iter([50, 75, 51, 30, 49])
    samples, left_out = steady(
        {"base": lambda: next(base), "ours": lambda: next(ours)}, lambda taken: taken["base"], rounds=3
    )
    assert samples == {"base": [100, 101, 99], "ours": [50, 51, 49]}
    assert left_out == 2


def test_a_machine_that_never_stands_still_gives_no_row():
    speeds = [100 * 2**number for number in range(method.ATTEMPTS * method.ROUNDS)]
    moving = iter(speeds)
    samples, left_out = steady({"base": lambda: next(moving)}, lambda taken: taken["base"])
    assert len(samples["base"]) < method.ROUNDS
    assert left_out + len(samples["base"]) == len(speeds)
    assert row("t", "n", samples["base"], "1/s", left_out=left_out)["refused"]


@pytest.mark.parametrize(
    ("goal", "met"),
    [
        (("ratio", ">=", 0.3), True),
        (("ratio", ">=", 0.5), False),
        (("ratio", "<=", 0.3), False),
        (("value", "<=", 40), True),
        (("value", ">=", 50), False),
        (None, None),
    ],
)
def test_a_goal_is_judged_by_the_median(goal, met):
    assert row("t", "n", [30, 40, 90], "ms", ratio=[0.3, 0.4, 0.9], goal=goal)["met"] is met


def test_a_refused_row_gives_no_figures():
    line = row("t", "n", [123], "1/s", against="b 456/s", ratio=[7.89], goal=("ratio", ">=", 1), left_out=20)
    assert line["met"] is None
    for shown in (json.dumps(line), tables.table([line]), tables.shown(line)):
        assert not any(figure in shown for figure in ("123", "456", "7.89"))
    assert "refused: the machine moved in 20 of 21 rounds" in tables.table([line])


def test_the_page_takes_each_table_between_its_marks():
    page = "before\n<!-- bench: speed -->\nold\n<!-- end -->\nafter\n<!-- bench: absent -->\n<!-- end -->\n"
    run = {"machine": {}, "minutes": 1, "rows": [row("speed", "a page", [10, 12, 14], "ms", goal=("value", "<=", 20))]}
    written = tables.written(page, {"bench": run})
    assert "| a page | 12 (11–13) ms |  |  | value ≤ 20 | met |" in written
    assert "old" not in written
    assert "Not measured yet" in written
    assert written.startswith("before\n")
    assert tables.written(written, {"bench": run}) == written


def test_pinned_work_is_pinned_and_nothing_after_it():
    before = os.sched_getaffinity(0)
    with pinned(method.SERVER_CORE):
        assert os.sched_getaffinity(0) == method.SERVER_CORE
    assert os.sched_getaffinity(0) == before


def test_what_could_not_be_measured_stands_there_without_figures():
    line = method.unmeasured("t", "n", "of 100", ("value", ">=", 95))
    assert (line["value"], line["met"], line["goal"]) == (None, None, "value ≥ 95")
    assert "| n |  |  |  | value ≥ 95 | not measured |" in tables.table([line])
    assert tables.shown(line).startswith("REFUSED n")
