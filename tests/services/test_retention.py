"""Letters that no policy keeps any more are destroyed: those and no others, once, whatever happens meanwhile."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app.domain.casework import StateChange
from app.domain.deadline import day_of
from app.domain.retention import CLOSED, NOTICE, QUIET
from app.errors import ClockDoubted, NotAllowed, NotFound
from app.models import DestroyedReport, Keeping, Organisation, Referral, Report, Tick
from app.services import (
    claim,
    disposition,
    first_opening,
    follow_up,
    keeping,
    message,
    opening,
    purge,
    queue,
    retention,
    work_record,
)
from app.services.queue import QueueFilters
from tests.making import NOW, logged, record_of, staff_message
from tests.services.holding import state_of, word_of

DAY = timedelta(days=1)
TODAY = day_of(NOW)
CLOSED_DAYS, QUIET_DAYS = timedelta(days=CLOSED.usual), timedelta(days=QUIET.usual)


@pytest.fixture
def reported(session, make, centre):
    """One report: its token, and the id of its referral."""
    token, report_id = make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    session.rollback()
    return token, referral_id


@pytest.fixture
def referral_id(reported):
    return reported[1]


def close(session, worker, made, referral_id, now=NOW):
    version = claim.claim(session, worker, referral_id, _version(session, referral_id), now).version
    change = StateChange(version, "closed", staff_message(), record_of(made))
    disposition.change_state(session, worker, referral_id, change, now)


def _version(session, referral_id):
    found = session.scalar(select(Referral.version).where(Referral.referral_id == referral_id))
    session.rollback()
    return found


def purged(session, now):
    return purge.purge(session, now, clock_is_right=True)


def last_day(session, token):
    (one,) = follow_up.open_report(session, token).referrals
    session.rollback()
    return one.kept_until


def count(session, model):
    found = session.scalar(select(func.count()).select_from(model))
    session.rollback()
    return found


def test_a_closed_letter_is_kept_to_its_last_day_and_gone_the_day_after(session, worker, centre, reported):
    token, referral_id = reported
    close(session, worker, centre, referral_id)
    assert last_day(session, token) == TODAY + CLOSED_DAYS
    assert purged(session, NOW + CLOSED_DAYS).referrals == 0
    assert purged(session, NOW + CLOSED_DAYS + DAY) == purge.Purged(1, 1, 0, 0, 0, 0, 0)
    assert state_of(session, referral_id) == "destroyed"
    assert (count(session, Report), count(session, DestroyedReport)) == (0, 1)
    with pytest.raises(NotFound):
        follow_up.open_report(session, token)


def test_a_letter_that_nobody_ever_opened_goes_as_well(session, reported):
    token, referral_id = reported
    assert last_day(session, token) == TODAY + QUIET_DAYS
    assert purged(session, NOW + QUIET_DAYS).referrals == 0
    assert purged(session, NOW + QUIET_DAYS + DAY).referrals == 1
    assert state_of(session, referral_id) == "destroyed"


LATER = NOW + timedelta(days=100)


def _looks(session, _worker, _centre, token, _referral_id):
    follow_up.open_report(session, token)
    session.rollback()


def _looked_through(session, worker, _centre, _token, referral_id):
    first_opening.hand_out(session, worker, (referral_id,), LATER)


def _read_again(session, worker, _centre, _token, referral_id):
    opening.open_referral(session, worker, referral_id, NOW)
    opening.open_referral(session, worker, referral_id, LATER)


@pytest.mark.parametrize("act", [_looks, _looked_through, _read_again])
def test_looking_puts_nothing_off(session, worker, centre, reported, act):
    act(session, worker, centre, *reported)
    assert last_day(session, reported[0]) == TODAY + QUIET_DAYS


def _she_writes(session, _worker, _centre, token, referral_id):
    follow_up.send_message(session, word_of(token, referral_id), LATER)


def _they_write(session, worker, _centre, _token, referral_id):
    message.send(session, worker, referral_id, staff_message(), LATER)


def _they_note(session, worker, centre, _token, referral_id):
    work_record.save(session, worker, referral_id, record_of(centre), LATER)


def _they_take_it_on(session, worker, _centre, _token, referral_id):
    claim.claim(session, worker, referral_id, 1, LATER)


def _they_open_it_first(session, worker, _centre, _token, referral_id):
    opening.open_referral(session, worker, referral_id, LATER)


@pytest.mark.parametrize("act", [_she_writes, _they_write, _they_note, _they_take_it_on, _they_open_it_first])
def test_whatever_happens_puts_the_day_off(session, worker, centre, reported, act):
    act(session, worker, centre, *reported)
    assert last_day(session, reported[0]) == day_of(LATER) + QUIET_DAYS
    assert purged(session, NOW + QUIET_DAYS + DAY).referrals == 0
    assert purged(session, LATER + QUIET_DAYS + DAY).referrals == 1


def test_a_closed_letter_is_put_off_by_words_and_by_nothing_that_staff_do_unseen(session, worker, centre, reported):
    token, referral_id = reported
    close(session, worker, centre, referral_id)
    _they_note(session, worker, centre, token, referral_id)
    claim.release(session, worker, referral_id, _version(session, referral_id), LATER)
    assert last_day(session, token) == TODAY + CLOSED_DAYS
    _she_writes(session, worker, centre, token, referral_id)
    assert last_day(session, token) == day_of(LATER) + CLOSED_DAYS
    assert purged(session, NOW + CLOSED_DAYS + DAY).referrals == 0


def test_a_clock_that_went_back_brings_no_day_nearer(session, worker, centre, reported):
    _they_write(session, worker, centre, *reported)
    message.send(session, worker, reported[1], staff_message(), NOW)
    assert last_day(session, reported[0]) == day_of(LATER) + QUIET_DAYS


def test_a_lead_chooses_and_only_shorter_times_reach_what_is_there(session, make, lead, centre, reported):
    keeping.choose(session, lead, CLOSED.most, QUIET.most, NOW)
    assert last_day(session, reported[0]) == TODAY + QUIET_DAYS  # as it was told
    later, _report_id = make.report(centre)
    assert last_day(session, later) == TODAY + timedelta(days=QUIET.most)
    then = NOW + timedelta(days=200)
    keeping.choose(session, lead, CLOSED.least, QUIET.least, then)
    announced = day_of(then) + NOTICE
    assert {last_day(session, token) for token in (reported[0], later)} == {announced}
    keeping.choose(session, lead, CLOSED.least, QUIET.least, then)  # the same again is nothing new
    assert [one.place for one in keeping.own(session, lead)] == [1, 2, 3]
    assert [one for one in logged(session) if one[0] == "organisation_changed"] == [
        ("organisation_changed", f"keeping {CLOSED.most} {QUIET.most}"),
        ("organisation_changed", f"keeping {CLOSED.least} {QUIET.least}"),
    ]
    session.rollback()
    assert purged(session, then + NOTICE).referrals == 0
    assert purged(session, then + NOTICE + DAY).referrals == 2


def test_only_a_lead_chooses(session, worker):
    with pytest.raises(NotAllowed):
        keeping.choose(session, worker, CLOSED.usual, QUIET.usual, NOW)


def test_what_came_before_policies_counts_from_when_they_were_announced(session, centre, reported):
    session.execute(update(Referral).values(keeping=0, received_on=date(2020, 1, 1), state_on=date(2020, 1, 1)))
    session.execute(update(Keeping).values(since=TODAY))
    session.commit()
    assert purged(session, NOW + NOTICE).referrals == 0
    assert purged(session, NOW + NOTICE + DAY).referrals == 1


def test_each_organisation_keeps_by_its_own_rule_and_the_report_goes_with_the_last(session, make, centre, police):
    token, _report_id = make.report(centre, police)
    officer = make.signed_in(police)
    its = session.scalar(select(Referral.referral_id).where(Referral.organisation_id == police.organisation_id))
    session.rollback()
    close(session, officer, police, its)
    assert purged(session, NOW + CLOSED_DAYS + DAY).reports == 0
    states = {one.organisation: one.state for one in follow_up.open_report(session, token).referrals}
    assert states == {"centre": "received", "police": "destroyed"}
    session.rollback()
    assert purged(session, NOW + QUIET_DAYS + DAY).reports == 1


@pytest.mark.parametrize("leap", [timedelta(days=366), -timedelta(days=366), timedelta(days=2)])
def test_a_clock_that_jumped_destroys_nothing_that_is_kept(session, worker, centre, referral_id, leap):
    close(session, worker, centre, referral_id)
    purge.purge(session, NOW)
    for _again in range(2):
        with pytest.raises(ClockDoubted):
            purge.purge(session, NOW + leap)
        session.rollback()
    assert state_of(session, referral_id) == "closed"
    assert session.scalar(select(Tick.at)) == NOW


def test_days_that_a_clock_ahead_gave_are_brought_back(session, lead, worker, centre, reported):
    ahead = NOW + timedelta(days=366)
    follow_up.send_message(session, word_of(*reported), ahead)
    keeping.choose(session, lead, CLOSED.least, QUIET.least, ahead)
    purged(session, NOW)
    assert last_day(session, reported[0]) == TODAY + timedelta(days=QUIET.least)
    assert [one.since for one in keeping.own(session, lead)] == [TODAY, TODAY]


def test_staff_see_what_goes_and_when(session, make, worker, centre, reported):
    close(session, worker, centre, reported[1])
    make.report(centre, now=NOW + DAY)  # this one has its year
    at = NOW + CLOSED_DAYS - timedelta(days=10)
    page = queue.page(session, worker, QueueFilters("going"), "", at)
    assert [row.kept_until for row in page.rows] == [TODAY + CLOSED_DAYS]
    assert (page.counts.going, page.counts.held) == (1, 0)
    session.rollback()
    assert queue.row(session, worker, reported[1], at).kept_until == TODAY + CLOSED_DAYS
    session.rollback()
    assert queue.page(session, worker, QueueFilters("going"), "", NOW).rows == ()


def test_a_new_organisation_has_the_usual_policy(session, centre):
    one = session.get_one(Organisation, centre.organisation_id)
    (policy,) = keeping.policies(session, [centre.organisation_id])[centre.organisation_id]
    assert (one.keeping, policy.place, policy.closed_days, policy.quiet_days) == (1, 1, CLOSED.usual, QUIET.usual)
    assert retention.due(session, TODAY, 10) == []
