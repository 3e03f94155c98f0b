"""The bench's own arithmetic: medians, quartiles, what counts as a drift, and that refused figures are not quoted."""

import json
import os

import pytest

from tests.bench import method, tables
from tests.bench.method import drift, interleaved, pinned, ratios, row, spread, steady


def test_median_and_quartiles():
    assert spread([7, 1, 3, 5, 9]) == method.Spread(5, 3, 7)
    assert spread([4]) == method.Spread(4, 4, 4)


def test_drift_is_the_worst_round_against_the_median():
    assert drift([100, 100, 100]) == 0
    assert drift([100, 90, 104]) == pytest.approx(0.1)
    assert drift([100, 100, 130]) == pytest.approx(0.3)


def test_sides_take_turns_and_each_second_round_turns_round():
    order = []
    samples = interleaved({side: lambda side=side: order.append(side) or len(order) for side in "ab"}, rounds=3)
    assert "".join(order) == "abbaab"
    assert samples == {"a": [1, 4, 5], "b": [2, 3, 6]}


def test_a_ratio_is_taken_within_its_round():
    # A machine that slows down by half for two rounds changes no ratio.
    assert spread(ratios([50, 25, 25, 50], [100, 50, 50, 100])) == method.Spread(0.5, 0.5, 0.5)


def test_a_baseline_that_moved_is_measured_again_and_then_refused():
    moving, still = iter([100, 100, 150] * method.ATTEMPTS), iter([100, 100, 150, 100, 101, 99])
    _samples, moved, refused = steady({"base": lambda: next(moving)}, lambda taken: taken["base"], rounds=3)
    assert refused
    assert moved == pytest.approx(0.5)
    samples, moved, refused = steady({"base": lambda: next(still)}, lambda taken: taken["base"], rounds=3)
    assert not refused
    assert samples == {"base": [100, 101, 99]}


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
    line = row(
        "t", "n", [123], "1/s", against="b 456/s", ratio=[7.89], goal=("ratio", ">=", 1), moved=0.2, refused=True
    )
    assert line["met"] is None
    for shown in (json.dumps(line), tables.table([line]), tables.shown(line)):
        assert not any(figure in shown for figure in ("123", "456", "7.89"))
    assert "refused: the baseline moved by 20%" in tables.table([line])


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
