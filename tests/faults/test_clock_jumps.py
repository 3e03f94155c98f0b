"""The machine's clock jumps, ahead or back, by an hour, a day or a year."""

import itertools
import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
from limits import parse
from sqlalchemy import func, select

from app.counting import Counts, Windows
from app.domain import casework
from app.domain.coming_back import Withdrawal, WithdrawalMessage
from app.domain.deadline import day_of, due_on
from app.errors import ClockDoubted, SessionEnded, SignInDelayed, SignInRefused
from app.models import Referral, Report, StaffSession, Tick
from app.services import clock, guessing, purge, sign_in, withdrawal
from app.services import session as staff_session
from tests.making import MESSAGE, NOW
from tests.staff_browser import StaffBrowser

HOUR, DAY, YEAR = timedelta(hours=1), timedelta(days=1), timedelta(days=365)
TODAY = day_of(NOW)


def withdraw(session, token, report_id, now):
    rows = session.scalars(select(Referral.referral_id).where(Referral.report_id == report_id)).all()
    messages = tuple(WithdrawalMessage(one, secrets.token_bytes(16), secrets.token_bytes(MESSAGE)) for one in rows)
    return withdrawal.withdraw(session, Withdrawal(token, "72h", messages), now).destroy_on


@pytest.fixture
def withdrawn(session, make):
    """One report of two is withdrawn; the portal ticks every quarter of an hour."""
    centre = make.organisation()
    token, report_id = make.report(centre)
    make.report(centre)
    withdraw(session, token, report_id, NOW)
    for quarter in range(4):
        assert purge.purge(session, NOW + quarter * HOUR / 4).reports == 0


def left(session):
    return session.scalar(select(func.count()).select_from(Report))


@pytest.mark.usefixtures("withdrawn")
@pytest.mark.parametrize("leap", [2 * DAY, 5 * DAY, YEAR])
def test_a_clock_that_leapt_ahead_destroys_nothing_until_somebody_says_that_it_is_right(session, leap):
    for _tick in range(3):
        with pytest.raises(ClockDoubted):
            purge.purge(session, NOW + leap)
        session.rollback()
    assert left(session) == 2
    # Set right again, the portal goes on by itself.
    assert purge.purge(session, NOW + HOUR).reports == 0
    assert purge.purge(session, NOW + leap, clock_is_right=True).reports == (leap > 3 * DAY)
    assert purge.purge(session, NOW + leap + HOUR).reports == 0


@pytest.mark.usefixtures("withdrawn")
@pytest.mark.parametrize("leap", [HOUR, DAY])
def test_no_leap_that_is_believed_destroys_early_by_more_than_its_own_length(session, leap):
    assert purge.purge(session, NOW + leap).reports == 0
    assert left(session) == 2


@pytest.mark.usefixtures("withdrawn")
@pytest.mark.parametrize("back", [HOUR, DAY, YEAR])
def test_a_clock_that_was_set_back_destroys_nothing_and_is_told(session, back):
    with pytest.raises(ClockDoubted):
        purge.purge(session, NOW - back)
    session.rollback()
    assert left(session) == 2
    purge.purge(session, NOW - back, clock_is_right=True)
    assert session.scalar(select(Tick.at)) == NOW - back
    purge.purge(session, NOW - back + HOUR)


def test_a_portal_that_never_ticked_believes_any_time_after_its_making(session, make):
    make.organisation()
    assert clock.doubt(session, NOW - DAY)
    assert clock.doubt(session, NOW + YEAR) == ""
    purge.purge(session, NOW)
    assert clock.doubt(session, NOW + DAY) == ""
    assert "2027" in clock.doubt(session, NOW + YEAR)


def test_what_came_while_the_clock_was_ahead_waits_no_year_and_is_destroyed_no_year_late(session, make):
    centre = make.organisation()
    purge.purge(session, NOW)
    make.report(centre, now=NOW + YEAR)
    make.report(centre, now=NOW + YEAR, urgent=True)
    token, report_id = make.report(centre, now=NOW + YEAR)
    assert withdraw(session, token, report_id, NOW + YEAR) == TODAY + YEAR + 3 * DAY
    purge.purge(session, NOW + HOUR)
    session.expire_all()
    rows = session.execute(
        select(Referral.urgent, Referral.due_on, Referral.received_on).where(Referral.state == "received")
    ).all()
    assert {(row.due_on, row.received_on) for row in rows} == {
        (due_on(TODAY, urgent=urgent), TODAY) for urgent in (True, False)
    }
    latest = TODAY + 3 * DAY
    assert session.scalar(select(Referral.destroy_on).where(Referral.state == "withdrawn")) == latest
    assert session.execute(select(Report.destroy_on).where(Report.state == "withdrawn")).scalar_one() == latest
    open_ones = select(Report.received_on).where(Report.state == "received")
    assert set(session.scalars(open_ones)) == {TODAY}


def test_what_is_right_is_left_as_it_is(session, make):
    centre = make.organisation()
    for days in range(3):
        make.report(centre, now=NOW - days * DAY)
        make.report(centre, now=NOW - days * DAY, urgent=True)
    columns = select(Referral.referral_id, Referral.due_on, Referral.received_on).order_by(Referral.referral_id)
    before = session.execute(columns).all()
    purge.purge(session, NOW)
    assert session.execute(columns).all() == before


def test_a_withdrawal_under_a_clock_that_was_set_back_keeps_its_three_days(session, make):
    token, report_id = make.report(make.organisation())
    purge.purge(session, NOW)
    assert withdraw(session, token, report_id, NOW - YEAR) == TODAY + 3 * DAY == date(2026, 11, 25)


@pytest.fixture
def signed_in(session, make):
    cookie, _who = staff_session.start(session, make.organisation().people["lead"].caseworker_id, NOW)
    session.commit()
    return cookie


@pytest.mark.parametrize("jump", [HOUR, DAY, YEAR, -HOUR, -DAY, -YEAR])
def test_no_session_lives_longer_because_of_the_clock(session, signed_in, jump):
    assert staff_session.find(session, signed_in, NOW + timedelta(minutes=1)).login
    with pytest.raises(SessionEnded):
        staff_session.find(session, signed_in, NOW + jump)
    # Ended for good: the half that opened the tab's key is gone when the clock is right again.
    with pytest.raises(SessionEnded):
        staff_session.find(session, signed_in, NOW + timedelta(minutes=1))


def test_a_correction_of_seconds_ends_no_session(session, signed_in):
    for seconds in itertools.chain(range(0, -120, -30), range(0, 120, 30)):
        assert staff_session.find(session, signed_in, NOW + timedelta(seconds=seconds)).login


def test_sessions_of_a_future_are_cleared_away(session, signed_in):
    assert purge.purge(session, NOW - timedelta(minutes=4)).sessions == 1
    assert session.scalars(select(StaffSession)).all() == []


def test_a_failure_noted_in_the_future_keeps_nobody_out_until_then(session, make):
    person = make.organisation().people["caseworker"]
    wrong = casework.SignIn(person.login, secrets.token_bytes(32), 1)
    for failure in range(4):
        with pytest.raises(SignInRefused):
            sign_in.sign_in(session, wrong, NOW + YEAR + failure * HOUR)
    right = casework.SignIn(person.login, person.sign_in, 1)
    with pytest.raises(SignInDelayed) as delayed:
        sign_in.sign_in(session, right, NOW)
    assert delayed.value.retry_after <= guessing.LONGEST_DELAY
    later = NOW + timedelta(seconds=delayed.value.retry_after)
    assert sign_in.sign_in(session, right, later).signed_in.login == person.login


@pytest.mark.parametrize("back", [HOUR, DAY, YEAR])
def test_a_spent_budget_comes_back_within_its_window_whatever_the_clock_did(monkeypatch, back):
    """Seen from a clock that was set back, a window of a minute would last a day and a minute."""
    moment = [NOW.timestamp()]
    monkeypatch.setattr("app.counting.time.time", lambda: moment[0])
    windows, limit = Windows(Counts()), parse("3 per minute")
    assert [windows.hit(limit, "report", "all") for _request in range(4)] == [True, True, True, False]
    moment[0] -= back.total_seconds()
    assert windows.test(limit, "report", "all")
    assert [windows.hit(limit, "report", "all") for _request in range(4)] == [True, True, True, False]
    assert windows.wait(limit, "report", "all") <= 60
    moment[0] += back.total_seconds()
    assert windows.hit(limit, "report", "all")


def test_tick_tells_and_fails_and_takes_a_word_for_it(app, session, make):
    make.organisation()
    session.merge(Tick(only_row=1, at=datetime.now(UTC) - 3 * DAY))
    session.commit()
    run = app.test_cli_runner()
    refused = run.invoke(args=["tick"])
    assert refused.exit_code == 1
    assert "nothing was destroyed" in refused.output
    assert "--clock-is-right" in refused.output
    assert run.invoke(args=["purge"]).exit_code == 1
    assert run.invoke(args=["tick", "--clock-is-right"]).exit_code == 0
    assert run.invoke(args=["tick"]).exit_code == 0


def test_staff_who_are_signed_out_by_the_clock_are_asked_to_sign_in(app, session, make):
    browser = StaffBrowser(app)
    assert browser.sign_in(make.organisation().people["caseworker"]).status_code == 200
    assert browser.get("/queue").status_code == 200
    session.query(StaffSession).update({"seen_at": datetime.now(UTC) + HOUR})
    session.commit()
    answer = browser.get("/session")
    assert (answer.status_code, answer.json["code"]) == (401, "session_ended")
