"""Junk: many at a time out of the queue and back, destroyed in time or by a lead, and never when somebody writes."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.domain.casework import Listed, StateChange
from app.domain.coming_back import FollowUpMessage, Withdrawal, WithdrawalMessage
from app.domain.deadline import day_of
from app.domain.wire import b64u_encode as b64u
from app.errors import NotAllowed
from app.models import AccessLog, DestroyedReport, Junk, Referral, Report
from app.services import claim, disposition, follow_up, junk, opening, purge, queue, withdrawal
from app.services.queue import QueueFilters
from tests.making import MESSAGE, NOW, record_of

JUNK_VIEW = QueueFilters(state="junk")
LATER = NOW + timedelta(days=15)


def letters(session, organisation):
    found = select(Referral).where(Referral.organisation_id == organisation.organisation_id)
    return list(session.scalars(found.order_by(Referral.referral_id).execution_options(populate_existing=True)))


def seen(*held, unread=False):
    return [Listed(one.referral_id, one.version, unread=unread) for one in held]


def done(outcome):
    return {one.referral_id: one.version for one in outcome.done}


def refused(outcome):
    return {one.referral_id: one.code for one in outcome.refused}


def shown(session, worker, filters=QueueFilters()):  # noqa: B008 - frozen
    return [row.referral_id for row in queue.page(session, worker, filters, "", NOW).rows]


def purged(session, now):
    return purge.purge(session, now, clock_is_right=True)


def written(token, referral_id):
    return FollowUpMessage(token, referral_id, secrets.token_bytes(16), secrets.token_bytes(MESSAGE))


@pytest.fixture
def flood(session, make, centre):
    """Five reports; the token of the first, and all five referrals in order."""
    tokens = {make.report(centre)[1]: one for one in range(5)}
    assert len(tokens) == 5
    return letters(session, centre)


@pytest.fixture
def marked(session, worker, flood):
    """One referral that is junk."""
    assert junk.mark(session, worker, seen(flood[0]), NOW).refused == ()
    return session.get(Referral, flood[0].referral_id)


def test_several_leave_the_queue_at_once_and_stand_among_the_junk(session, worker, flood):
    some = flood[:3]
    outcome = junk.mark(session, worker, seen(*some), NOW)
    assert done(outcome) == {one.referral_id: 2 for one in some}
    assert outcome.refused == ()
    assert set(shown(session, worker)) == {b64u(one.referral_id) for one in flood[3:]}
    page = queue.page(session, worker, JUNK_VIEW, "", NOW)
    assert {row.referral_id for row in page.rows} == {b64u(one.referral_id) for one in some}
    today = day_of(NOW)
    assert {row.junk for row in page.rows} == {junk.Mark(worker.login, today, today + timedelta(days=14))}
    assert (page.counts.junk, page.counts.open) == (3, 2)


def test_undo_brings_each_back_to_where_it_was(session, worker, flood):
    claimed = flood[0]
    claim.claim(session, worker, claimed.referral_id, 1, NOW)
    before = {one.referral_id: (one.state, one.assignee_id) for one in flood}
    junk.mark(session, worker, seen(*flood), NOW)
    outcome = junk.undo(session, worker, seen(*flood), NOW)
    assert set(done(outcome)) == set(before)
    assert {one.referral_id: (one.state, one.assignee_id) for one in flood} == before
    assert session.scalar(select(func.count()).select_from(Junk)) == 0
    assert len(shown(session, worker)) == 5


def test_who_did_it_is_logged_in_the_same_step(session, worker, lead, flood):
    junk.mark(session, worker, seen(*flood[:2]), NOW)
    junk.undo(session, worker, seen(flood[0]), NOW)
    junk.destroy(session, lead, seen(flood[1]), NOW)
    rows = session.execute(select(AccessLog.action, AccessLog.referral_id, AccessLog.caseworker_id))
    assert sorted(rows) == sorted(
        [
            ("junk_marked", flood[0].referral_id, worker.caseworker_id),
            ("junk_marked", flood[1].referral_id, worker.caseworker_id),
            ("junk_undone", flood[0].referral_id, worker.caseworker_id),
            ("junk_destroyed", flood[1].referral_id, lead.caseworker_id),
        ]
    )


def test_what_somebody_changed_meanwhile_is_refused_and_holds_nothing_else_up(session, make, worker, flood):
    asked = seen(*flood[:3])
    claim.claim(session, worker, flood[1].referral_id, 1, NOW)
    outcome = junk.mark(session, worker, asked, NOW)
    assert set(done(outcome)) == {flood[0].referral_id, flood[2].referral_id}
    assert refused(outcome) == {flood[1].referral_id: "version_conflict"}
    assert flood[1].state == "assigned"


def test_the_same_request_again_is_answered_as_the_first_time(session, worker, lead, flood):
    for change in (junk.mark, junk.undo):
        asked = seen(*flood[:2])
        first = change(session, worker, asked, NOW)
        assert first.refused == ()
        assert change(session, worker, asked, NOW) == first
    junk.mark(session, worker, seen(flood[0]), NOW)
    asked = seen(flood[0])
    first = junk.destroy(session, lead, asked, NOW)
    assert junk.destroy(session, lead, asked, NOW) == first
    assert first.refused == ()


def test_nobody_marks_what_belongs_to_others_or_is_not_there(session, make, worker, flood):
    other = make.organisation("other")
    make.report(other)
    (foreign,) = letters(session, other)
    unknown = Listed(secrets.token_bytes(16), 1, unread=False)
    for change in (junk.mark, junk.undo):
        outcome = change(session, worker, [*seen(foreign), unknown], NOW)
        assert refused(outcome) == {foreign.referral_id: "not_found", unknown.referral_id: "not_found"}
        assert outcome.done == ()
    assert foreign.state == "received"


def test_viewers_mark_nothing_and_caseworkers_destroy_nothing(session, make, centre, worker, marked):
    viewer = make.signed_in(centre, "viewer")
    for change, who in ((junk.mark, viewer), (junk.undo, viewer), (junk.destroy, viewer), (junk.destroy, worker)):
        with pytest.raises(NotAllowed):
            change(session, who, seen(marked), NOW)
    assert marked.sealed is not None


def test_what_is_closed_is_not_junk_and_what_is_open_is_not_destroyed(session, centre, worker, lead, flood):
    first, second, _, _, _ = flood
    claim.claim(session, worker, first.referral_id, 1, NOW)
    disposition.change_state(session, worker, first.referral_id, StateChange(2, "closed", None, record_of(centre)), NOW)
    assert refused(junk.mark(session, worker, seen(first), NOW)) == {first.referral_id: "transition_refused"}
    outcome = junk.destroy(session, lead, seen(first, second), NOW)
    assert refused(outcome) == dict.fromkeys((first.referral_id, second.referral_id), "transition_refused")
    assert refused(junk.undo(session, worker, seen(second), NOW)) == {second.referral_id: "transition_refused"}


def test_tick_destroys_after_the_fourteenth_day_and_not_before(session, centre, marked, flood):
    report_id = marked.report_id
    assert purged(session, NOW + timedelta(days=14)).referrals == 0
    assert purged(session, LATER).referrals == 1
    session.expire_all()
    assert (marked.state, marked.sealed, marked.report_id) == ("destroyed", None, None)
    assert session.get(Report, report_id) is None
    assert session.scalar(select(func.count()).select_from(DestroyedReport)) == 1
    assert session.scalar(select(func.count()).select_from(Junk)) == 0
    assert [one.state for one in flood[1:]] == ["received"] * 4


def test_a_lead_destroys_at_once(session, lead, marked):
    report_id = marked.report_id
    outcome = junk.destroy(session, lead, seen(marked), NOW)
    assert done(outcome) == {marked.referral_id: marked.version}
    assert (marked.state, marked.sealed) == ("destroyed", None)
    assert session.get(Report, report_id) is None


def test_another_organisations_letter_of_the_same_report_lives_on(session, make, worker, lead, centre):
    police = make.organisation("police", "police")
    _token, report_id = make.report(centre, police)
    own = letters(session, centre)[0]
    junk.mark(session, worker, seen(own), NOW)
    junk.destroy(session, lead, seen(own), NOW)
    (theirs,) = letters(session, police)
    assert (theirs.state, theirs.report_id) == ("received", report_id)


def test_the_reporter_sees_that_it_was_closed_and_when_it_goes(session, make, worker, centre):
    token, _report_id = make.report(centre)
    junk.mark(session, worker, seen(*letters(session, centre)), NOW)
    (followed,) = follow_up.open_report(session, token).referrals
    assert (followed.state, followed.state_on) == ("closed", day_of(NOW))
    assert followed.destroy_on == day_of(NOW) + timedelta(days=14)


def test_whoever_writes_is_not_destroyed(session, make, worker, centre):
    token, _report_id = make.report(centre)
    (held,) = letters(session, centre)
    claim.claim(session, worker, held.referral_id, 1, NOW)
    junk.mark(session, worker, seen(held), NOW)
    follow_up.send_message(session, written(token, held.referral_id), NOW)
    assert (held.state, held.unread_from_reporter, held.changed_by) == ("assigned", True, None)
    assert shown(session, worker, JUNK_VIEW) == []
    assert purged(session, LATER).referrals == 0
    (followed,) = follow_up.open_report(session, token).referrals
    assert (followed.state, followed.destroy_on) == ("assigned", None)


def test_words_that_came_after_the_page_was_loaded_are_read_first(session, make, worker, centre):
    token, _report_id = make.report(centre)
    (held,) = letters(session, centre)
    asked = seen(held)
    follow_up.send_message(session, written(token, held.referral_id), NOW)
    assert refused(junk.mark(session, worker, asked, NOW)) == {held.referral_id: "version_conflict"}
    assert junk.mark(session, worker, [replace(asked[0], unread=True)], NOW).refused == ()


def test_reopened_and_withdrawn_it_is_junk_no_longer(session, make, worker, centre):
    token, _report_id = make.report(centre)
    make.report(centre)
    both = letters(session, centre)
    junk.mark(session, worker, seen(*both), NOW)
    mine = next(one for one in both if one.report_id == follow_up.open_report(session, token).report.report_id)
    other = next(one for one in both if one is not mine)
    disposition.change_state(session, worker, other.referral_id, StateChange(2, "in_support", None), NOW)
    farewell = WithdrawalMessage(mine.referral_id, secrets.token_bytes(16), secrets.token_bytes(MESSAGE))
    withdrawal.withdraw(session, Withdrawal(token, "72h", (farewell,)), NOW)
    assert session.scalar(select(func.count()).select_from(Junk)) == 0
    disposition.change_state(session, worker, other.referral_id, StateChange(3, "closed", None, record_of(centre)), NOW)
    assert purged(session, LATER).referrals == 1
    assert other.state == "closed"


def test_an_opened_letter_may_be_junk_too(session, worker, flood):
    opening.open_referral(session, worker, flood[0].referral_id, NOW)
    assert junk.mark(session, worker, seen(flood[0]), NOW).refused == ()


def test_the_junk_is_read_in_pages_too(session, worker, flood):
    junk.mark(session, worker, seen(*flood), NOW)
    ids, after = [], ""
    while True:
        page = queue.page(session, worker, JUNK_VIEW, after, NOW, size=2)
        ids += [row.referral_id for row in page.rows]
        after = page.next_cursor
        if not after:
            break
    assert ids == [b64u(one.referral_id) for one in flood]
