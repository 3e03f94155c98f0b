"""Passing a letter on: once however often it is sent, answered by the receiver, withdrawn with what it came out of."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.casework_errors import AlreadyPassedOn
from app.domain import casework
from app.domain.queue_asking import NewState
from app.domain.wire import b64u_encode as b64u
from app.errors import (
    FormatError,
    KeyRetired,
    MessageExists,
    NotAllowed,
    NotFound,
    NotReceiving,
    TransitionRefused,
    VersionConflict,
)
from app.models import Organisation, PassedOn, Referral
from app.services import (
    bulk_change,
    disposition,
    follow_up,
    junk,
    onward,
    onward_reading,
    opening,
    resealing,
    shredding,
)
from tests.making import LETTER, NOW, logged, staff_message
from tests.services.passing import answering, asked_for, held


def test_it_is_kept_once_as_a_referral_of_the_same_report(session, worker, officer, referral_id, police):
    asked = asked_for(police)
    first = onward.pass_on(session, worker, referral_id, asked, NOW)
    assert onward.pass_on(session, worker, referral_id, asked, NOW + timedelta(days=2)) == first
    row, parent = held(session, asked.referral_id), held(session, referral_id)
    assert (row.report_id, row.referred_by, row.onward) == (parent.report_id, referral_id, "offered")
    assert (row.sealed_by, shredding.letter(session, row), row.leaf, row.state) == (
        "organisation",
        asked.sealed,
        asked.leaf,
        "received",
    )
    assert [entry for entry in logged(session) if entry[0] == "passed_on"] == [("passed_on", "police")]
    handed = opening.open_referral(session, officer, asked.referral_id, NOW)
    assert (handed.referrer, handed.onward, handed.passed_on) == ("centre", "offered", ())
    mine = opening.open_referral(session, worker, referral_id, NOW)
    assert (mine.referrer, mine.onward) == (None, "")
    assert [(one.organisation, one.state, one.answer) for one in mine.passed_on] == [("police", "offered", None)]
    assert mine.messages[-1].sealed == asked.message.sealed


def test_the_reporter_sees_who_has_it_through_whom(session, make, worker, centre, police):
    token, report_id = make.report(centre)
    parent = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    asked = asked_for(police)
    onward.pass_on(session, worker, parent, asked, NOW)
    found = {one.organisation: one for one in follow_up.open_report(session, token).referrals}
    assert (found["police"].referred_by, found["police"].onward) == (parent, "offered")
    assert (found["centre"].referred_by, found["centre"].onward) == (None, "")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kid": bytes(16)}, KeyRetired),
        ({"organisation": "centre"}, FormatError),
        ({"organisation": "nobody"}, KeyRetired),
    ],
)
def test_what_is_not_taken_leaves_nothing(session, worker, referral_id, police, changes, error):
    with pytest.raises(error):
        onward.pass_on(session, worker, referral_id, asked_for(police, **changes), NOW)
    session.rollback()
    assert session.scalars(select(PassedOn)).all() == []
    assert len(session.scalars(select(Referral)).all()) == 1


def test_a_smaller_letter_and_a_resting_receiver_are_refused(session, make, worker, centre, police):
    larger = secrets.token_bytes(16384 + 1136)
    envelope = {"organisation": "centre", "kid": None, "sealed": None, "leaf": None}
    envelope |= {"kid": b64u(centre.kid), "sealed": b64u(larger), "leaf": b64u(bytes(32))}
    _token, report_id = make.report(centre, envelopes=[envelope])
    parent = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id))
    with pytest.raises(FormatError):
        onward.pass_on(session, worker, parent, asked_for(police), NOW)
    session.rollback()
    session.scalars(select(Organisation).where(Organisation.slug == "police")).one().standing = "paused"
    session.commit()
    with pytest.raises(NotReceiving):
        onward.pass_on(session, worker, parent, asked_for(police, sealed=larger), NOW)


def test_new_keys_of_the_receiver_are_asked_for(session, make, worker, referral_id, police):
    asked = asked_for(police)
    make.epoch(police)
    with pytest.raises(KeyRetired):
        onward.pass_on(session, worker, referral_id, asked, NOW)
    session.rollback()
    anew = replace(asked, kid=police.kid, sealed=secrets.token_bytes(LETTER))
    assert onward.pass_on(session, worker, referral_id, anew, NOW).referral_id == asked.referral_id


def test_not_twice_to_one_but_again_after_a_refusal(session, worker, officer, referral_id, police, sent):
    with pytest.raises(AlreadyPassedOn):
        onward.pass_on(session, worker, referral_id, asked_for(police), NOW)
    with pytest.raises(MessageExists):
        onward.pass_on(session, worker, referral_id, asked_for(police, referral_id=sent), NOW)
    session.rollback()
    onward.answer(session, officer, sent, answering("refused"), NOW)
    onward.pass_on(session, worker, referral_id, asked_for(police), NOW)


def test_what_others_sent_there_is_not_told(session, make, worker, centre, police):
    """The reporter chose the police too: whoever passes a letter on does not learn that."""
    _token, report_id = make.report(centre, police)
    own = Referral.organisation_id == centre.organisation_id
    parent = session.scalar(select(Referral.referral_id).where(Referral.report_id == report_id, own))
    onward.pass_on(session, worker, parent, asked_for(police), NOW)


def test_accepting_takes_it_on_and_the_same_again_changes_nothing(session, worker, officer, referral_id, sent):
    asked = answering()
    standing = onward.answer(session, officer, sent, asked, NOW)
    assert (standing.state, standing.assignee, standing.version) == ("assigned", "police-caseworker", 2)
    assert onward.answer(session, officer, sent, asked, NOW) == standing
    (one,) = opening.open_referral(session, worker, referral_id, NOW).passed_on
    assert (one.state, one.answer) == ("accepted", asked.sealed)
    assert held(session, referral_id).state == "received"  # what was passed on moves nothing of the referrer's
    with pytest.raises(TransitionRefused):
        onward.answer(session, officer, sent, answering("refused", version=2), NOW)


def test_a_refusal_closes_it_and_can_be_taken_back(session, worker, officer, referral_id, sent):
    assert onward.answer(session, officer, sent, answering("refused"), NOW).state == "closed"
    change = casework.StateChange(2, "in_support", staff_message())
    with pytest.raises(TransitionRefused):
        disposition.change_state(session, officer, sent, change, NOW)
    session.rollback()
    assert onward.answer(session, officer, sent, answering(version=2), NOW).state == "assigned"
    (one,) = opening.open_referral(session, worker, referral_id, NOW).passed_on
    assert one.state == "accepted"


def test_before_an_answer_nothing_is_decided_and_nothing_passed_further(session, make, officer, police, sent):
    other = make.organisation("other")
    for change in (casework.StateChange(1, "assigned", staff_message()),):
        with pytest.raises(TransitionRefused):
            disposition.change_state(session, officer, sent, change, NOW)
        session.rollback()
    moved = NewState((casework.Listed(sent, 1, unread=False),), "closed", {})
    assert [one.code for one in bulk_change.set_state(session, officer, moved, NOW).refused] == ["transition_refused"]
    with pytest.raises(TransitionRefused):
        onward.pass_on(session, officer, sent, asked_for(other), NOW)
    session.rollback()
    onward.answer(session, officer, sent, answering(), NOW)
    onward.pass_on(session, officer, sent, asked_for(other), NOW)


def test_only_the_receiver_answers_and_only_over_what_it_saw(session, make, worker, officer, police, referral_id, sent):
    with pytest.raises(NotFound):
        onward.answer(session, worker, sent, answering(), NOW)
    with pytest.raises(NotFound):
        onward.answer(session, worker, referral_id, answering(), NOW)
    with pytest.raises(NotAllowed):
        onward.answer(session, make.signed_in(police, "viewer"), sent, answering(), NOW)
    with pytest.raises(VersionConflict):
        onward.answer(session, officer, sent, answering(version=7), NOW)
    with pytest.raises(NotFound):
        onward.pass_on(session, officer, referral_id, asked_for(police), NOW)


def test_both_sides_have_a_list(session, worker, officer, referral_id, sent):
    (line,) = onward_reading.overview(session, officer).received
    assert (line.referral_id, line.name.en, line.state) == (sent, "The centre", "offered")
    assert onward_reading.overview(session, officer).sent == ()
    (line,) = onward_reading.overview(session, worker).sent
    assert (line.referral_id, line.name.en, line.state, line.seen) == (referral_id, "The police", "offered", True)
    assert onward_reading.waiting(session, officer) == onward_reading.Waiting(received=1, answered=0)
    session.rollback()
    onward.answer(session, officer, sent, answering(), NOW)
    assert onward_reading.waiting(session, officer) == onward_reading.Waiting(received=0, answered=0)
    assert onward_reading.waiting(session, worker) == onward_reading.Waiting(received=0, answered=1)
    assert onward_reading.overview(session, officer).received == ()
    assert [one.seen for one in onward_reading.overview(session, worker).sent] == [False]
    session.rollback()
    opening.open_referral(session, worker, referral_id, NOW)
    assert [one.seen for one in onward_reading.overview(session, worker).sent] == [True]


def test_whose_context_a_letter_opens_in_goes_along_when_keys_change(session, make, centre, police, sent, referral_id):
    for made, one, referrer in ((police, sent, "centre"), (centre, referral_id, None)):
        lead = replace(make.signed_in(made, "lead"), confirmed_at=NOW)
        (handed,) = resealing.hand_out(session, lead, (one,), NOW)
        assert (handed.referrer, handed.kid) == (referrer, handed.origin_kid)


def test_a_letter_that_waits_for_an_answer_is_no_junk(session, officer, sent):
    listed = [casework.Listed(sent, 1, unread=False)]
    assert [one.code for one in junk.mark(session, officer, listed, NOW).refused] == ["transition_refused"]
