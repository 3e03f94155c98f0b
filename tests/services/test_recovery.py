"""Recovery: only who holds the key gets the sealed ring; then everything changes at once, in the same chain."""

import secrets
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.crypto import recipient_key
from app.crypto.caseworker_key import sign_in_hash
from app.crypto.epoch_chain import entry_message
from app.crypto.opening import open_recovery_proof
from app.crypto.signing import sign, signing_key_of
from app.domain.new_keys import Account, NewKeys
from app.domain.recovery import Ending, Proof
from app.errors import FormatError, LoginTaken, NotAllowed, NotFound, SessionEnded, StepOver, VersionConflict
from app.models import Caseworker, Epoch, Invitation, Keyring, KeyringCopy, StaffSession
from app.services import invitation, keyring, organisation, portal, recovery
from app.services import session as staff_session
from tests.making import NOW, logged

RING = 4096 + 1136


@pytest.fixture
def paper(session, make, centre):
    """A recovery key whose words are on paper, and the ring that was sealed to it."""
    pair = recipient_key.generate()
    person = centre.people["lead"]
    keyring.store_ring(
        session, centre.organisation_id, seq=2, copies={person.kid: bytes(RING)}, recovery=(pair.kid, b"r" * RING),
        now=NOW, recovery_key=pair.public_key,
    )  # fmt: skip
    return pair


def proof_of(session, centre, paper, now=NOW):
    begun = recovery.begin(session, centre.slug, now)
    secret = open_recovery_proof(paper.seed, begun.portal_id, begun.slug, begun.seq, begun.challenge)
    return Proof(begun.pending, secret)


def ending(session, centre, paper, now=NOW, **changes):
    keys, lead, kit = (recipient_key.generate() for _number in range(3))
    seed = secrets.token_bytes(32)
    place = session.scalar(select(func.count()).select_from(Epoch)) or 0
    portal_id, signing_key = portal.current(session).portal_id, signing_key_of(seed)
    signature = sign(centre.signing_seeds[-1], entry_message(portal_id, centre.slug, place, signing_key, keys.kid))
    session.rollback()
    made = NewKeys(
        public_key=keys.public_key, signing_key=signing_key, signature=signature, seq=3, copy_kid=lead.kid,
        copy=bytes(RING), recovery_kid=kit.kid, recovery_key=kit.public_key, recovery_copy=b"n" * RING,
    )  # fmt: skip
    account = Account("found.again", lead.public_key, 1, secrets.token_bytes(32), bytes(60))
    return Ending(proof_of(session, centre, paper, now), account, replace(made, **changes))


def test_the_ring_is_handed_to_who_opens_the_challenge_and_once(session, centre, paper):
    begun = recovery.begin(session, centre.slug, NOW)
    assert (begun.seq, begun.recovery_kid) == (2, paper.kid)
    with pytest.raises(FormatError):
        open_recovery_proof(recipient_key.generate().seed, begun.portal_id, begun.slug, begun.seq, begun.challenge)
    proof = proof_of(session, centre, paper)
    assert recovery.open_copy(session, proof, NOW) == recovery.Copy(2, b"r" * RING)
    for wrong in (proof, Proof(begun.pending, bytes(32)), Proof(bytes(32), proof.proof)):
        with pytest.raises(StepOver):
            recovery.open_copy(session, wrong, NOW)
        session.rollback()
    late = proof_of(session, centre, paper)
    with pytest.raises(StepOver):
        recovery.open_copy(session, late, NOW + timedelta(minutes=5))


def test_a_proof_may_be_tried_five_times(session, centre, paper):
    proof = proof_of(session, centre, paper)
    for _try in range(5):
        with pytest.raises(StepOver):
            recovery.open_copy(session, Proof(proof.pending, bytes(32)), NOW)
    with pytest.raises(StepOver):
        recovery.open_copy(session, proof, NOW)


def test_nothing_is_said_of_who_is_not_there_or_has_no_such_key(session, make, centre):
    for slug in ("nobody", centre.slug):  # this ring is from before recovery keys were kept
        with pytest.raises(NotFound):
            recovery.begin(session, slug, NOW)
        session.rollback()


def test_everything_changes_at_once_in_the_same_chain(session, make, centre, paper):
    before = organisation.directory(session).organisations[0]
    session.rollback()
    cookie, signed_in = staff_session.start(session, centre.people["caseworker"].caseworker_id, NOW)
    session.commit()
    invitation.invite(session, centre.organisation_id, "caseworker", signed_in.caseworker_id, NOW)
    session.commit()
    asked = ending(session, centre, paper)
    done = recovery.end(session, asked, NOW)
    assert done == recovery.Recovered("found.again", centre.slug, recipient_key.kid_of(asked.keys.public_key))
    after = organisation.directory(session).organisations[0]
    assert (after.kid, after.fingerprint, len(after.chain)) == (done.kid, before.fingerprint, len(before.chain) + 1)
    people = dict(session.execute(select(Caseworker.login, Caseworker.role)).all())
    assert people.pop("found.again") == "lead"
    assert set(people.values()) == {"waiting"}
    asked_roles = set(session.scalars(select(Caseworker.role_asked).where(Caseworker.role == "waiting")))
    assert asked_roles == {"lead", "caseworker", "viewer"}
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, NOW)
    assert session.scalar(select(func.count()).select_from(StaffSession)) == 0
    assert session.scalar(select(Invitation.withdrawn_at)) is not None
    copies = session.execute(select(KeyringCopy.kid, KeyringCopy.purpose).where(KeyringCopy.seq == 3)).all()
    assert set(copies) == {(asked.keys.copy_kid, "keyring"), (asked.keys.recovery_kid, "recovery")}
    assert logged(session)[-1] == ("recovered", "")


def test_the_same_again_is_answered_as_the_first_time_and_changes_nothing(session, centre, paper):
    asked = ending(session, centre, paper)
    first = recovery.end(session, asked, NOW)
    entries = logged(session)
    assert recovery.end(session, replace(asked, proof=Proof(bytes(32), bytes(32))), NOW) == first
    assert logged(session) == entries
    other = replace(asked, lead=replace(asked.lead, sign_in=bytes(32)))
    with pytest.raises(StepOver):
        recovery.end(session, other, NOW)


@pytest.mark.parametrize("wrong", ["proof", "login", "seq", "signature", "words", "copy", "parameter_set"])
def test_what_does_not_hold_changes_nothing(session, centre, paper, wrong):
    asked = ending(session, centre, paper)
    asked, error = {
        "proof": (replace(asked, proof=replace(asked.proof, proof=bytes(32))), StepOver),
        "login": (replace(asked, lead=replace(asked.lead, login=centre.people["lead"].login)), LoginTaken),
        "seq": (replace(asked, keys=replace(asked.keys, seq=4)), VersionConflict),
        "signature": (replace(asked, keys=replace(asked.keys, signature=bytes(64))), FormatError),
        "words": (
            replace(asked, keys=replace(asked.keys, recovery_key=paper.public_key, recovery_kid=paper.kid)),
            FormatError,
        ),
        "copy": (replace(asked, keys=replace(asked.keys, copy_kid=bytes(16))), FormatError),
        "parameter_set": (replace(asked, lead=replace(asked.lead, parameter_set=9)), FormatError),
    }[wrong]
    with pytest.raises(error):
        recovery.end(session, asked, NOW)
    session.rollback()
    assert session.scalar(select(func.max(Keyring.seq))) == 2
    assert session.scalar(select(func.count()).select_from(Epoch)) == 1
    assert set(session.scalars(select(Caseworker.role))) == {"lead", "caseworker", "viewer"}
    assert "recovered" not in [action for action, _detail in logged(session)]


def test_everybody_is_told_until_a_lead_knows_and_for_a_week_at_least(session, make, centre, paper):
    asked = ending(session, centre, paper)
    recovery.end(session, asked, NOW)
    lead_id = session.scalar(select(Caseworker.caseworker_id).where(Caseworker.login == "found.again"))
    worker_id = centre.people["caseworker"].caseworker_id

    def told(caseworker_id, now):
        signed_in = staff_session.start(session, caseworker_id, now)[1]
        session.commit()
        return signed_in.recovered_on is not None

    assert told(lead_id, NOW)
    assert told(worker_id, NOW + timedelta(days=400))
    waiting = staff_session.start(session, worker_id, NOW)[1]
    with pytest.raises(NotAllowed):
        recovery.acknowledge(session, waiting, NOW)
    session.rollback()
    lead = staff_session.start(session, lead_id, NOW)[1]
    recovery.acknowledge(session, lead, NOW)
    assert logged(session)[-1] == ("recovery_seen", "")
    assert told(worker_id, NOW + timedelta(days=6))
    assert not told(worker_id, NOW + timedelta(days=7))


def test_the_new_lead_signs_in_with_what_was_chosen(session, centre, paper):
    asked = ending(session, centre, paper)
    recovery.end(session, asked, NOW)
    kept = session.scalar(select(Caseworker.sign_in_hash).where(Caseworker.login == "found.again"))
    assert kept == sign_in_hash(asked.lead.sign_in)
