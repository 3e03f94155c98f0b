"""The next ring: all of it or nothing, for those who are in, with fresh keys where somebody is out."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.crypto import recipient_key, signing
from app.crypto.epoch_chain import entry_message
from app.domain.people import NewEpoch, RecoveryCopy, RingChange
from app.errors import (
    FormatError,
    KeysNeeded,
    KitNeeded,
    LastLead,
    MembersChanged,
    NotAllowed,
    NotConfirmed,
    RingChanged,
)
from app.models import Caseworker, Epoch, StaffSession
from app.services import caseworker, keyring, people, ring
from tests.making import NOW, logged

COPY = 1024 + 1136


@pytest.fixture
def made(make, session):
    """An organisation of two leads, a caseworker and a viewer, whose recovery key is known."""
    made = make.organisation(roles=("lead", "caseworker", "viewer"))
    made.people["other"] = make.person(made, "other-lead", "lead")
    made.recovery = recipient_key.generate()
    kids = [person.kid for person in made.people.values()]
    keyring.store_ring(
        session,
        made.organisation_id,
        seq=2,
        copies={kid: secrets.token_bytes(COPY) for kid in kids},
        recovery=(made.recovery.kid, secrets.token_bytes(COPY)),
        recovery_key=made.recovery.public_key,
        now=NOW,
    )
    return made


def waiting(make, made, role="caseworker"):
    """Somebody who joined."""
    person = make.person(made, f"new-{role}", role)
    row = make.session.get(Caseworker, person.caseworker_id)
    row.role, row.role_asked = "waiting", role
    make.session.commit()
    return person


def roles_of(made, *more, **changed):
    roles = {person.kid: changed.get(name, person.role) for name, person in made.people.items()}
    return {kid: role for kid, role in (roles | dict(more)).items() if role is not None}


def wanted(made, roles, seq=3, epoch=None, recovery=None):
    """The change that a browser would send."""
    pair = recovery or made.recovery
    copies = {kid: secrets.token_bytes(COPY) for kid, role in roles.items() if role != "auditor"}
    return RingChange(seq, copies, RecoveryCopy(pair.kid, pair.public_key, secrets.token_bytes(COPY)), epoch, roles)


def next_epoch(make, made):
    """Keys that the one in force vouches for."""
    keys, seed = recipient_key.generate(), secrets.token_bytes(32)
    signing_key, place = signing.signing_key_of(seed), len(made.signing_seeds)
    message = entry_message(make.portal().portal_id, made.slug, place, signing_key, keys.kid)
    make.session.rollback()
    return NewEpoch(keys.public_key, signing_key, signing.sign(made.signing_seeds[-1], message))


def own(session, make, made, name):
    return keyring.own_keys(session, make.signed_in(made, name)).keyring


def test_somebody_is_let_in(make, session, made):
    new = waiting(make, made)
    lead = make.signed_in(made, "lead")
    change = wanted(made, roles_of(made, (new.kid, "caseworker")))
    assert ring.change(session, lead, change, NOW) == 3
    made.people["new"] = new
    assert own(session, make, made, "new").sealed == change.copies[new.kid]
    assert own(session, make, made, "caseworker").seq == 3
    assert session.get(Caseworker, new.caseworker_id).role == "caseworker"
    assert logged(session)[-1] == ("let_in", "caseworker")
    assert ring.change(session, lead, change, NOW) == 3, "the answer got lost"
    assert logged(session).count(("let_in", "caseworker")) == 1


def test_an_auditor_is_let_in_without_a_copy(make, session, made):
    new = waiting(make, made, "auditor")
    ring.change(session, make.signed_in(made, "lead"), wanted(made, roles_of(made, (new.kid, "auditor"))), NOW)
    made.people["auditor"] = new
    assert own(session, make, made, "auditor") is None
    assert make.signed_in(made, "auditor").may("auditor")
    again = wanted(made, roles_of(made), seq=4)
    assert ring.change(session, make.signed_in(made, "lead"), again, NOW) == 4


def test_of_two_changes_at_once_one_comes_first(make, session, made):
    first, second = (wanted(made, roles_of(made)) for _ in range(2))
    assert ring.change(session, make.signed_in(made, "lead"), first, NOW) == 3
    with pytest.raises(RingChanged) as refused:
        ring.change(session, make.signed_in(made, "other"), second, NOW)
    assert refused.value.version == 3
    session.rollback()
    assert ring.change(session, make.signed_in(made, "other"), replace(second, seq=4), NOW) == 4
    with pytest.raises(RingChanged):
        ring.change(session, make.signed_in(made, "lead"), first, NOW)


def test_only_a_lead_who_was_just_there_changes_a_ring(make, session, made):
    change = wanted(made, roles_of(made))
    with pytest.raises(NotAllowed):
        ring.change(session, make.signed_in(made, "caseworker"), change, NOW)
    with pytest.raises(NotConfirmed):
        ring.change(session, make.signed_in(made, "lead"), change, NOW + timedelta(minutes=11))


def test_nobody_falls_out_or_in_unsaid(make, session, made):
    lead = make.signed_in(made, "lead")
    stranger = recipient_key.generate().kid
    for roles in (roles_of(made, caseworker=None), roles_of(made, (stranger, "viewer"))):
        with pytest.raises(MembersChanged):
            ring.change(session, lead, wanted(made, roles), NOW)
        session.rollback()
    change = wanted(made, roles_of(made))
    short = {kid: sealed for kid, sealed in change.copies.items() if kid != made.people["viewer"].kid}
    for copies in (short, change.copies | {stranger: secrets.token_bytes(COPY)}):
        with pytest.raises(FormatError):
            ring.change(session, lead, replace(change, copies=copies), NOW)
        session.rollback()
    assert own(session, make, made, "lead").seq == 2


def test_somebody_of_another_organisation_is_not_let_in(make, session, made):
    other = make.organisation("elsewhere").people["caseworker"]
    with pytest.raises(MembersChanged):
        ring.change(session, make.signed_in(made, "lead"), wanted(made, roles_of(made, (other.kid, "lead"))), NOW)


def test_who_left_makes_new_keys_due(make, session, made):
    lead = make.signed_in(made, "lead")
    session.commit()
    people.leave(session, lead, made.people["caseworker"].kid, NOW)
    gone = roles_of(made, caseworker=None)
    with pytest.raises(KeysNeeded):
        ring.change(session, lead, wanted(made, gone), NOW)
    session.rollback()
    epoch = next_epoch(make, made)
    assert ring.change(session, lead, wanted(made, gone, epoch=epoch), NOW) == 3
    newest = session.scalars(select(Epoch).order_by(Epoch.place.desc())).first()
    assert newest.kid == recipient_key.kid_of(epoch.public_key)
    assert {one.retired_on is None for one in session.scalars(select(Epoch).where(Epoch.place == 0))} == {False}
    assert logged(session)[-2:] == [("left", "caseworker"), ("keys_changed", "epoch")]
    assert people.standing(session, lead).gone == ()


def test_a_lead_who_left_makes_a_new_kit_due(make, session, made):
    lead = make.signed_in(made, "lead")
    people.leave(session, lead, made.people["other"].kid, NOW)
    assert people.standing(session, lead).kit_needed
    session.rollback()
    gone, epoch, kit = roles_of(made, other=None), next_epoch(make, made), recipient_key.generate()
    with pytest.raises(KitNeeded):
        ring.change(session, lead, wanted(made, gone, epoch=epoch), NOW)
    session.rollback()
    assert ring.change(session, lead, wanted(made, gone, epoch=epoch, recovery=kit), NOW) == 3
    assert keyring.recovery_key_of(session, made.organisation_id) == kit.public_key
    assert not people.standing(session, lead).kit_needed


def test_who_may_open_less_signs_in_anew_under_new_keys(make, session, made):
    lead, lowered = make.signed_in(made, "lead"), make.signed_in(made, "caseworker")
    roles = roles_of(made, caseworker="viewer")
    with pytest.raises(KeysNeeded):
        ring.change(session, lead, wanted(made, roles), NOW)
    session.rollback()
    ring.change(session, lead, wanted(made, roles, epoch=next_epoch(make, made)), NOW)
    assert session.get(StaffSession, lowered.session_hash) is None
    assert session.get(StaffSession, lead.session_hash) is not None
    assert ("role_changed", "viewer") in logged(session)


def test_a_chain_that_does_not_hold_changes_nothing(make, session, made):
    epoch = next_epoch(make, made)
    forged = replace(epoch, signature=secrets.token_bytes(64))
    lead = make.signed_in(made, "lead")
    with pytest.raises(FormatError):
        ring.change(session, lead, wanted(made, roles_of(made), epoch=forged), NOW)
    session.rollback()
    assert own(session, make, made, "lead").seq == 2
    assert session.scalars(select(Epoch.kid)).all() == [made.kid]


def test_a_recovery_kid_that_is_not_the_keys_is_refused(make, session, made):
    change = wanted(made, roles_of(made))
    swapped = replace(change.recovery, public_key=recipient_key.generate().public_key)
    with pytest.raises(FormatError):
        ring.change(session, make.signed_in(made, "lead"), replace(change, recovery=swapped), NOW)


def test_the_last_lead_stays_one(make, session, made):
    lead = make.signed_in(made, "lead")
    people.leave(session, lead, made.people["other"].kid, NOW)
    epoch, kit = next_epoch(make, made), recipient_key.generate()
    demoted = wanted(made, roles_of(made, other=None, lead="caseworker"), epoch=epoch, recovery=kit)
    with pytest.raises(LastLead):
        ring.change(session, lead, demoted, NOW)
    session.rollback()
    with pytest.raises(LastLead):
        people.leave(session, lead, made.people["lead"].kid, NOW)


def test_the_waiting_are_made_by_the_service(make, session, made):
    row = caseworker.create(
        session,
        made.organisation_id,
        login="joined",
        role="viewer",
        public_key=recipient_key.generate().public_key,
        parameter_set=1,
        sign_in_hash=bytes(32),
        wrapped_seed=bytes(60),
        now=NOW,
        waits=True,
    )
    listed = {one.login: one for one in people.standing(session, make.signed_in(made, "lead")).people}
    assert (listed["joined"].state, listed["joined"].role) == ("waits", "viewer")
    assert listed["joined"].fingerprint == recipient_key.fingerprint(row.public_key)
