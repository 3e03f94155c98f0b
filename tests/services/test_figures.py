"""What is counted, for whom it is shown, and what becomes public: on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, update

from app.domain import casework
from app.errors import FormatError, NotAllowed
from app.models import FigureCount, PassedOn, Referral, ReferralItem
from app.services import claim, figure_counting, figure_reading, junk, opening
from tests.making import NOW, Maker, logged

THIS_WEEK = figure_reading.period_of("4", "", NOW)


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer", "auditor"))


def referrals(session):
    return list(session.scalars(select(Referral.referral_id).order_by(Referral.received_on, Referral.referral_id)))


def reported(session, centre, number, day=NOW, **changes):
    """So many letters of that day, each with what is given."""
    maker = Maker(session, now=day)
    before = set(referrals(session))
    for _one in range(number):
        maker.report(centre)
    fresh = [one for one in referrals(session) if one not in before]
    if changes:
        session.execute(update(Referral).where(Referral.referral_id.in_(fresh)).values(**changes))
        session.commit()
    return fresh


def counted(session, centre, now=NOW):
    figure_counting.count(session, centre.organisation_id, now)
    rows = session.execute(
        select(FigureCount.span, FigureCount.figure, FigureCount.word, func.sum(FigureCount.number)).group_by(
            FigureCount.span, FigureCount.figure, FigureCount.word
        )
    ).all()
    session.rollback()
    return {(span, figure, word): number for span, figure, word, number in rows}


def test_letters_are_counted_by_days_states_and_sizes_and_links_by_state(session, centre):
    (opened, *_rest) = reported(session, centre, 2)
    late = reported(
        session, centre, 1, urgent=True, due_on=NOW.date() - timedelta(days=2), received_on=date(2026, 10, 1)
    )
    session.execute(
        update(Referral).where(Referral.referral_id == opened).values(opened_at=NOW + timedelta(days=1, hours=13))
    )
    closed = {"state": "closed", "state_on": date(2026, 11, 20), "received_on": date(2026, 10, 1)}
    done = reported(session, centre, 1, **closed)
    gone = {"state": "removed", "state_on": NOW.date(), "removed_on": date(2026, 10, 9)}
    session.add(ReferralItem(referral_id=done[0], item_id=bytes(16), place=1, **gone))
    session.add(ReferralItem(referral_id=late[0], item_id=bytes(16), place=1, state="checked", state_on=NOW.date()))
    session.commit()
    found = counted(session, centre)
    # 3:00 UTC and 37 hours are two days later in Korea, where it is past midnight already
    assert found["week", "opened", "days_3"] == 1
    assert found["week", "opened", "unopened"] == 3
    assert (found["week", "urgency", "urgent"], found["week", "urgency", "ordinary"]) == (1, 3)
    assert (found["week", "opened_days", "2"], found["week", "lasted_days", "50"]) == (1, 1)
    assert (found["now", "due", "overdue"], found["now", "age", "received quarter"]) == (1, 1)
    assert found["now", "age", "received week"] == 2
    assert (found["week", "down", "month"], found["week", "down_days", "8"]) == (1, 1)
    assert found["week", "lasted", "quarter"] == found["month", "lasted", "quarter"] == 1
    assert (found["now", "items", "removed"], found["now", "items", "checked"]) == (1, 1)
    assert found["month", "outcome", "removed"] == 1
    assert ("month", "outcome", "checked") not in found


def test_junk_withdrawn_and_destroyed_letters_are_in_no_figure_from_the_next_count_on(session, make, centre):
    spam, gone, *_left = reported(session, centre, 8)
    worker = make.signed_in(centre)
    assert counted(session, centre)["now", "age", "received week"] == 8
    junk.mark(session, worker, [casework.Listed(spam, 1, unread=False)], NOW)
    session.execute(update(Referral).where(Referral.referral_id == gone).values(state="withdrawn"))
    session.commit()
    found = counted(session, centre, NOW + timedelta(hours=2))
    assert found["now", "age", "received week"] == found["week", "urgency", "ordinary"] == 6
    assert ("week", "lasted", "week") not in found


def test_organisations_are_counted_once_an_hour_each_by_itself(session, make, centre):
    police = make.organisation("police", "police")
    reported(session, centre, 6)
    assert figure_counting.count_what_is_due(session, NOW) == 2
    assert figure_counting.count_what_is_due(session, NOW + timedelta(minutes=59)) == 0
    assert figure_counting.count_what_is_due(session, NOW + timedelta(hours=1)) == 2
    # a clock that was ahead holds nothing up
    assert figure_counting.count_what_is_due(session, NOW) == 2
    own = figure_reading.read(session, make.signed_in(centre, "viewer"), THIS_WEEK)
    session.rollback()
    theirs = figure_reading.read(session, make.signed_in(police), THIS_WEEK)
    assert (own.totals["received"].total, theirs.totals["received"].total) == (6, 0)
    assert (own.current["open"].total, theirs.current["open"].total) == (6, 0)


def test_the_weeks_of_the_address_are_shown_and_no_others(session, make, centre):
    viewer = make.signed_in(centre, "viewer")
    reported(session, centre, 6)
    reported(session, centre, 7, day=NOW - timedelta(weeks=10))
    figure_counting.count(session, centre.organisation_id, NOW)
    for weeks, until, expected in (("4", "", 6), ("13", "", 13), ("4", "2026-09-20", 7), ("4", "2026-09-06", 0)):
        found = figure_reading.read(session, viewer, figure_reading.period_of(weeks, until, NOW))
        assert found.totals["received"].total == expected
        assert len(found.totals["received"].divided["week"]) == int(weeks)
        session.rollback()
    assert figure_reading.period_of("", "2031-01-01", NOW) == figure_reading.period_of("13", "", NOW)
    for weeks, until in (("5", ""), ("4", "soon"), ("x", ""), ("4", "0001-01-01")):
        with pytest.raises(FormatError):
            figure_reading.period_of(weeks, until, NOW)


def test_few_letters_show_nothing_and_an_auditor_none_at_all(session, make, centre):
    reported(session, centre, 3)
    figure_counting.count(session, centre.organisation_id, NOW)
    shown = figure_reading.read(session, make.signed_in(centre, "viewer"), THIS_WEEK)
    session.rollback()
    assert shown.totals["received"].total is None
    numbers = [number for parts in shown.totals["received"].divided.values() for number in parts.values()]
    assert set(numbers) == {None, 0}
    with pytest.raises(NotAllowed):
        figure_reading.read(session, make.signed_in(centre, "auditor"), THIS_WEEK)


def closed_ones(session, letters):
    done = {"state": "closed", "state_on": NOW.date()}
    session.execute(update(Referral).where(Referral.referral_id.in_(letters)).values(**done))
    session.commit()


@pytest.mark.parametrize(
    ("number", "closed", "expected"),
    [
        (20, 3, (20, None, None)),  # or the three that were closed could be told from the others
        (20, 17, (20, None, None)),
        (20, 0, (20, 0, 20)),
        (20, 20, (20, 20, 0)),
        (3, 0, (None, 0, None)),
        (5, 2, (5, None, None)),
        (30, 12, (30, 12, 18)),
    ],
)
def test_where_all_that_came_in_is_shown_what_is_open_and_what_is_closed_give_nothing_away(
    session, make, centre, number, closed, expected
):
    viewer = make.signed_in(centre, "viewer")
    letters = reported(session, centre, number)
    closed_ones(session, letters[:closed])
    figure_counting.count(session, centre.organisation_id, NOW)
    shown = figure_reading.read(session, viewer, THIS_WEEK)
    seen = (shown.totals["received"].total, shown.totals["closed"].total, shown.current["open"].total)
    assert seen == expected
    for hidden in (one for one in (*shown.totals.values(), shown.current["open"]) if one.total is None):
        assert {number for parts in hidden.divided.values() for number in parts.values()} <= {None, 0}


def test_taking_figures_along_is_noted_with_its_reason(session, make, centre):
    viewer = make.signed_in(centre, "viewer")
    figure_reading.export(session, viewer, THIS_WEEK, "planning", NOW)
    assert logged(session) == [("figures_exported", "planning")]
    with pytest.raises(FormatError):
        figure_reading.export(session, viewer, THIS_WEEK, "because", NOW)


def test_opening_and_claiming_show_up_in_the_next_count(session, make, centre):
    worker = make.signed_in(centre)
    first, *_rest = reported(session, centre, 6)
    opening.open_referral(session, worker, first, NOW)
    claim.claim(session, worker, first, 1, NOW)
    found = counted(session, centre)
    assert (found["week", "opened", "day_0"], found["now", "age", "assigned week"]) == (1, 1)


def test_what_is_due_today_is_near_its_end_in_korea_when_the_day_is(session, centre):
    reported(session, centre, 5, due_on=NOW.date())
    assert counted(session, centre)["now", "due", "hours_24"] == 5  # at noon in Korea
    assert counted(session, centre, NOW + timedelta(hours=7, minutes=59))["now", "due", "hours_24"] == 5
    assert counted(session, centre, NOW + timedelta(hours=8, minutes=1))["now", "due", "hours_4"] == 5
    assert counted(session, centre, NOW + timedelta(hours=12))["now", "due", "overdue"] == 5


def test_open_referrals_are_crossed_and_a_row_with_few_hides_no_other(session, make, centre):
    letters = reported(session, centre, 14)
    reported(session, centre, 6, day=NOW - timedelta(days=20))
    session.execute(update(Referral).where(Referral.referral_id.in_(letters[:8])).values(state="in_support"))
    old = {"received_on": NOW.date() - timedelta(days=9)}
    session.execute(update(Referral).where(Referral.referral_id == letters[0]).values(**old))
    session.commit()
    figure_counting.count(session, centre.organisation_id, NOW)
    shown = figure_reading.read(session, make.signed_in(centre, "viewer"), THIS_WEEK)
    assert shown.current["open"].divided["state"]["in_support"] == 8
    assert {number for number in shown.crossed["open"]["in_support"].values() if number} == set()  # one of eight is few
    received = shown.crossed["open"]["received"]
    assert (received["week"], received["month"], received["later"]) == (6, 6, 0)


def test_the_middle_of_days_is_said_of_enough_and_never_of_few(session, make, centre):
    viewer, day = make.signed_in(centre, "viewer"), NOW - timedelta(days=5)
    letters = reported(session, centre, 10, day=day)
    for days, referral_id in enumerate(letters[:6]):
        row = ReferralItem(referral_id=referral_id, item_id=bytes(16), place=1, state="monitoring", state_on=NOW.date())
        row.removed_on = day.date() + timedelta(days=days % 4)
        session.add(row)
    session.commit()
    figure_counting.count(session, centre.organisation_id, NOW)
    shown = figure_reading.read(session, viewer, THIS_WEEK)
    session.rollback()
    assert shown.totals["down"].total == 6
    assert shown.typical["down"] == (1, 3)
    assert shown.typical["lasted"] == shown.typical["opened"] == (None, None)
    session.execute(update(ReferralItem).where(ReferralItem.referral_id.in_(letters[:2])).values(removed_on=None))
    session.commit()
    figure_counting.count(session, centre.organisation_id, NOW)
    assert figure_reading.read(session, viewer, THIS_WEEK).typical["down"] == (None, None)


def test_who_received_what_was_passed_on_and_how_far_links_are(session, make, centre):
    police = make.organisation("police", "police")
    viewer, sender = make.signed_in(centre, "viewer"), centre.people["caseworker"].caseworker_id
    theirs = reported(session, police, 11)
    for number, referral_id in enumerate(theirs):
        answer = "accepted" if number < 6 else "refused"
        session.execute(update(Referral).where(Referral.referral_id == referral_id).values(onward=answer))
        passed = {"referral_id": referral_id, "referrer_id": centre.organisation_id, "sent_by": sender, "sent_at": NOW}
        session.add(PassedOn(**passed))
    own = reported(session, centre, 14)
    for number, referral_id in enumerate(own):
        state = "reported" if number < 5 else "removed" if number < 13 else "reappeared"
        row = ReferralItem(referral_id=referral_id, item_id=bytes(16), place=1, state=state, state_on=NOW.date())
        session.add(row)
    session.commit()
    figure_counting.count(session, centre.organisation_id, NOW)
    shown = figure_reading.read(session, viewer, THIS_WEEK)
    assert shown.crossed["passed_on"] == {"police": {"offered": 0, "accepted": 6, "refused": 5}}
    # One came back: how many are gone is hidden with it, or it could be told from all
    assert shown.current["links"].divided["stage"] == {"back": None, "gone": None, "asked": 0, "seen": 0, "waiting": 5}
    assert set(shown.crossed["links"]["gone"].values()) == {None}
