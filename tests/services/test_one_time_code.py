"""Codes on paper: each good once, kept stretched, and those of an earlier release too."""

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from sqlalchemy import select

from app.crypto.encoding import context, sha256
from app.errors import SecondFactorRefused
from app.models import OneTimeCode
from app.services import account, one_time_code, purge
from tests.making import NOW, logged
from tests.services.second_steps import pending_of, second


@pytest.fixture
def made(make):
    return make.organisation()


@pytest.fixture
def person(made):
    return made.people["caseworker"]


@pytest.fixture
def signed_in(make, made):
    return make.signed_in(made)


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


def test_codes_are_kept_stretched_with_a_salt_for_each_paper(session, make, made, signed_in):
    codes = one_time_code.make_anew(session, signed_in, NOW)
    one_time_code.make_anew(session, make.signed_in(made, "lead"), NOW)
    rows = session.execute(select(OneTimeCode.caseworker_id, OneTimeCode.code_hash, OneTimeCode.salt)).all()
    salts = {caseworker_id: salt for caseworker_id, _hash, salt in rows}
    assert len({salt for _whose, _hash, salt in rows}) == len(salts) == 2
    assert {len(salt) for salt in salts.values()} == {16}
    own = Argon2id(salt=salts[signed_in.caseworker_id], length=32, iterations=3, lanes=1, memory_cost=12 * 1024)
    plain = sha256(context(b"one-time-code", signed_in.caseworker_id, codes[0].encode()))
    assert own.derive(plain) in {code_hash for _whose, code_hash, _salt in rows}


def test_codes_of_an_earlier_release_are_good_before_and_after_a_tick_stretches_them(session, person, signed_in):
    codes = ["1" * 20, "2" * 20, "3" * 20]
    whose = signed_in.caseworker_id
    plain = {code: sha256(context(b"one-time-code", whose, code.encode())) for code in codes}
    for code_hash in plain.values():
        session.add(OneTimeCode(code_hash=code_hash, caseworker_id=whose, created_at=NOW))
    session.commit()
    assert second(session, pending_of(session, person), "code", codes[0])
    purge.purge(session, NOW)
    rows = session.execute(select(OneTimeCode.code_hash, OneTimeCode.salt)).all()
    assert not {code_hash for code_hash, _salt in rows} & set(plain.values())
    assert len({salt for _hash, salt in rows}) == 1
    session.rollback()
    assert second(session, pending_of(session, person), "code", codes[1])
    with pytest.raises(SecondFactorRefused):
        second(session, pending_of(session, person), "code", codes[0])
    assert logged(session)[-1] == ("sign_in_failed", "code used")
