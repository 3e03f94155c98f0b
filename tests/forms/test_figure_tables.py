"""Figures divided twice: what is drawn says no more than the numbers that stand there."""

import pytest

from app.domain.suppression import Shown
from app.forms import figure_tables

STATES = {"back": ["reappeared"], "gone": ["removed", "blocked"], "asked": ["refused"], "seen": [], "waiting": []}


@pytest.fixture(autouse=True)
def _in_a_page(app):
    with app.test_request_context("/en/figures"):
        yield


def links(total, **stages):
    cells = {stage: dict.fromkeys(states) for stage, states in STATES.items()}
    return figure_tables.links_table(Shown(total, {"stage": stages}), cells)


def reached(table):
    return [row.cells[0].number for row in table.rows]


def test_a_funnel_has_what_can_be_told_and_no_more():
    whole = links(40, back=6, gone=14, asked=5, seen=0, waiting=15)
    assert reached(whole) == [40, 25, 25, 20, 6]
    assert whole.rows[-1].share == 30
    hidden = links(68, back=0, gone=None, asked=None, seen=0, waiting=35)
    assert reached(hidden) == [68, 33, 33, None, 0]
    assert hidden.rows[-1].share is None
    assert reached(links(None, back=0, gone=None, asked=None, seen=None, waiting=None)) == [None] * 4 + [0]


def test_who_accepted_stands_in_percent_of_those_that_answered_and_names_in_their_order():
    shown = Shown(25, {"receiver": {"a": 12, "b": None}})
    cells = {"a": {"offered": 0, "accepted": 9, "refused": 3}, "b": dict.fromkeys(("offered", "accepted", "refused"))}
    table = figure_tables.receivers_table(shown, cells, {"a": "Zeta", "b": "Alpha"})
    assert [(row.name, row.number, row.share) for row in table.rows] == [("Alpha", None, None), ("Zeta", 12, 75)]
    assert table.sums == (None, None, None)


def test_bars_lie_one_after_the_other_and_what_is_hidden_fills_the_rest():
    cells = {"received": {"week": 10, "month": None, "quarter": None, "half": 0, "later": 0}}
    (row,) = figure_tables.open_table(Shown(20, {"state": {"received": 20}}), cells).rows
    assert [(cell.x, cell.length) for cell in row.cells][:2] == [(0, 50), (50, 0)]
    assert (row.hidden.x, row.hidden.length) == (50, 50)
