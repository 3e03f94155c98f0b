"""Invitations: one use, 72 hours, kept as a hash; one answer for all that cannot be used."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.invitation import parse_joining
from app.domain.wire import b64u_decode
from app.errors import NotAllowed, NotFound, TransitionRefused
from app.models import Invitation
from app.services import caseworker, first_day, invitation, joining, purge
from tests import inviting
from tests.making import NOW, logged


def secret_of(text):
    return b64u_decode(text, "secret", 32)


@pytest.fixture
def invited(session, lead):
    return invitation.invite_colleague(session, lead, "caseworker", NOW)


def test_what_is_kept_does_not_open_what_was_handed_over(session, invited):
    kept = session.scalars(select(Invitation)).one()
    assert len(secret_of(invited)) == 32
    assert secret_of(invited) not in (kept.invitation_hash, kept.organisation_id)
    assert logged(session) == [("invited", "caseworker")]


def test_it_says_who_invites_to_what_and_until_when(session, make, centre, invited):
    seen = invitation.look(session, secret_of(invited), NOW)
    assert (seen.organisation.slug, seen.organisation.kind, seen.role, seen.first) == (
        "centre", "support_centre", "caseworker", False,
    )  # fmt: skip
    assert seen.portal_id == make.portal().portal_id
    assert seen.expires_at == NOW + timedelta(hours=72)


def test_it_ends_after_72_hours_when_taken_back_and_when_the_inviter_leaves(session, centre, lead, invited):
    almost = NOW + timedelta(hours=72) - timedelta(seconds=1)
    assert invitation.look(session, secret_of(invited), almost).role == "caseworker"
    with pytest.raises(NotFound):
        invitation.look(session, secret_of(invited), NOW + timedelta(hours=72))
    (pending,) = invitation.pending(session, centre.organisation_id, NOW)
    assert (pending.role, pending.invited_by) == ("caseworker", "centre-lead")
    invitation.withdraw(session, lead, pending.invitation_id, NOW)
    with pytest.raises(NotFound):
        invitation.look(session, secret_of(invited), NOW)
    with pytest.raises(NotFound):
        invitation.withdraw(session, lead, pending.invitation_id, NOW)
    other = invitation.invite_colleague(session, lead, "viewer", NOW)
    caseworker.leave(session, "centre-lead", NOW)
    with pytest.raises(NotFound):
        invitation.look(session, secret_of(other), NOW)


def test_only_a_lead_invites_and_takes_back_and_only_for_the_own_organisation(session, make, lead, worker, invited):
    for refused in (
        lambda: invitation.invite_colleague(session, worker, "viewer", NOW),
        lambda: invitation.withdraw(session, worker, bytes(32), NOW),
        lambda: invitation.invite_colleague(session, lead, "operator", NOW),
    ):
        with pytest.raises(NotAllowed):
            refused()
    session.rollback()
    other = make.signed_in(make.organisation("other"), "lead")
    hashed = session.scalars(select(Invitation.invitation_hash)).one()
    session.rollback()
    with pytest.raises(NotFound):
        invitation.withdraw(session, other, hashed, NOW)


def test_not_more_than_fifty_are_open(session, lead, monkeypatch):
    monkeypatch.setattr(invitation, "OPEN_MOST", 2)
    for _number in range(2):
        invitation.invite_colleague(session, lead, "viewer", NOW)
    with pytest.raises(TransitionRefused):
        invitation.invite_colleague(session, lead, "viewer", NOW)
    session.rollback()
    assert invitation.invite_colleague(session, lead, "viewer", NOW + timedelta(hours=72))


def test_whoever_joins_waits_and_is_answered_alike_when_the_answer_was_lost(session, centre, invited):
    asked = parse_joining(inviting.body(inviting.joining(invited)))
    first = joining.join(session, asked, NOW)
    assert first.leads == ("centre-lead",)
    assert joining.join(session, asked, NOW + timedelta(days=9)) == first
    other = parse_joining(inviting.body(inviting.joining(invited, "another")))
    with pytest.raises(NotFound):
        joining.join(session, other, NOW)
    assert logged(session) == [("invited", "caseworker"), ("joined", "caseworker")]


def test_those_whose_time_was_over_a_month_ago_are_forgotten_used_or_not(session, lead, invited):
    used = invitation.invite_colleague(session, lead, "viewer", NOW)
    joining.join(session, parse_joining(inviting.body(inviting.joining(used))), NOW)
    later = invitation.invite_colleague(session, lead, "viewer", NOW + timedelta(days=1))
    over = NOW + timedelta(hours=72) + timedelta(days=30)
    session.rollback()
    purge.purge(session, over, clock_is_right=True)
    assert session.query(Invitation).count() == 3
    session.rollback()
    purge.purge(session, over + timedelta(hours=1), clock_is_right=True)
    (left,) = session.scalars(select(Invitation)).all()
    assert left.expires_at == NOW + timedelta(days=4)
    session.rollback()
    for gone in (invited, used, later):
        with pytest.raises(NotFound):
            invitation.look(session, secret_of(gone), over)
    assert first_day.of(session, lead).colleagues
