"""Keys made anew after all were lost: nothing old vouches for them, everybody sees it, and nothing else goes wrong."""

import json
import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.crypto import epoch_chain
from app.crypto.recipient_key import kid_of
from app.domain import casework
from app.domain.answer import answer
from app.domain.coming_back import Addition
from app.domain.invitation import parse_founding, parse_joining
from app.domain.submission import Envelope
from app.domain.wire import b64u_decode
from app.domain.wire import b64u_encode as b64u
from app.errors import KeyRetired, NotAdded, NotFound, SessionEnded, TransitionRefused
from app.models import Caseworker, Keyring, LostRing, Organisation
from app.services import (
    addition,
    chain_break,
    claim,
    disposition,
    follow_up,
    invitation,
    joining,
    log_reading,
    organisation,
    portal,
    queue,
    resealing,
    rotation,
)
from app.services import session as staff_session
from tests import inviting
from tests.breaking import LATER, begin_anew, operator_for
from tests.making import LETTER, NOW, logged


@pytest.fixture
def operator(session, make):
    """Somebody who runs the portal."""
    return operator_for(session, make)


def listed(session, slug="centre"):
    served = json.loads(json.dumps(answer(organisation.directory(session))))
    session.rollback()
    (found,) = [one for one in epoch_chain.verify_directory(served)["organisations"] if one["slug"] == slug]
    return found


def test_the_break_is_marked_where_the_chain_is_served(session, make, centre, operator):
    make.epoch(centre)
    session.commit()
    before = listed(session)
    content = begin_anew(session, operator)
    after = listed(session)
    assert len(after["chain"]) == 1
    assert after["chain"][0]["signing_key"] == content["epoch"]["signing_key"]
    assert after["fingerprint"] != before["fingerprint"]
    (broken,) = after["earlier"]
    assert (broken["fingerprint"], broken["chain"]) == (before["fingerprint"], before["chain"])
    for name in (before["fingerprint"], before["kid"]):
        assert epoch_chain.ended_on(after, name) == "2026-11-22"
    assert epoch_chain.ended_on(after, after["kid"]) is None


def test_it_breaks_a_second_time_on_the_same_day(session, make, centre, operator):
    first = listed(session)
    begin_anew(session, operator, "one")
    second = listed(session)
    begin_anew(session, operator, "two", LATER + timedelta(minutes=1))
    third = listed(session)
    assert [one["fingerprint"] for one in third["earlier"]] == [first["fingerprint"], second["fingerprint"]]
    lines = session.execute(select(LostRing.line, LostRing.seq, LostRing.purpose).order_by(LostRing.line)).all()
    assert {(line, seq) for line, seq, _purpose in lines} == {(0, 1), (1, 1)}
    assert session.scalars(select(Keyring.seq)).all() == [1]


def test_everybody_waits_and_the_log_and_the_pages_say_what_happened(session, make, centre, operator):
    cookie, _signed_in = staff_session.start(session, centre.people["caseworker"].caseworker_id, NOW)
    session.commit()
    begin_anew(session, operator)
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, LATER)
    roles = dict(session.execute(select(Caseworker.login, Caseworker.role)).all())
    assert (roles["centre-lead"], roles["centre-caseworker"], roles["found.anew"]) == ("waiting", "waiting", "lead")
    assert logged(session)[-3:] == [("invited_anew", ""), ("joined", "lead"), ("founded_anew", "")]
    lead = session.scalars(select(Caseworker).where(Caseworker.login == "found.anew")).one()
    _cookie, signed_in = staff_session.start(session, lead.caseworker_id, LATER)
    assert (signed_in.is_broken, str(signed_in.recovered_on), signed_in.anew_until) == (True, "2026-11-22", None)
    entries = log_reading.page(session, signed_in, log_reading.LogFilters(kind="keys"), "").entries
    assert [(one.by, one.action) for one in entries] == [
        ("found.anew", "founded_anew"),
        (operator.login, "invited_anew"),
    ]


def test_old_keys_take_nothing_whatever_the_grace(session, make, centre, operator):
    token, _report_id = make.report(centre)
    begin_anew(session, operator)
    with pytest.raises(KeyRetired):
        make.report(centre, now=LATER)
    session.rollback()
    assert follow_up.open_report(session, token).referrals[0].kid == centre.kid


def test_what_nobody_can_open_is_not_waiting_to_be_sealed_again(session, make, centre, operator):
    make.report(centre)
    begin_anew(session, operator)
    lead = session.scalars(select(Caseworker).where(Caseworker.login == "found.anew")).one()
    _cookie, signed_in = staff_session.start(session, lead.caseworker_id, LATER)
    session.commit()
    assert resealing.left(session, signed_in).total == 0
    session.rollback()
    standing = rotation.standing(session, signed_in, LATER)
    assert (standing.changes, standing.left, str(standing.since)) == (0, 0, "2026-11-22")


def test_the_chain_goes_on_from_the_new_beginning(session, make, centre, operator):
    content = begin_anew(session, operator)
    first = listed(session)
    assert first["signing_key"] == content["epoch"]["signing_key"]
    # The old chain's newest key signs nothing any more.
    with pytest.raises(Exception, match="signature"):
        make.epoch(centre)
    session.rollback()
    assert listed(session) == first


def test_until_it_is_used_nothing_changes_people_are_told_and_a_lead_can_take_it_back(session, make, centre, operator):
    before = listed(session)
    secret = chain_break.invite_anew(session, "centre", operator.login, NOW)
    seen = invitation.look(session, b64u_decode(secret, "", 32), NOW)
    assert (seen.first, seen.anew, seen.role) == (True, True, "lead")
    session.rollback()
    with pytest.raises(NotFound):
        joining.join(session, parse_joining(inviting.body(inviting.joining(secret))), NOW)
    lead = make.signed_in(centre, "lead")
    assert lead.anew_until == NOW + invitation.KEPT
    (pending,) = invitation.pending(session, centre.organisation_id, NOW)
    session.rollback()
    invitation.withdraw(session, lead, pending.invitation_id, NOW)
    assert make.signed_in(centre, "caseworker").anew_until is None
    portal_id = portal.current(session).portal_id
    session.rollback()
    with pytest.raises(NotFound):
        joining.found(session, parse_founding(inviting.body(inviting.founding(secret, portal_id, "centre"))), NOW)
    session.rollback()
    assert listed(session) == before


def test_keys_that_do_not_hang_together_leave_everything_as_it_was(session, make, centre, operator):
    before = listed(session)
    secret = chain_break.invite_anew(session, "centre", operator.login, NOW)
    portal_id = portal.current(session).portal_id
    content = inviting.founding(secret, portal_id, "centre")
    content["epoch"]["signature"] = b64u(secrets.token_bytes(64))
    session.rollback()
    with pytest.raises(Exception, match="signature"):
        joining.found(session, parse_founding(inviting.body(content)), NOW)
    session.rollback()
    assert listed(session) == before
    assert session.scalars(select(Organisation.broken_at).where(Organisation.slug == "centre")).one() is None
    assert session.scalars(select(LostRing.kid)).all() == []


def test_what_is_at_stake_and_where_there_is_nothing_to_begin_anew(session, make, centre, operator):
    make.report(centre)
    stake = chain_break.at_stake(session, "centre")
    assert (stake.holders, stake.letters) == (("centre-caseworker", "centre-lead"), 1)
    session.rollback()
    organisation.create(session, slug="new", kind="police", name_ko="새", name_en="New", region="seoul", now=NOW)
    with pytest.raises(TransitionRefused):
        chain_break.invite_anew(session, "new", operator.login, NOW)
    session.rollback()
    for slug, login in (("nowhere", operator.login), ("operator", operator.login), ("centre", "centre-lead")):
        with pytest.raises(NotFound):
            chain_break.invite_anew(session, slug, login, NOW)
        session.rollback()


def test_whoever_reported_before_may_send_it_once_more_and_only_where_it_cannot_be_read(
    session, make, centre, operator
):
    police = make.organisation("police", "police")
    token, _report_id = make.report(centre, police)
    old_kid = centre.kid
    content = begin_anew(session, operator)
    centre.kid = kid_of(b64u_decode(content["epoch"]["public_key"], ""))
    for made, taken in ((police, False), (centre, True), (centre, False)):
        envelope = Envelope(made.slug, made.kid, secrets.token_bytes(LETTER), secrets.token_bytes(32))
        asked = Addition(token=token, sealed_by="browser", envelope=envelope, own=None)
        if taken:
            addition.add_organisation(session, asked, LATER)
        else:
            with pytest.raises(NotAdded):
                addition.add_organisation(session, asked, LATER)
            session.rollback()
    kids = [one.kid for one in follow_up.open_report(session, token).referrals if one.organisation == "centre"]
    assert sorted(kids) == sorted([old_kid, centre.kid])
    session.rollback()


def test_the_queue_says_what_cannot_be_opened_and_it_can_be_closed_without_a_word(session, make, centre, operator):
    make.report(centre)
    begin_anew(session, operator)
    lead = session.scalars(select(Caseworker).where(Caseworker.login == "found.anew")).one()
    _cookie, signed_in = staff_session.start(session, lead.caseworker_id, LATER)
    session.commit()
    (row,) = queue.page(session, signed_in, queue.QueueFilters(), "", LATER).rows
    assert str(row.lost_on) == "2026-11-22"
    session.rollback()
    referral_id = b64u_decode(row.referral_id, "")
    claimed = claim.claim(session, signed_in, referral_id, row.version, LATER)
    change = casework.StateChange(claimed.version, "closed", None)
    assert disposition.change_state(session, signed_in, referral_id, change, LATER).state == "closed"
