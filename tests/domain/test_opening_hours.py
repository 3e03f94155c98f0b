"""When somebody is usually there: told off minute by minute, and written as it is read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.deadline import KOREA
from app.domain.opening_hours import DAY, LINES_MOST, WEEK, Opening, minute_of_week, minutes_until_open, parse, written
from app.errors import FormatError

MONDAY = datetime(2026, 11, 23, tzinfo=KOREA)
LINES = st.builds(
    Opening,
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    from_minute=st.integers(0, DAY - 1),
    until_minute=st.integers(1, DAY),
).filter(lambda one: one.from_minute != one.until_minute)
HOURS = st.lists(LINES, max_size=LINES_MOST).map(tuple)


def minutes_on(openings):
    """Every minute of a week in which it is open, told off one by one."""
    found = set()
    for one in openings:
        end = one.until_minute if one.until_minute > one.from_minute else one.until_minute + DAY
        found.update((day * DAY + minute) % WEEK for day in one.days for minute in range(one.from_minute, end))
    return found


@given(HOURS)
def test_what_is_written_is_read_again(openings):
    assert parse(written(openings)) == openings


@given(HOURS, st.integers(0, WEEK - 1))
def test_somebody_is_there_at_the_first_open_minute_and_at_none_before(openings, minute):
    on = minutes_on(openings)
    wait = minutes_until_open(written(openings), minute)
    if not on:
        assert wait is None
        return
    assert (minute + wait) % WEEK in on
    assert not any((minute + before) % WEEK in on for before in range(wait))


@given(st.integers(0, WEEK - 1), st.integers(0, 59), st.integers(-200, 200))
def test_a_week_begins_on_monday_in_korea_wherever_the_clock_is(minute, second, week):
    now = MONDAY + timedelta(weeks=week, minutes=minute, seconds=second)
    assert minute_of_week(now) == minute_of_week(now.astimezone(UTC)) == minute


@given(st.text(alphabet="MoTu,;:- 0123456789\n", max_size=40))
def test_what_is_read_is_written_the_same_and_all_else_is_refused(text):
    try:
        openings = parse(text)
    except FormatError:
        return
    assert written(openings) == text


def test_a_day_is_no_longer_than_a_day():
    with pytest.raises(FormatError):
        parse("Mo 00:00-24:01")
