"""Passkeys (WebAuthn): added, listed, taken away, and what one signed checked. Each is good for one host name only."""

import secrets
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import webauthn
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorAssertionResponse,
    AuthenticatorAttestationResponse,
    RegistrationCredential,
)
from webauthn.registration.verify_registration_response import VerifiedRegistration

from app.crypto.encoding import context, sha256
from app.domain.signing_in import Assertion, NewPasskey
from app.domain.wire import b64u_encode
from app.errors import NotFound, PasskeyRefused, StepOver
from app.models import Passkey, PendingStep
from app.services import access_log, pending_step
from app.services.arrival import Arrival
from app.services.session import must_be_confirmed
from app.services.signed_in import SignedIn

MOST: Final = 20  # of one person
CHALLENGE_LENGTH: Final = 32
ALGORITHMS: Final = (-8, -7, -257)  # EdDSA, ES256, RS256: what the library checks by default, in its order
# What the library lets through of what it stumbles over in bytes that somebody made up.
_MALFORMED: Final = (
    WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, struct.error,
    NotImplementedError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What a passkey is asked to sign: `challenge` 32 bytes, `rp_id` the host name, `allow` credential ids.

    `user_verification`: `required` where the passkey stands alone, `preferred` where it is the second factor.
    """

    challenge: bytes
    rp_id: str
    allow: tuple[bytes, ...]
    user_verification: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new passkey is made from; `user_id` is random to everybody but this portal."""

    challenge: bytes
    rp_id: str
    rp_name: str
    user_id: bytes
    user_name: str
    exclude: tuple[bytes, ...]
    algorithms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A step that was begun: `pending` is brought back with what the passkey made."""

    pending: bytes
    passkey: Wanted


@dataclass(frozen=True, slots=True)
class Kept:
    """One passkey as its owner sees it. `unlocks`: signs in and opens the keys without the passphrase."""

    passkey_id: bytes
    name: str
    host: str
    unlocks: bool
    created_at: datetime
    used_at: datetime | None


def kept(session: Session, caseworker_id: bytes) -> tuple[Kept, ...]:
    """Give a caseworker's passkeys, the oldest first."""
    rows = session.scalars(
        select(Passkey).where(Passkey.caseworker_id == caseworker_id).order_by(Passkey.created_at, Passkey.passkey_id)
    )
    return tuple(
        Kept(row.passkey_id, row.name, row.host, row.wrapped_seed is not None, row.created_at, row.used_at)
        for row in rows
    )


def unlocks(session: Session, caseworker_id: bytes, host: str) -> bool:
    """Say whether a passkey of this host opens the caseworker's keys without the passphrase."""
    own = (Passkey.caseworker_id == caseworker_id) & (Passkey.host == host) & Passkey.wrapped_seed.is_not(None)
    return session.scalar(select(Passkey.passkey_id).where(own).limit(1)) is not None


def asked_of(session: Session, caseworker_id: bytes | None, host: str, *, alone: bool) -> Asked:
    """Ask for a signature with a fresh challenge: of a caseworker's passkeys of this host, or of any there is."""
    allow: tuple[bytes, ...] = ()
    if caseworker_id is not None:
        own = (Passkey.caseworker_id == caseworker_id) & (Passkey.host == host)
        allow = tuple(session.scalars(select(Passkey.credential_id).where(own).order_by(Passkey.created_at)))
    challenge = secrets.token_bytes(CHALLENGE_LENGTH)
    return Asked(challenge, host, allow, "required" if alone else "preferred")


def begin_adding(session: Session, signed_in: SignedIn, portal_name: str, arrival: Arrival, now: datetime) -> Beginning:
    """Begin to add a passkey for the host that was asked. Raises NotConfirmed, NotFound where there can be none."""
    must_be_confirmed(signed_in, now)
    if not arrival.host:
        raise NotFound
    challenge = secrets.token_bytes(CHALLENGE_LENGTH)
    own = (Passkey.caseworker_id == signed_in.caseworker_id) & (Passkey.host == arrival.host)
    exclude = tuple(session.scalars(select(Passkey.credential_id).where(own)))
    pending = pending_step.begin(
        session, "passkey_adding", now, caseworker_id=signed_in.caseworker_id, challenge=challenge, host=arrival.host
    )
    session.commit()
    user_id = sha256(context(b"passkey-user", signed_in.caseworker_id))[:16]
    wanted = Wanted(challenge, arrival.host, portal_name, user_id, signed_in.login, exclude, ALGORITHMS)
    return Beginning(pending, wanted)


def add(session: Session, signed_in: SignedIn, new: NewPasskey, arrival: Arrival, now: datetime) -> None:
    """Keep a passkey's public parts. Raises NotConfirmed, StepOver, or PasskeyRefused."""
    must_be_confirmed(signed_in, now)
    step = pending_step.find(session, new.pending, "passkey_adding", now)
    if step.caseworker_id != signed_in.caseworker_id:
        raise StepOver  # alike for one that is nobody's
    if step.host != arrival.host:
        raise PasskeyRefused
    session.delete(step)
    verified = _made(new, step, arrival)
    if verified is None:
        session.commit()
        raise PasskeyRefused
    same = Passkey.credential_id == verified.credential_id
    taken = session.scalar(select(Passkey.passkey_id).where(same)) is not None
    if taken or verified.credential_id != new.credential_id or len(kept(session, signed_in.caseworker_id)) >= MOST:
        session.commit()
        raise PasskeyRefused
    session.add(
        Passkey(
            passkey_id=secrets.token_bytes(16),
            caseworker_id=signed_in.caseworker_id,
            credential_id=verified.credential_id,
            host=step.host,
            name=new.name,
            public_key=verified.credential_public_key,
            sign_count=verified.sign_count,
            wrapped_seed=new.wrapped_seed,
            created_at=now,
            used_at=None,
        )
    )
    access_log.record(session, signed_in, "passkey_added", now)
    session.commit()


def _made(new: NewPasskey, step: PendingStep, arrival: Arrival) -> VerifiedRegistration | None:
    """Give what a new passkey says of itself; None where it was made for something else, or does not hold."""
    credential = RegistrationCredential(
        id=b64u_encode(new.credential_id),
        raw_id=new.credential_id,
        response=AuthenticatorAttestationResponse(new.client_data, new.attestation),
    )
    try:
        return webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=step.challenge,
            expected_rp_id=step.host,
            expected_origin=list(arrival.origins),
        )
    except _MALFORMED:
        return None


def remove(session: Session, signed_in: SignedIn, passkey_id: bytes, now: datetime) -> None:
    """Take a passkey away: it signs nobody in any more. Raises NotConfirmed, NotFound for one that is not theirs."""
    must_be_confirmed(signed_in, now)
    own = (Passkey.passkey_id == passkey_id) & (Passkey.caseworker_id == signed_in.caseworker_id)
    if session.execute(delete(Passkey).where(own).returning(Passkey.passkey_id)).one_or_none() is None:
        raise NotFound
    access_log.record(session, signed_in, "passkey_removed", now)
    session.commit()


def signer(session: Session, assertion: Assertion, host: str) -> Passkey | None:
    """Give the passkey that an assertion names, locked, if there is one of this host."""
    named = (Passkey.credential_id == assertion.credential_id) & (Passkey.host == host)
    return session.scalars(select(Passkey).where(named).with_for_update()).one_or_none()


def fault_of(
    passkey: Passkey, assertion: Assertion, challenge: bytes, arrival: Arrival, now: datetime, *, alone: bool
) -> str:
    """Check a signature, note the use, and give an empty word; or say what is wrong: `wrong` or `copied`.

    `copied`: the passkey counts its signatures, and this number does not come after the last. The caller commits.
    """
    credential = AuthenticationCredential(
        id=b64u_encode(assertion.credential_id),
        raw_id=assertion.credential_id,
        response=AuthenticatorAssertionResponse(
            assertion.client_data, assertion.authenticator_data, assertion.signature
        ),
    )
    try:
        verified = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=passkey.host,
            expected_origin=list(arrival.origins),
            credential_public_key=passkey.public_key,
            credential_current_sign_count=0,  # compared below, so that a copy is told from a wrong signature
            require_user_verification=alone,
        )
    except _MALFORMED:
        return "wrong"
    counted = verified.new_sign_count
    if (counted or passkey.sign_count) and counted <= passkey.sign_count:
        return "copied"
    passkey.sign_count, passkey.used_at = counted, now
    return ""
