"""Second factors: passkeys, authenticators, codes on paper; each refused where it is wrong, used, or of elsewhere."""

import secrets
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select

from app.domain.casework import SignIn
from app.domain.signing_in import ByPassphrase, Passphrase, Second, Signed, TypedCode
from app.errors import (
    FormatError,
    NotConfirmed,
    NotFound,
    PasskeyRefused,
    SecondFactorRefused,
    SessionEnded,
    SignInDelayed,
    SignInRefused,
    StepOver,
)
from app.models import OneTimeCode, Passkey, PendingStep
from app.services import account, authenticator, caseworker, one_time_code, passkey, passphrase, purge, second_factor
from app.services import session as staff_session
from app.services import sign_in as signing_in
from app.services.arrival import Arrival
from tests.making import NOW, logged
from tests.soft_passkey import PRESENT, SoftPasskey

HERE = Arrival("localhost", ("http://localhost",), "computer", b"a secret of the portal")
ONION = Arrival("abcdef.onion", ("http://abcdef.onion",), "tor", b"a secret of the portal")
LATER = NOW + timedelta(minutes=11)


@pytest.fixture
def made(make):
    return make.organisation()


@pytest.fixture
def person(made):
    return made.people["caseworker"]


@pytest.fixture
def signed_in(make, made):
    return make.signed_in(made)


def key_of(person):
    return SignIn(person.login, person.sign_in, 1)


def add_passkey(session, signed_in, soft=None, wrapped_seed=None):
    soft = soft or SoftPasskey()
    begun = passkey.begin_adding(session, signed_in, "Onestop", HERE, NOW)
    passkey.add(
        session, signed_in, soft.made(begun.passkey.challenge, begun.pending, wrapped_seed=wrapped_seed), HERE, NOW
    )
    return soft


def add_authenticator(session, signed_in):
    begun = authenticator.begin(session, signed_in, "원스톱", HERE, NOW)
    app = pyotp.TOTP(begun.secret)
    authenticator.finish(session, signed_in, TypedCode(begun.pending, app.at(NOW)), HERE, NOW)
    return app


def pending_of(session, person, arrival=HERE, now=NOW):
    found = signing_in.sign_in(session, key_of(person), now, arrival)
    assert isinstance(found, signing_in.Pending)
    return found


def second(session, pending, factor, given, arrival=HERE, now=NOW):
    by_passkey = factor == "passkey"
    asked = Second(pending.pending, factor, "" if by_passkey else given, given if by_passkey else None)
    return signing_in.second(session, asked, now, arrival)


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


def test_each_of_ten_codes_is_good_once_and_new_ones_replace_them(session, person, signed_in):
    codes = one_time_code.make_anew(session, signed_in, NOW)
    assert (len(set(codes)), {len(code) for code in codes}) == (10, {20})
    assert not any(code.encode() in row.code_hash for row in session.scalars(select(OneTimeCode)) for code in codes)
    assert pending_of(session, person).factors == ("code",)
    assert second(session, pending_of(session, person), "code", codes[0])
    with pytest.raises(SecondFactorRefused):
        second(session, pending_of(session, person), "code", codes[0])
    assert logged(session)[-1] == ("sign_in_failed", "code used")
    assert account.standing(session, signed_in, NOW).codes_left == 9
    session.rollback()
    one_time_code.make_anew(session, signed_in, NOW)
    with pytest.raises(SecondFactorRefused):
        second(session, pending_of(session, person), "code", codes[1])


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
