"""Who is told, and when: nobody is left out, nobody is flooded, and no time follows from a report's."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import notice
from app.domain.deadline import KOREA, day_of
from app.domain.notice import Duty, Urgent

SECRET = b"a secret of the tests, long enough to pass"
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
IDS = st.binary(min_size=16, max_size=16)
DUTIES = st.builds(
    Duty,
    address=st.sampled_from(["a@x.example", "b@x.example", "c@x.example"]),
    days=st.frozensets(st.integers(0, 6)),
    from_hour=st.integers(0, 23),
    until_hour=st.integers(1, 24),
).filter(lambda duty: duty.from_hour != duty.until_hour)
MONDAY = datetime(2026, 11, 23, tzinfo=KOREA)


def hours_on(duty):
    """Every hour of a week, counted from Monday, in which a duty is on: told off one by one."""
    length = (duty.until_hour - duty.from_hour) % 24 or 24
    starts = [day * 24 + duty.from_hour for day in (duty.days or range(7))]
    return {(start + hour) % 168 for start in starts for hour in range(length)}


@given(DUTIES, st.integers(0, 167), st.integers(0, 59))
def test_a_duty_is_on_in_its_hours_and_in_no_other(duty, hour, minute):
    now = MONDAY + timedelta(hours=hour, minutes=minute)
    assert notice.is_on_duty(duty, now) is (hour in hours_on(duty))
    assert notice.is_on_duty(duty, now.astimezone(UTC)) is (hour in hours_on(duty))


@pytest.mark.parametrize(
    ("days", "hours", "at", "on"),
    [
        (set(), (0, 24), MONDAY + timedelta(hours=23, minutes=59), True),
        ({0}, (18, 9), MONDAY + timedelta(hours=17, minutes=59), False),
        ({0}, (18, 9), MONDAY + timedelta(hours=18), True),
        ({0}, (18, 9), MONDAY + timedelta(days=1, hours=8, minutes=59), True),
        ({0}, (18, 9), MONDAY + timedelta(days=1, hours=9), False),
        ({0}, (18, 9), MONDAY + timedelta(hours=3), False),
        ({6}, (18, 9), MONDAY + timedelta(hours=3), True),
        ({0, 1, 2, 3, 4}, (9, 18), MONDAY + timedelta(days=5, hours=12), False),
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(days, hours, at, on):
    assert notice.is_on_duty(Duty("a@x.example", frozenset(days), *hours), at) is on


@given(st.lists(DUTIES, min_size=1), MOMENTS)
def test_somebody_is_always_told_and_nobody_twice(duties, now):
    told = notice.whom(duties, now)
    assert told
    assert len(set(told)) == len(told)
    assert set(told) <= set(notice.everybody(duties))
    on_duty = {duty.address for duty in duties if notice.is_on_duty(duty, now)}
    assert set(told) == (on_duty or set(notice.everybody(duties)))


@given(MOMENTS)
def test_to_be_quiet_ends_on_the_hour_and_soon(now):
    until = notice.quiet_after(now)
    assert (until.minute, until.second, until.microsecond) == (0, 0, 0)
    assert notice.QUIET <= until - now < notice.QUIET + timedelta(hours=1)
    assert until - now <= notice.QUIET_MOST


@given(st.integers(0, 59), MOMENTS)
def test_what_is_kept_does_not_tell_the_minute(minutes, now):
    """Of any two moments in the half hour before a quiet time's last chance, the same is kept."""
    half_hour = now.replace(minute=30, second=0, microsecond=1)
    assert notice.quiet_after(half_hour) == notice.quiet_after(half_hour + timedelta(minutes=minutes))


def played(events):
    """Let minutes pass with letters that come and are opened; give when mails went, and each letter's times.

    `events`: (minutes since the one before, open everything or let one come).
    """
    start = datetime(2026, 11, 23, 0, 7, tzinfo=UTC)
    happens, at = {}, 0
    for gap, opens in events:
        at += gap
        happens.setdefault(at, []).append(opens)
    letters, mails, quiet = [], [], None
    for minute in range(at + 600):
        now = start + timedelta(minutes=minute)
        for opens in happens.get(minute, ()):
            if opens:
                for letter in letters:
                    letter.setdefault("opened", minute)
            else:
                letters.append({"came": minute})
        waiting = [letter for letter in letters if "opened" not in letter]
        told = any("told" in letter for letter in waiting)
        urgent = Urgent(new=any("told" not in letter for letter in waiting), told=told, fresh=told)
        if notice.is_urgent_due(urgent, quiet, now):
            quiet = notice.quiet_after(now)
            mails.append((minute, told))
            for letter in waiting:
                letter.setdefault("told", minute)
    return letters, mails


@given(st.lists(st.tuples(st.integers(0, 400), st.booleans()), max_size=12))
def test_every_urgent_letter_is_told_and_nobody_is_flooded(events):
    letters, mails = played(events)
    most = (notice.QUIET + timedelta(hours=1)).seconds // 60
    for letter in letters:
        lay = letter.get("opened", letter["came"] + most) - letter["came"]
        if lay >= most:
            assert letter["told"] - letter["came"] <= most
    for letter in letters:
        alone = all(
            other.get("opened", 10**6) <= letter["came"] or other["came"] >= letter["came"] for other in letters
        )
        if alone and letter.get("opened", 10**6) > letter["came"]:
            assert letter["told"] == letter["came"]
    for (first, _), (second, told_before) in itertools.pairwise(mails):
        if told_before:  # what was told still lay there
            assert second - first >= notice.QUIET.seconds // 60


@given(st.integers(0, 59))
def test_what_stays_unopened_is_told_again_after_hours_not_minutes(minute):
    _letters, mails = played([(minute, False)])
    gaps = [second - first for (first, _), (second, _) in itertools.pairwise(mails)]
    assert gaps
    assert all(3 * 60 + 30 <= gap < 4 * 60 + 30 for gap in gaps)


def test_what_waits_for_days_is_no_longer_urgent_news():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    long_ago = now - timedelta(days=2)
    assert notice.is_urgent_due(Urgent(new=False, told=True, fresh=True), long_ago, now)
    assert not notice.is_urgent_due(Urgent(new=False, told=True, fresh=False), long_ago, now)
    assert notice.is_urgent_due(Urgent(new=True, told=True, fresh=False), long_ago, now)


@given(MOMENTS, st.timedeltas(timedelta(hours=2, seconds=1), timedelta(days=3650)))
def test_a_clock_that_was_wrong_silences_nobody(now, ahead):
    assert notice.is_urgent_due(Urgent(new=True, told=True, fresh=True), now + ahead, now)


@given(st.booleans(), st.none() | MOMENTS, MOMENTS)
def test_where_nothing_urgent_waits_nothing_is_sent(fresh, quiet, now):
    assert not notice.is_urgent_due(Urgent(new=False, told=False, fresh=fresh), quiet, now)


@given(st.binary(min_size=1), IDS, DAYS)
def test_the_look_of_a_day_is_in_working_hours_and_follows_from_nothing_else(secret, organisation_id, day):
    at = notice.digest_at(secret, organisation_id, day)
    assert day_of(at) == day
    assert 9 <= at.astimezone(KOREA).hour < 18
    assert at == notice.digest_at(secret, organisation_id, day)


def test_looks_are_spread_over_the_day_by_secret_organisation_and_day():
    one, day = bytes(16), date(2026, 11, 23)
    for many in (
        {notice.digest_at(bytes([n]), one, day) for n in range(200)},
        {notice.digest_at(SECRET, bytes([n] * 16), day) for n in range(200)},
        {notice.digest_at(SECRET, one, day + timedelta(days=n)).timetz() for n in range(200)},
    ):
        assert len(many) > 100
        assert {at.hour for at in many} == set(range(9, 18))


@given(IDS, MOMENTS)
def test_one_look_a_day_and_not_before_its_time(organisation_id, now):
    today = day_of(now)
    due = notice.is_look_due(SECRET, organisation_id, None, now)
    assert due is (now >= notice.digest_at(SECRET, organisation_id, today))
    assert notice.is_look_due(SECRET, organisation_id, today - timedelta(days=1), now) is due
    assert not notice.is_look_due(SECRET, organisation_id, today, now)


@pytest.mark.parametrize(
    ("digest", "unread", "long_unopened", "kind"),
    [
        (True, True, False, "digest"),
        (True, False, False, None),
        (False, True, False, None),
        (False, True, True, "unopened"),
        (True, True, True, "unopened"),
    ],
)
def test_what_a_look_leads_to(digest, unread, long_unopened, kind):
    assert notice.daily_kind(digest=digest, unread=unread, long_unopened=long_unopened) == kind


def test_three_days_are_long():
    assert notice.long_before(date(2026, 11, 25)) == date(2026, 11, 22)


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_an_absence_holds_from_its_first_day_to_its_last(today, first, last):
    assert notice.is_away(first, last, today) is ((first or today) <= today <= (last or today))


def test_the_ends_of_the_quiet_time():
    def due(new, fresh, quiet_until):
        return notice.is_urgent_due(Urgent(new=new, told=True, fresh=fresh), quiet_until, MONDAY)

    assert due(True, False, MONDAY)
    assert not due(True, False, MONDAY + timedelta(seconds=1))
    assert not due(True, True, MONDAY + notice.QUIET_MOST)
    assert due(False, True, MONDAY - notice.REMINDER)
    assert not due(False, True, MONDAY - notice.REMINDER + timedelta(seconds=1))
    # Nothing is known of a mail, or a wrong clock wrote it down: whatever is new or fresh is told.
    for unknown in (None, MONDAY + notice.QUIET_MOST + timedelta(seconds=1)):
        assert [due(new, fresh, unknown) for new in (True, False) for fresh in (True, False)] == [True] * 3 + [False]


def test_the_look_of_a_day_is_due_from_its_minute_on():
    at = notice.digest_at(SECRET, bytes(16), date(2026, 11, 23))
    assert notice.is_look_due(SECRET, bytes(16), None, at)
    assert not notice.is_look_due(SECRET, bytes(16), None, at - timedelta(minutes=1))
    assert not notice.is_look_due(SECRET, bytes(16), date(2026, 11, 23), at)
