"""Proofs that are fresh, steps that end, sessions and passphrases; and what keeps guesses slow."""

import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.domain.casework import SignIn
from app.domain.signing_in import ByPassphrase, Passphrase, Signed
from app.errors import (
    FormatError,
    NotConfirmed,
    NotFound,
    SecondFactorRefused,
    SessionEnded,
    SignInDelayed,
    SignInRefused,
    StepOver,
)
from app.models import PendingStep
from app.services import account, authenticator, caseworker, one_time_code, passkey, passphrase, purge, second_factor
from app.services import session as staff_session
from app.services import sign_in as signing_in
from tests.making import NOW, logged
from tests.services.second_steps import HERE, add_authenticator, add_passkey, key_of, pending_of, second


@pytest.fixture
def made(make):
    return make.organisation()


@pytest.fixture
def person(made):
    return made.people["caseworker"]


@pytest.fixture
def signed_in(make, made):
    return make.signed_in(made)


def test_a_code_is_its_owners_alone(session, make, made, signed_in):
    codes = one_time_code.make_anew(session, signed_in, NOW)
    one_time_code.make_anew(session, make.signed_in(made, "lead"), NOW)
    with pytest.raises(SecondFactorRefused):
        second(session, pending_of(session, made.people["lead"]), "code", codes[0])


def test_failures_of_the_second_step_delay_the_account(session, person, signed_in):
    codes = one_time_code.make_anew(session, signed_in, NOW)
    pending = pending_of(session, person)
    for _ in range(3):
        with pytest.raises(SecondFactorRefused):
            second(session, pending, "code", "0" * 20)
    with pytest.raises(SignInDelayed):
        second(session, pending, "code", codes[0])
    with pytest.raises(SignInDelayed):
        signing_in.sign_in(session, key_of(person), NOW, HERE)
    soon = NOW + timedelta(seconds=1)
    assert second(session, pending, "code", codes[0], now=soon)


def test_a_step_ends_after_five_tries_and_after_five_minutes(session, person, signed_in):
    codes = one_time_code.make_anew(session, signed_in, NOW)
    pending, now = pending_of(session, person), NOW
    for _ in range(5):
        now += timedelta(seconds=10)
        with pytest.raises(SecondFactorRefused):
            second(session, pending, "code", "0" * 20, now=now)
    with pytest.raises(StepOver):
        second(session, pending, "code", codes[0], now=now + timedelta(seconds=30))
    old = pending_of(session, person, now=now + timedelta(minutes=1))
    with pytest.raises(StepOver):
        second(session, old, "code", codes[0], now=now + timedelta(minutes=6))
    session.rollback()
    purge.purge(session, now + timedelta(minutes=10))
    assert session.scalars(select(PendingStep)).all() == []


def test_who_left_meanwhile_does_not_get_in(session, person, signed_in):
    codes = one_time_code.make_anew(session, signed_in, NOW)
    pending = pending_of(session, person)
    caseworker.leave(session, person.login, NOW)
    with pytest.raises(StepOver):
        second(session, pending, "code", codes[0])


def test_keys_change_only_after_a_fresh_proof(session, person, signed_in):
    cookie, _fresh = staff_session.start(session, person.caseworker_id, NOW)
    session.commit()
    again = NOW + timedelta(minutes=10)
    old = staff_session.find(session, cookie, again)
    for change in (
        lambda: passkey.begin_adding(session, old, "Onestop", HERE, again),
        lambda: authenticator.begin(session, old, "Onestop", HERE, again),
        lambda: one_time_code.make_anew(session, old, again),
        lambda: account.end_session(session, old, bytes(16), again),
        lambda: account.end_others(session, old, again),
        lambda: passphrase.change(session, old, Passphrase(bytes(32), 1, bytes(60)), again),
    ):
        with pytest.raises(NotConfirmed):
            change()
    session.rollback()
    with pytest.raises(SignInRefused):
        signing_in.confirm(session, old, ByPassphrase(secrets.token_bytes(32), 1), again, HERE)
    assert signing_in.confirm(session, old, ByPassphrase(person.sign_in, 1), again, HERE) is None
    staff_session.must_be_confirmed(staff_session.find(session, cookie, again), again)


def test_a_passkey_of_ones_own_confirms_and_nobody_elses(session, made, make, signed_in):
    wrapped = secrets.token_bytes(60)
    soft = add_passkey(session, signed_in, wrapped_seed=wrapped)
    lead = make.signed_in(made, "lead")
    with pytest.raises(NotFound):
        signing_in.begin_confirming(session, lead, NOW, HERE)
    other = add_passkey(session, lead)
    asked = signing_in.begin_confirming(session, signed_in, NOW, HERE)
    with pytest.raises(SignInRefused):
        signing_in.confirm(session, signed_in, Signed(asked.pending, other.signed(asked.passkey.challenge)), NOW, HERE)
    asked = signing_in.begin_confirming(session, signed_in, NOW, HERE)
    signed = Signed(asked.pending, soft.signed(asked.passkey.challenge))
    assert signing_in.confirm(session, signed_in, signed, NOW, HERE) == wrapped
    with pytest.raises(StepOver):
        signing_in.confirm(session, signed_in, signed, NOW, HERE)


def test_a_new_passphrase_ends_other_sessions_and_the_old_one(session, person, signed_in):
    cookie, here = staff_session.start(session, person.caseworker_id, NOW)
    session.commit()
    new = Passphrase(secrets.token_bytes(32), 1, secrets.token_bytes(60))
    passphrase.change(session, here, new, NOW)
    assert staff_session.find(session, cookie, NOW).login == person.login
    assert len(account.standing(session, here, NOW).sessions) == 1
    session.rollback()
    with pytest.raises(SignInRefused):
        signing_in.sign_in(session, key_of(person), NOW, HERE)
    assert signing_in.sign_in(session, SignIn(person.login, new.sign_in, 1), NOW, HERE)
    for unknown in (0, 2, 255):
        with pytest.raises(FormatError):
            passphrase.change(session, here, Passphrase(bytes(32), unknown, bytes(60)), NOW)


def test_ones_own_sessions_are_listed_and_ended_one_by_one(session, person, signed_in, make, made):
    cookie, _here = staff_session.start(session, person.caseworker_id, NOW, device="phone", factor="totp")
    session.commit()
    listed = account.standing(session, signed_in, NOW).sessions
    there = next(one for one in listed if not one.here)
    assert (len(listed), there.device, there.factor) == (2, "phone", "totp")
    session.rollback()
    with pytest.raises(NotFound):
        account.end_session(session, make.signed_in(made, "lead"), there.session_id, NOW)
    account.end_session(session, signed_in, there.session_id, NOW)
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, NOW)


def test_all_other_sessions_of_ones_own_end_at_once_and_nobody_elses(session, make, made, person):
    make.signed_in(made)
    lead, _lead = staff_session.start(session, made.people["lead"].caseworker_id, NOW)
    other, _there = staff_session.start(session, person.caseworker_id, NOW)
    cookie, here = staff_session.start(session, person.caseworker_id, NOW)
    session.commit()
    account.end_others(session, here, NOW)
    with pytest.raises(SessionEnded):
        staff_session.find(session, other, NOW)
    assert [one.here for one in account.standing(session, here, NOW).sessions] == [True]
    session.rollback()
    for kept in (cookie, lead):
        assert staff_session.find(session, kept, NOW)
    assert logged(session) == [("session_ended", "all_others")]


def test_signing_out_asks_for_no_fresh_proof(session, person):
    cookie, _fresh = staff_session.start(session, person.caseworker_id, NOW)
    session.commit()
    later = NOW + timedelta(minutes=20)
    staff_session.end(session, staff_session.find(session, cookie, later), later)
    with pytest.raises(SessionEnded):
        staff_session.find(session, cookie, later)


def test_a_lead_lets_somebody_in_again_who_lost_every_factor(session, make, made, person, signed_in):
    add_passkey(session, signed_in)
    add_authenticator(session, signed_in)
    one_time_code.make_anew(session, signed_in, NOW)
    elsewhere = make.signed_in(make.organisation("other"), "lead")
    with pytest.raises(NotFound):
        second_factor.clear(session, elsewhere, person.kid, NOW)
    second_factor.clear(session, make.signed_in(made, "lead"), person.kid, NOW)
    assert isinstance(signing_in.sign_in(session, key_of(person), NOW, HERE), signing_in.Started)


def test_while_many_accounts_are_tried_each_waits_from_its_first_failure(session, person):
    for number in range(20):
        with pytest.raises(SignInRefused):
            signing_in.sign_in(session, SignIn(f"nobody{number}", bytes(32), 1), NOW, HERE)
    with pytest.raises(SignInRefused):
        signing_in.sign_in(session, SignIn(person.login, bytes(32), 1), NOW, HERE)
    with pytest.raises(SignInDelayed):
        signing_in.sign_in(session, key_of(person), NOW, HERE)
    assert signing_in.sign_in(session, key_of(person), NOW + timedelta(seconds=1), HERE)
