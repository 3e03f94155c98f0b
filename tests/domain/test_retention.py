"""How long letters are kept: never longer than was said, never shorter than a notice, always from the last word on."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import retention
from app.domain.retention import CLOSED, NOTICE, QUIET, Policy, due_before, kept_until
from app.errors import FormatError
from tests.rules.tree import text

DAY = date(2026, 11, 22)
FORTNIGHT = timedelta(days=14)
days_closed = st.integers(CLOSED.least, CLOSED.most)
days_quiet = st.integers(QUIET.least, QUIET.most)
a_day = st.dates(date(2026, 1, 1), date(2032, 1, 1))


@st.composite
def histories(draw, least=1):
    """What an organisation said over the years, in its order."""
    number = draw(st.integers(least, 6))
    since = sorted(draw(st.lists(a_day, min_size=number, max_size=number)))
    return [Policy(place, on, draw(days_closed), draw(days_quiet)) for place, on in enumerate(since, 1)]


def told_on(history, day):
    """The place of the policy in force on a day."""
    return max((one.place for one in history if one.since <= day), default=0)


def test_a_closed_letter_goes_sooner_than_one_that_waits():
    said = [Policy(1, DAY, 30, 90)]
    assert kept_until(said, 1, DAY, closed=True) == date(2026, 12, 22)
    assert kept_until(said, 1, DAY, closed=False) == date(2027, 2, 20)


def test_what_came_before_anything_was_said_is_kept_for_a_notice_at_least():
    said = [Policy(1, DAY, 30, 90)]
    assert kept_until(said, 0, date(2020, 1, 1), closed=True) == DAY + NOTICE
    assert kept_until([], 0, DAY, closed=True) is None


def test_a_longer_time_holds_only_for_what_comes_from_then_on():
    said = [Policy(1, DAY, 30, 90), Policy(2, DAY + timedelta(days=10), 365, 365)]
    assert kept_until(said, 1, DAY, closed=True) == DAY + timedelta(days=30)
    assert kept_until(said, 2, DAY, closed=True) == DAY + timedelta(days=365)


def test_a_shorter_time_holds_for_all_after_a_notice():
    later = DAY + timedelta(days=300)
    said = [Policy(1, DAY, 365, 730), Policy(2, later, 30, 90)]
    assert kept_until(said, 1, DAY, closed=True) == later + NOTICE
    assert kept_until(said, 1, later, closed=True) == later + timedelta(days=30)


@given(histories(), a_day, a_day, st.booleans())
def test_never_longer_than_was_said_when_it_came(history, came, last_on, closed):
    last_on, told = max(came, last_on), told_on(history, came)
    if told:
        assert kept_until(history, told, last_on, closed=closed) <= last_on + history[told - 1].days(closed=closed)


@given(histories(), a_day, a_day, st.booleans())
def test_never_within_a_fortnight_of_the_last_word(history, came, last_on, closed):
    last_on = max(came, last_on)
    assert kept_until(history, told_on(history, came), last_on, closed=closed) > last_on + FORTNIGHT


@given(histories(least=2), a_day, a_day, st.booleans())
def test_a_new_policy_ends_nothing_before_a_notice_is_over(history, came, last_on, closed):
    *before, newest = history
    told = told_on(before, came)
    last_on = max(came, last_on)
    was, now = (kept_until(some, told, last_on, closed=closed) for some in (before, history))
    assert now >= min(was or date.max, newest.since + NOTICE)
    assert was is None or now <= was


@given(histories(), a_day, a_day, st.integers(1, 900), st.booleans())
def test_every_further_word_puts_it_off_or_leaves_it(history, came, last_on, later, closed):
    told = told_on(history, came)
    first, second = (
        kept_until(history, told, max(came, last_on) + timedelta(days=more), closed=closed) for more in (0, later)
    )
    assert first <= second


@given(histories(), a_day, a_day, st.booleans(), st.integers(0, 4000))
def test_what_is_searched_for_is_what_is_due(history, came, last_on, closed, later):
    told, last_on = told_on(history, came), max(came, last_on)
    today = max(last_on, history[-1].since) + timedelta(days=later)
    before = due_before(history, told, today, closed=closed)
    assert (kept_until(history, told, last_on, closed=closed) < today) == (before is not None and last_on < before)


@pytest.mark.parametrize(
    ("closed_days", "quiet_days", "field"),
    [
        (CLOSED.least - 1, QUIET.usual, "closed_days"),
        (CLOSED.most + 1, QUIET.usual, "closed_days"),
        (CLOSED.usual, QUIET.least - 1, "quiet_days"),
        (CLOSED.usual, QUIET.most + 1, "quiet_days"),
    ],
)
def test_days_out_of_the_bounds_are_refused(closed_days, quiet_days, field):
    with pytest.raises(FormatError) as refused:
        retention.check(closed_days, quiet_days)
    assert refused.value.field == field
    retention.check(CLOSED.least, QUIET.most)


def test_the_bounds_leave_room_for_a_notice_and_name_their_source():
    assert FORTNIGHT < NOTICE <= timedelta(days=CLOSED.least)
    rules = json.loads(text("app/data/keeping.json"))
    assert rules["source"]
    assert rules["verified_on"]
    for bounds in (CLOSED, QUIET):
        assert bounds.least <= bounds.usual <= bounds.most


def test_what_was_said_when_it_came_needs_no_notice_and_what_is_said_later_does():
    said = [Policy(1, DAY, 10, 20), Policy(2, DAY + timedelta(days=5), CLOSED.least, QUIET.least)]
    assert kept_until(said[:1], 1, DAY, closed=True) == DAY + timedelta(days=10)
    later = max(DAY + said[1].days(closed=True), said[1].since + NOTICE)
    assert kept_until(said, 1, DAY, closed=True) == min(DAY + timedelta(days=10), later)
    assert kept_until(said, 2, DAY, closed=True) == DAY + said[1].days(closed=True)
