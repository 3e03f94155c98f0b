"""A legal hold keeps a letter from being destroyed: by a lead, with a sealed reason, and never behind her back."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.casework import Listed
from app.domain.deadline import day_of
from app.domain.retention import QUIET, REVIEW
from app.errors import FormatError, NotAllowed, NotFound, TransitionRefused, VersionConflict, Withdrawn
from app.models import LegalHold, Message, Referral, WorkRecord
from app.services import claim, follow_up, junk, legal_hold, message, opening, purge, queue, shredding, withdrawal
from app.services.queue import QueueFilters
from app.services.withdrawal import Withdrew
from tests.making import NOW, logged, record_of, staff_message
from tests.services.holding import REVIEW_ON, hold_of, withdrawal_of, word_of

DAY = timedelta(days=1)
LONG_AFTER = NOW + timedelta(days=QUIET.usual) + DAY


@pytest.fixture
def reported(session, make, centre):
    """One report of one letter: its token, its id, the referral's."""
    token, report_id = make.report(centre)
    referral_id = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    session.rollback()
    return token, report_id, referral_id


@pytest.fixture
def kept(session, lead, centre, reported):
    legal_hold.put(session, lead, reported[2], hold_of(centre), NOW)
    return reported


def seen(session, token):
    found = follow_up.open_report(session, token)
    session.rollback()
    return found


def purged(session, now):
    return purge.purge(session, now, clock_is_right=True).referrals


def lift(session, lead, made, referral_id, now=NOW):
    version = session.scalar(select(Referral.version).where(Referral.referral_id == referral_id))
    session.rollback()
    legal_hold.lift(session, lead, referral_id, hold_of(made, version, review_on=None), now)


def test_what_is_kept_outlives_its_day_and_goes_when_the_hold_ends(session, lead, centre, kept):
    assert purged(session, LONG_AFTER) == 0
    lift(session, lead, centre, kept[2], LONG_AFTER)
    assert purged(session, LONG_AFTER) == 0  # the ending is something that happened, and she can read of it
    assert purged(session, LONG_AFTER + timedelta(days=QUIET.usual) + DAY) == 1


def test_the_reason_is_sealed_and_who_did_what_when_stands_in_the_log(session, lead, centre, reported):
    asked = hold_of(centre, message=staff_message())
    standing = legal_hold.put(session, lead, reported[2], asked, NOW)
    assert standing.version == 2
    record = session.get(WorkRecord, asked.record.record_id)
    assert (record.type, record.referral_id) == ("note", reported[2])
    assert shredding.taken_out(session, record) == asked.record.sealed
    assert shredding.taken_out(session, session.scalars(select(Message)).one()) == asked.message.sealed
    session.rollback()
    assert ("hold_set", REVIEW_ON.isoformat()) in logged(session)
    session.rollback()
    lift(session, lead, centre, reported[2])
    assert ("hold_lifted", "") in logged(session)


def test_the_reporter_sees_that_it_is_kept_and_until_when_and_that_it_ended(session, lead, centre, reported):
    token, _report_id, referral_id = reported
    assert seen(session, token).referrals[0].hold is None
    legal_hold.put(session, lead, referral_id, hold_of(centre), NOW)
    (one,) = seen(session, token).referrals
    assert (one.hold, one.kept_until, one.destroy_on) == (follow_up.Hold(day_of(NOW), REVIEW_ON), None, None)
    lift(session, lead, centre, referral_id)
    (one,) = seen(session, token).referrals
    assert (one.hold, one.kept_until) == (None, day_of(NOW) + timedelta(days=QUIET.usual))


def test_staff_see_it_too(session, worker, kept):
    page = queue.page(session, worker, QueueFilters("held"), "", NOW)
    assert [row.hold.review_on for row in page.rows] == [REVIEW_ON]
    assert (page.counts.held, page.counts.reviews, page.counts.going) == (1, 0, 0)
    session.rollback()
    late = queue.page(session, worker, QueueFilters("going"), "", LONG_AFTER)
    assert (late.rows, late.counts.reviews) == ((), 1)
    session.rollback()
    handed = opening.open_referral(session, worker, kept[2], NOW)
    assert (handed.hold.by, handed.kept_until) == ("centre-lead", None)


def test_the_same_request_again_changes_nothing(session, lead, centre, reported):
    asked = hold_of(centre)
    first = legal_hold.put(session, lead, reported[2], asked, NOW)
    assert legal_hold.put(session, lead, reported[2], asked, NOW + DAY) == first
    session.rollback()
    ends = hold_of(centre, first.version, review_on=None)
    last = legal_hold.lift(session, lead, reported[2], ends, NOW)
    assert legal_hold.lift(session, lead, reported[2], ends, NOW) == last


def test_looking_again_keeps_the_first_day_and_moves_the_next(session, lead, centre, kept):
    later = REVIEW_ON + DAY
    legal_hold.put(session, lead, kept[2], hold_of(centre, 2, review_on=later), NOW + DAY)
    (one,) = seen(session, kept[0]).referrals
    assert one.hold == follow_up.Hold(day_of(NOW), later)


def test_only_leads_of_its_own_organisation_set_one(session, make, worker, police, reported):
    with pytest.raises(NotAllowed):
        legal_hold.put(session, worker, reported[2], hold_of(police), NOW)
    with pytest.raises(NotFound):
        legal_hold.put(session, make.signed_in(police, "lead"), reported[2], hold_of(police), NOW)


@pytest.mark.parametrize("review_on", [day_of(NOW) - DAY, day_of(NOW) + REVIEW + DAY])
def test_somebody_looks_again_within_a_year(session, lead, centre, reported, review_on):
    with pytest.raises(FormatError):
        legal_hold.put(session, lead, reported[2], hold_of(centre, review_on=review_on), NOW)


def test_whoever_has_not_seen_the_last_change_is_told(session, lead, centre, kept):
    with pytest.raises(VersionConflict):
        legal_hold.put(session, lead, kept[2], hold_of(centre, 1), NOW)


def test_none_can_be_ended_that_is_not_there(session, lead, centre, kept):
    lift(session, lead, centre, kept[2])
    with pytest.raises(TransitionRefused):
        lift(session, lead, centre, kept[2])


def test_what_is_destroyed_is_kept_no_more(session, lead, centre, reported):
    token, report_id, referral_id = reported
    withdrawal.withdraw(session, withdrawal_of(session, token, report_id, "now"), NOW)
    with pytest.raises(Withdrawn):
        legal_hold.put(session, lead, referral_id, hold_of(centre, 2), NOW)


def test_a_withdrawal_stops_the_work_and_destroys_when_the_hold_ends(session, lead, worker, centre, kept):
    token, report_id, referral_id = kept
    asked = withdrawal_of(session, token, report_id, "72h")
    assert withdrawal.withdraw(session, asked, NOW).state == "withdrawn"
    found = seen(session, token)
    assert (found.report.destroy_on, found.referrals[0].state) == (None, "withdrawn")
    assert found.referrals[0].hold == follow_up.Hold(day_of(NOW), REVIEW_ON)
    with pytest.raises(Withdrawn):
        claim.claim(session, worker, referral_id, 3, NOW)
    session.rollback()
    assert purged(session, LONG_AFTER) == 0
    lift(session, lead, centre, referral_id, LONG_AFTER)
    assert purged(session, LONG_AFTER) == 1


def test_now_cannot_be_put_off_without_her_knowing(session, make, lead, worker, centre, police):
    token, report_id = make.report(centre, police)
    kept = session.scalar(select(Referral.referral_id).where(Referral.organisation_id == centre.organisation_id))
    session.rollback()
    legal_hold.put(session, lead, kept, hold_of(centre), NOW)
    asked = withdrawal_of(session, token, report_id, "now")
    assert withdrawal.withdraw(session, asked, NOW) == Withdrew("withdrawn", day_of(NOW))
    by_state = {one.state: one for one in seen(session, token).referrals}
    assert set(by_state) == {"destroyed", "withdrawn"}
    assert by_state["withdrawn"].hold is not None
    told = {one.referral_id: one.sealed for one in asked.messages}
    handed = opening.open_referral(session, worker, kept, NOW)
    assert [one.sealed for one in handed.messages] == [told[kept]]
    assert withdrawal.withdraw(session, asked_again(asked, kept), NOW).state == "withdrawn"
    session.rollback()
    lift(session, lead, centre, kept, NOW + DAY)
    assert purged(session, NOW + DAY) == 1  # she asked for «now»: it waits for nothing but the hold
    with pytest.raises(NotFound):
        follow_up.open_report(session, token)


def asked_again(asked, referral_id):
    return replace(asked, messages=tuple(one for one in asked.messages if one.referral_id == referral_id))


def test_she_can_ask_why_after_withdrawing_and_be_answered(session, lead, worker, centre, kept):
    token, report_id, referral_id = kept
    withdrawal.withdraw(session, withdrawal_of(session, token, report_id, "72h"), NOW)
    follow_up.send_message(session, word_of(token, referral_id), NOW)
    message.send(session, worker, referral_id, staff_message(), NOW)
    assert len(seen(session, token).referrals[0].messages) == 3
    lift(session, lead, centre, referral_id)
    with pytest.raises(Withdrawn):
        follow_up.send_message(session, word_of(token, referral_id), NOW)
    session.rollback()
    with pytest.raises(Withdrawn):
        message.send(session, worker, referral_id, staff_message(), NOW)


def test_a_withdrawn_letter_can_be_kept_until_it_is_destroyed(session, lead, centre, reported):
    token, report_id, referral_id = reported
    withdrawal.withdraw(session, withdrawal_of(session, token, report_id, "72h"), NOW)
    legal_hold.put(session, lead, referral_id, hold_of(centre, 2), NOW)
    assert purged(session, NOW + 10 * DAY) == 0
    assert seen(session, token).referrals[0].hold is not None


def test_junk_that_is_kept_stays(session, lead, worker, centre, kept):
    referral_id = kept[2]
    listed = [Listed(referral_id, 2, unread=False)]
    assert junk.mark(session, worker, listed, NOW).done
    version = session.scalar(select(Referral.version))
    session.rollback()
    (refused,) = junk.destroy(session, lead, [Listed(referral_id, version, unread=False)], NOW).refused
    assert refused.code == "transition_refused"
    assert purged(session, NOW + 20 * DAY) == 0


def test_a_record_is_its_own(session, lead, centre, reported):
    other = record_of(centre, record_id=secrets.token_bytes(16))
    legal_hold.put(session, lead, reported[2], hold_of(centre, record=other), NOW)
    assert session.get(LegalHold, reported[2]).record_id == other.record_id
