"""Signing in: the same answer and the same work for a wrong passphrase and a login that does not exist."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.crypto.caseworker_key import sign_in_hash
from app.domain import casework
from app.domain.signing_in import ByPassphrase, Factor, Second, Signed
from app.errors import NotFound, SecondFactorRefused, SignInRefused, StepOver
from app.models import Caseworker, PendingStep, SignInFailure
from app.services import access_log, guessing, known_browser, passkey, pending_step, second_factor
from app.services import session as staff_session
from app.services.arrival import Arrival
from app.services.signed_in import SignedIn

NOWHERE = Arrival()


@dataclass(frozen=True, slots=True)
class Started:
    """A session that has just begun: the cookie to set, and whom it serves.

    `prf_wrapped` is there after a passkey alone: the seed, wrapped under what that passkey's PRF yields.
    """

    cookie: str
    signed_in: SignedIn
    prf_wrapped: bytes | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A passphrase that was right, and what is still asked for. `elsewhere`: host names at which a passkey would do."""

    pending: bytes
    factors: tuple[Factor, ...]
    elsewhere: tuple[str, ...]
    passkey: passkey.Asked | None


@dataclass(frozen=True, slots=True)
class PasskeyAsked:
    """A step that a passkey alone can take."""

    pending: bytes
    passkey: passkey.Asked


def sign_in(session: Session, asked: casework.SignIn, now: datetime, arrival: Arrival = NOWHERE) -> Started | Pending:
    """Begin a session for the right login and key, or ask for the second factor where the account has one.

    Raises SignInDelayed (asked too soon after failures; the right key is not even compared) or SignInRefused.
    """
    failure = guessing.must_not_wait(session, asked.login, now, known_browser.name_for(arrival, asked.login))
    living = Caseworker.login == asked.login, Caseworker.left_at.is_(None)
    # Of somebody who is there no more is read than of nobody, until the key is right: reading more could be timed.
    # One row comes back for either, empty for nobody.
    kept = (Caseworker.sign_in_hash, Caseworker.parameter_set)
    expected = select(*(select(one).where(*living).scalar_subquery() for one in kept))
    expected_hash, parameter_set = session.execute(expected).one()
    right = hmac.compare_digest(sign_in_hash(asked.sign_in), expected_hash or secrets.token_bytes(32))
    if not right or parameter_set != asked.parameter_set:
        guessing.count(session, failure, asked.login, "passphrase", now)
        raise SignInRefused
    known = session.scalars(select(Caseworker).where(*living)).one()
    standing = second_factor.standing(session, known, arrival.host)
    if not standing.needed:
        return _start(session, known, failure, "", arrival, now)
    with_passkey = "passkey" in standing.factors
    options = passkey.asked_of(session, known.caseworker_id, arrival.host, alone=False) if with_passkey else None
    pending = pending_step.begin(
        session,
        "sign_in",
        now,
        caseworker_id=known.caseworker_id,
        challenge=options.challenge if options else b"",
        host=arrival.host,
    )
    session.commit()
    return Pending(pending, standing.factors, standing.elsewhere, options)


def second(session: Session, given: Second, now: datetime, arrival: Arrival = NOWHERE) -> Started:
    """Begin the session of a sign-in whose passphrase was right. A failure here delays the account like any other.

    Raises StepOver, SignInDelayed, or SecondFactorRefused.
    """
    step = pending_step.find(session, given.pending, "sign_in", now)
    caseworker = _living(session, step)
    known = known_browser.name_for(arrival, caseworker.login)
    failure = guessing.must_not_wait(session, caseworker.login, now, known)
    fault = second_factor.fault_of(session, caseworker, step, given, arrival, now)
    if fault:
        step.tries += 1
        guessing.count(session, failure, caseworker.login, f"{given.factor} {fault}", now)
        raise SecondFactorRefused
    session.delete(step)
    return _start(session, caseworker, failure, given.factor, arrival, now)


def begin_passkey(session: Session, now: datetime, arrival: Arrival) -> PasskeyAsked:
    """Ask any passkey of this host to sign. Raises NotFound where there can be none."""
    if not arrival.host:
        raise NotFound
    options = passkey.asked_of(session, None, arrival.host, alone=True)
    return PasskeyAsked(_ask_alone(session, "passkey", None, options, now), options)


def by_passkey(session: Session, signed: Signed, now: datetime, arrival: Arrival) -> Started:
    """Begin a session by a passkey that also unlocks the keys; the challenge is good once, whatever comes of it.

    There is nothing to guess here, so no account is delayed. Raises StepOver or SignInRefused.
    """
    step = pending_step.find(session, signed.pending, "passkey", now)
    session.delete(step)
    found = passkey.signer(session, signed.assertion, step.host)
    caseworker = session.get(Caseworker, found.caseworker_id) if found is not None else None
    if found is None or caseworker is None or caseworker.left_at is not None or step.host != arrival.host:
        session.commit()
        raise SignInRefused
    fault = passkey.fault_of(found, signed.assertion, step.challenge, arrival, now, alone=True)
    if fault or found.wrapped_seed is None:
        guessing.note(session, caseworker.login, f"passkey {fault or 'without_prf'}", now)
        session.commit()
        raise SignInRefused
    return _start(session, caseworker, None, "passkey", arrival, now, found.wrapped_seed)


def begin_confirming(session: Session, signed_in: SignedIn, now: datetime, arrival: Arrival) -> PasskeyAsked:
    """Ask one of the caseworker's own passkeys to sign. Raises NotFound where there is none for this host."""
    options = passkey.asked_of(session, signed_in.caseworker_id, arrival.host, alone=True)
    if not options.allow:
        raise NotFound
    return PasskeyAsked(_ask_alone(session, "confirm", signed_in.caseworker_id, options, now), options)


def confirm(
    session: Session, signed_in: SignedIn, given: ByPassphrase | Signed, now: datetime, arrival: Arrival
) -> bytes | None:
    """Note that the person signed in still sits there; give the seed as wrapped for the passkey that proved it.

    A wrong passphrase counts as a failed sign-in. Raises SignInDelayed, SignInRefused, or StepOver.
    """
    if isinstance(given, ByPassphrase):
        _check_again(session, signed_in, given, now, arrival)
        wrapped = None
    else:
        wrapped = _signed_again(session, signed_in, given, now, arrival)
    staff_session.confirm(session, signed_in, now)
    session.commit()
    return wrapped


def _check_again(session: Session, signed_in: SignedIn, given: ByPassphrase, now: datetime, arrival: Arrival) -> None:
    failure = guessing.must_not_wait(session, signed_in.login, now, known_browser.name_for(arrival, signed_in.login))
    caseworker = session.get_one(Caseworker, signed_in.caseworker_id)
    right = hmac.compare_digest(sign_in_hash(given.sign_in), caseworker.sign_in_hash)
    if not right or given.parameter_set != caseworker.parameter_set:
        guessing.count(session, failure, signed_in.login, "passphrase", now)
        raise SignInRefused
    session.delete(failure)


def _signed_again(
    session: Session, signed_in: SignedIn, signed: Signed, now: datetime, arrival: Arrival
) -> bytes | None:
    step = pending_step.find(session, signed.pending, "confirm", now)
    found = passkey.signer(session, signed.assertion, step.host)
    session.delete(step)
    fault = "wrong"
    own = found is not None and found.caseworker_id == step.caseworker_id == signed_in.caseworker_id
    if found is not None and own and step.host == arrival.host:
        fault = passkey.fault_of(found, signed.assertion, step.challenge, arrival, now, alone=True)
    if found is None or fault:
        guessing.note(session, signed_in.login, f"passkey {fault}", now)
        session.commit()
        raise SignInRefused
    return found.wrapped_seed


def _ask_alone(
    session: Session, purpose: pending_step.Purpose, caseworker_id: bytes | None, options: passkey.Asked, now: datetime
) -> bytes:
    pending = pending_step.begin(
        session, purpose, now, caseworker_id=caseworker_id, challenge=options.challenge, host=options.rp_id
    )
    session.commit()
    return pending


def _living(session: Session, step: PendingStep) -> Caseworker:
    """Give whose step it is, locked: of two codes at the same moment one is first. Raises StepOver."""
    living = (Caseworker.caseworker_id == step.caseworker_id) & Caseworker.left_at.is_(None)
    caseworker = session.scalars(select(Caseworker).where(living).with_for_update()).one_or_none()
    if caseworker is None:
        raise StepOver
    return caseworker


def _start(
    session: Session,
    caseworker: Caseworker,
    failure: SignInFailure | None,
    factor: str,
    arrival: Arrival,
    now: datetime,
    prf_wrapped: bytes | None = None,
) -> Started:
    cookie, signed_in = staff_session.start(
        session, caseworker.caseworker_id, now, device=arrival.device, factor=factor, before=arrival.cookie
    )
    tries = f"after_failures {failure.failures}" if failure is not None and failure.failures else ""
    if failure is not None:
        session.delete(failure)
    access_log.record(session, signed_in, "signed_in", now, detail=f"{tries} {factor}".strip())
    session.commit()
    return Started(cookie, signed_in, prf_wrapped)
