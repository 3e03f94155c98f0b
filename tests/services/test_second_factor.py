"""Second factors: passkeys and authenticators; each refused where it is wrong, used, or of elsewhere."""

import secrets
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from app.domain.signing_in import Signed, TypedCode
from app.errors import (
    NotFound,
    PasskeyRefused,
    SecondFactorRefused,
    SignInRefused,
    StepOver,
)
from app.models import Passkey
from app.services import account, authenticator, passkey
from app.services import session as staff_session
from app.services import sign_in as signing_in
from app.services.arrival import Arrival
from tests.making import NOW, logged
from tests.services.second_steps import HERE, ONION, add_authenticator, add_passkey, pending_of, second
from tests.soft_passkey import PRESENT, SoftPasskey


@pytest.fixture
def made(make):
    return make.organisation()


@pytest.fixture
def person(made):
    return made.people["caseworker"]


@pytest.fixture
def signed_in(make, made):
    return make.signed_in(made)


def test_a_passkey_is_asked_for_and_begins_the_session(session, person, signed_in):
    soft = add_passkey(session, signed_in)
    pending = pending_of(session, person)
    assert (pending.factors, pending.elsewhere) == (("passkey",), ())
    assert (pending.passkey.rp_id, pending.passkey.allow) == ("localhost", (soft.credential_id,))
    started = second(session, pending, "passkey", soft.signed(pending.passkey.challenge, PRESENT))
    assert staff_session.find(session, started.cookie, NOW).login == person.login
    (_own, mine) = sorted(account.standing(session, started.signed_in, NOW).sessions, key=lambda one: one.here)
    assert (mine.factor, mine.device, mine.here) == ("passkey", "computer", True)
    assert logged(session)[-2:] == [("passkey_added", ""), ("signed_in", "passkey")]
    with pytest.raises(StepOver):
        second(session, pending, "passkey", soft.signed(pending.passkey.challenge))


def test_what_a_passkey_signed_elsewhere_or_before_is_refused(session, person, signed_in):
    soft = add_passkey(session, signed_in)
    wrong = [
        lambda _challenge: soft.signed(secrets.token_bytes(32)),
        lambda challenge: SoftPasskey().signed(challenge),
        lambda challenge: soft.signed(challenge, 0),
    ]
    for make_wrong in wrong:
        pending = pending_of(session, person)
        with pytest.raises(SecondFactorRefused):
            second(session, pending, "passkey", make_wrong(pending.passkey.challenge))
    soft.origin = "https://elsewhere.example"
    pending = pending_of(session, person, now=NOW + timedelta(seconds=10))
    with pytest.raises(SecondFactorRefused):
        second(session, pending, "passkey", soft.signed(pending.passkey.challenge), now=NOW + timedelta(seconds=10))
    assert [detail for action, detail in logged(session) if action == "sign_in_failed"] == ["passkey wrong"] * 4


def test_a_passkey_that_counts_backwards_was_copied(session, person, signed_in):
    soft = add_passkey(session, signed_in)
    pending = pending_of(session, person)
    soft.count = 0
    with pytest.raises(SecondFactorRefused):
        second(session, pending, "passkey", soft.signed(pending.passkey.challenge))
    assert logged(session)[-1] == ("sign_in_failed", "passkey copied")


def test_one_that_never_counts_is_taken(session, person, signed_in):
    soft = add_passkey(session, signed_in, SoftPasskey(counts=False))
    for _ in range(2):
        pending = pending_of(session, person)
        assert second(session, pending, "passkey", soft.signed(pending.passkey.challenge))


def test_at_another_host_name_the_passkey_is_not_offered_and_the_passphrase_alone_does_not_do(
    session, person, signed_in
):
    soft = add_passkey(session, signed_in)
    pending = pending_of(session, person, ONION)
    assert (pending.factors, pending.elsewhere, pending.passkey) == ((), ("localhost",), None)
    with pytest.raises(SecondFactorRefused):
        second(session, pending, "passkey", soft.signed(b""), ONION)
    app = add_authenticator(session, signed_in)
    later = NOW + timedelta(minutes=1)
    pending = pending_of(session, person, ONION, later)
    assert second(session, pending, "totp", app.at(later), ONION, later).signed_in.login == person.login


def test_a_passkey_alone_signs_in_only_with_what_opens_the_keys_and_a_verified_person(session, person, signed_in):
    wrapped = secrets.token_bytes(60)
    soft = add_passkey(session, signed_in, wrapped_seed=wrapped)
    asked = signing_in.begin_passkey(session, NOW, HERE)
    assert (asked.passkey.allow, asked.passkey.user_verification) == ((), "required")
    signed = Signed(asked.pending, soft.signed(asked.passkey.challenge))
    started = signing_in.by_passkey(session, signed, NOW, HERE)
    assert (started.signed_in.login, started.prf_wrapped) == (person.login, wrapped)
    with pytest.raises(StepOver):
        signing_in.by_passkey(session, signed, NOW, HERE)
    without = add_passkey(session, signed_in)
    for one, flags in ((soft, PRESENT), (without, 5), (SoftPasskey(), 5)):
        asked = signing_in.begin_passkey(session, NOW, HERE)
        with pytest.raises(SignInRefused):
            signing_in.by_passkey(session, Signed(asked.pending, one.signed(asked.passkey.challenge, flags)), NOW, HERE)
    failed = [detail for action, detail in logged(session) if action == "sign_in_failed"]
    assert failed == ["passkey wrong", "passkey without_prf"]
    with pytest.raises(NotFound):
        signing_in.begin_passkey(session, NOW, Arrival())


def test_a_passkey_of_another_portal_is_not_added_and_no_challenge_is_good_twice(session, signed_in, make):
    for soft in (SoftPasskey("elsewhere.example"), SoftPasskey(origin="https://elsewhere.example")):
        begun = passkey.begin_adding(session, signed_in, "Onestop", HERE, NOW)
        with pytest.raises(PasskeyRefused):
            passkey.add(session, signed_in, soft.made(begun.passkey.challenge, begun.pending), HERE, NOW)
    begun = passkey.begin_adding(session, signed_in, "Onestop", HERE, NOW)
    soft = SoftPasskey()
    with pytest.raises(PasskeyRefused):
        passkey.add(session, signed_in, soft.made(secrets.token_bytes(32), begun.pending), HERE, NOW)
    with pytest.raises(StepOver):
        passkey.add(session, signed_in, soft.made(begun.passkey.challenge, begun.pending), HERE, NOW)
    add_passkey(session, signed_in, soft)
    with pytest.raises(PasskeyRefused):
        add_passkey(session, signed_in, soft)
    other = make.signed_in(make.organisation("other"))
    with pytest.raises(PasskeyRefused):
        add_passkey(session, other, soft)
    begun = passkey.begin_adding(session, signed_in, "Onestop", HERE, NOW)
    with pytest.raises(StepOver):
        passkey.add(session, other, SoftPasskey().made(begun.passkey.challenge, begun.pending), HERE, NOW)
    assert len(account.standing(session, signed_in, NOW).passkeys) == 1


def test_a_passkey_is_taken_away_by_its_owner_only(session, signed_in, make):
    add_passkey(session, signed_in)
    (kept,) = account.standing(session, signed_in, NOW).passkeys
    session.rollback()
    with pytest.raises(NotFound):
        passkey.remove(session, make.signed_in(make.organisation("other")), kept.passkey_id, NOW)
    passkey.remove(session, signed_in, kept.passkey_id, NOW)
    assert session.scalars(select(Passkey)).all() == []


def test_a_code_of_the_authenticator_is_good_once_and_one_step_either_way(session, person, signed_in):
    app = add_authenticator(session, signed_in)
    for seconds, late, good in (
        (30, 30, False),
        (300, 30, True),
        (600, -30, True),
        (900, 60, False),
        (1200, -60, False),
    ):
        now = NOW + timedelta(seconds=seconds)
        pending = pending_of(session, person, now=now)
        code = app.at(now - timedelta(seconds=late))
        if good:
            assert second(session, pending, "totp", code, now=now)
        else:
            with pytest.raises(SecondFactorRefused):
                second(session, pending, "totp", code, now=now)


def test_a_replayed_code_is_refused(session, person, signed_in):
    app = add_authenticator(session, signed_in)
    later = NOW + timedelta(minutes=2)
    assert second(session, pending_of(session, person, now=later), "totp", app.at(later), now=later)
    with pytest.raises(SecondFactorRefused):
        second(session, pending_of(session, person, now=later), "totp", app.at(later), now=later)
    assert logged(session)[-1] == ("sign_in_failed", "totp used")


def test_a_stolen_table_yields_no_codes(session, person, signed_in):
    app = add_authenticator(session, signed_in)
    later = NOW + timedelta(minutes=2)
    elsewhere = Arrival("localhost", (), "", b"another secret")
    with pytest.raises(SecondFactorRefused):
        second(session, pending_of(session, person, now=later), "totp", app.at(later), elsewhere, later)


def test_a_wrong_code_sets_no_authenticator_and_may_be_tried_again(session, signed_in):
    begun = authenticator.begin(session, signed_in, "Onestop", HERE, NOW)
    assert begun.address.startswith("otpauth://totp/Onestop:centre-caseworker?secret=")
    right = pyotp.TOTP(begun.secret).at(NOW)
    wrong = str((int(right) + 1) % 10**6).zfill(6)
    for code in (wrong, "", "12345", "abcdef"):
        with pytest.raises(SecondFactorRefused):
            authenticator.finish(session, signed_in, TypedCode(begun.pending, code), HERE, NOW)
    assert account.standing(session, signed_in, NOW).authenticator is False
    session.rollback()
    authenticator.finish(session, signed_in, TypedCode(begun.pending, right), HERE, NOW)
    assert account.standing(session, signed_in, NOW).authenticator is True
    session.rollback()
    authenticator.remove(session, signed_in, NOW)
    assert account.standing(session, signed_in, NOW).authenticator is False
