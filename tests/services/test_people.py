"""The people of an organisation: who is listed how, and leaving."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.crypto import recipient_key
from app.domain import casework
from app.errors import AccessEnded, LastLead, NotAllowed, NotConfirmed, NotFound
from app.models import Caseworker, Referral
from app.services import access_log, claim, disposition, people, queue
from app.services import session as staff_session
from tests.making import NOW, logged, record_of


@pytest.fixture
def made(make):
    made = make.organisation(roles=("lead", "caseworker", "auditor"))
    make.organisation("elsewhere")
    return made


def test_members_those_who_wait_and_those_who_left(make, session, made):
    lead = make.signed_in(made, "lead")
    waits = make.person(made, "a-newcomer", "viewer")
    session.get(Caseworker, waits.caseworker_id).role = "waiting"
    session.commit()
    people.leave(session, lead, made.people["caseworker"].kid, NOW)
    found = people.standing(session, lead)
    assert [(one.login, one.state) for one in found.people] == [
        ("a-newcomer", "waits"), ("centre-auditor", "member"), ("centre-lead", "member"), ("centre-caseworker", "left"),
    ]  # fmt: skip
    assert found.gone == ("centre-caseworker",)
    assert (found.ring.seq, found.kit_needed) == (1, True)
    for one in found.people:
        assert one.fingerprint == recipient_key.fingerprint(one.public_key)


def test_leaving_ends_every_session_at_once(make, session, made):
    cookie, _signed_in = staff_session.start(session, made.people["caseworker"].caseworker_id, NOW)
    session.commit()
    lead = make.signed_in(made, "lead")
    for _again in range(2):
        people.leave(session, lead, made.people["caseworker"].kid, NOW)
    with pytest.raises(AccessEnded):
        staff_session.find(session, cookie, NOW)
    assert logged(session) == [("left", "caseworker")]


def test_what_somebody_had_taken_on_waits_for_nobody_who_is_gone(make, session, made):
    leaver, lead = make.signed_in(made), make.signed_in(made, "lead")
    other = make.person(made, "another", "caseworker")
    made.people["another"] = other
    for _letter in range(4):
        make.report(made)
    ids = session.scalars(select(Referral.referral_id).order_by(Referral.referral_id)).all()
    session.rollback()
    for one in ids[:3]:
        claim.claim(session, leaver, one, 1, NOW)
    disposition.change_state(session, leaver, ids[1], casework.StateChange(2, "in_support", None), NOW)
    disposition.change_state(session, leaver, ids[2], casework.StateChange(2, "closed", None, record_of(made)), NOW)
    claim.claim(session, make.signed_in(made, "another"), ids[3], 1, NOW)
    people.leave(session, lead, leaver.kid, NOW)
    standing = {one: queue.row(session, lead, one, NOW) for one in ids}
    assert [(standing[one].state, standing[one].assignee, standing[one].version) for one in ids] == [
        ("received", None, 3), ("in_support", None, 4), ("closed", None, 4), ("assigned", "another", 2),
    ]  # fmt: skip
    assert logged(session)[-4:] == [("released", "")] * 3 + [("left", "caseworker")]
    history = access_log.history(session, lead, ids[1])
    assert (history[-1].by, history[-1].action) == ("centre-lead", "released")


def test_who_waits_is_turned_away_without_new_keys(make, session, made):
    waits = make.person(made, "a-newcomer", "viewer")
    session.get(Caseworker, waits.caseworker_id).role = "waiting"
    session.commit()
    lead = make.signed_in(made, "lead")
    people.leave(session, lead, waits.kid, NOW)
    assert people.standing(session, lead).gone == ()
    assert logged(session) == [("left", "turned_away")]


def test_an_auditor_leaves_without_new_keys(make, session, make_auditor_copyless):
    made, lead = make_auditor_copyless
    people.leave(session, lead, made.people["auditor"].kid, NOW)
    assert people.standing(session, lead).gone == ()


@pytest.fixture
def make_auditor_copyless(make):
    made = make.organisation("small", roles=("lead",))
    made.people["auditor"] = make.person(made, "small-auditor", "auditor")
    return made, make.signed_in(made, "lead")


def test_who_may_not_end_anybodys_access(make, session, made):
    kid = made.people["auditor"].kid
    with pytest.raises(NotAllowed):
        people.leave(session, make.signed_in(made, "caseworker"), kid, NOW)
    with pytest.raises(NotConfirmed):
        people.leave(session, make.signed_in(made, "lead"), kid, NOW + timedelta(minutes=11))
    with pytest.raises(NotAllowed):
        people.standing(session, make.signed_in(made, "auditor"))


def test_nobody_of_another_organisation_and_nobody_unknown(make, session, made):
    other = make.organisation("third").people["caseworker"].kid
    for kid in (other, secrets.token_bytes(16)):
        with pytest.raises(NotFound):
            people.leave(session, make.signed_in(made, "lead"), kid, NOW)
        session.rollback()


def test_the_only_lead_cannot_leave(make, session, made):
    with pytest.raises(LastLead):
        people.leave(session, make.signed_in(made, "lead"), made.people["lead"].kid, NOW)
