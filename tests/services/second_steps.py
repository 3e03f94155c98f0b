"""Signing in with second factors, for tests of services."""

import pyotp

from app.domain.casework import SignIn
from app.domain.signing_in import Second, TypedCode
from app.services import authenticator, passkey
from app.services import sign_in as signing_in
from app.services.arrival import Arrival
from tests.making import NOW
from tests.soft_passkey import SoftPasskey

HERE = Arrival("localhost", ("http://localhost",), "computer", b"a secret of the portal")
ONION = Arrival("abcdef.onion", ("http://abcdef.onion",), "tor", b"a secret of the portal")


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
