"""Signing in: the same answer and the same work for a wrong passphrase and a login that does not exist."""

import hashlib
import hmac
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.crypto.caseworker_key import sign_in_hash
from app.domain import casework
from app.errors import SignInDelayed, SignInRefused
from app.models import Caseworker, SignInFailure
from app.services import access_log
from app.services import session as staff_session
from app.services.insertion import insert_if_absent
from app.services.signed_in import SignedIn

FREE_FAILURES: Final = 3  # a mistyped passphrase costs nothing
LONGEST_DELAY: Final = 300  # seconds; longer would let a stranger lock a caseworker out
FORGOTTEN_AFTER: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Started:
    """A session that has just begun: the cookie to set, and whom it serves."""

    cookie: str
    signed_in: SignedIn


def delay(failures: int) -> timedelta:
    """Give the wait after so many failures in a row: none up to three, then doubling up to five minutes."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    return timedelta(seconds=min(2 ** min(failures - FREE_FAILURES, 12), LONGEST_DELAY))


def sign_in(session: Session, asked: casework.SignIn, now: datetime) -> Started:
    """Begin a session for the right login and key.

    Raises SignInDelayed (asked too soon after failures; the right key is not even compared) or SignInRefused.
    """
    failure = _failure(session, asked.login, now)
    wait = failure.failed_at + delay(failure.failures) - now
    if failure.failures and wait > timedelta(0):
        session.commit()
        raise SignInDelayed(math.ceil(wait.total_seconds()))
    known = session.scalar(select(Caseworker).where(Caseworker.login == asked.login, Caseworker.left_at.is_(None)))
    expected = known.sign_in_hash if known is not None else secrets.token_bytes(32)
    right = hmac.compare_digest(sign_in_hash(asked.sign_in), expected)
    if known is None or not right or known.parameter_set != asked.parameter_set:
        failure.failures += 1
        failure.failed_at = now
        session.commit()
        raise SignInRefused
    cookie, signed_in = staff_session.start(session, known.caseworker_id, now)
    detail = f"after_failures {failure.failures}" if failure.failures else ""
    access_log.record(session, signed_in, "signed_in", now, detail=detail)
    session.delete(failure)
    session.commit()
    return Started(cookie, signed_in)


def forget_failures(session: Session, now: datetime) -> int:
    """Delete failures that no longer delay anybody; give how many. Commits nothing."""
    old = SignInFailure.failed_at <= now - FORGOTTEN_AFTER
    return len(session.execute(delete(SignInFailure).where(old).returning(SignInFailure.login_hash)).all())


def _failure(session: Session, login: str, now: datetime) -> SignInFailure:
    """Give the login's row, locked: guesses at the same moment count one after the other."""
    login_hash = hashlib.sha256(b"onestop/v1 login" + login.encode("ascii")).digest()
    insert_if_absent(session, SignInFailure, {"login_hash": login_hash, "failures": 0, "failed_at": now})
    failure = session.scalars(
        select(SignInFailure).where(SignInFailure.login_hash == login_hash).with_for_update()
    ).one()
    if failure.failed_at <= now - FORGOTTEN_AFTER:
        failure.failures = 0
    # Where the clock was set back, nobody is kept out until it has caught up.
    failure.failed_at = min(failure.failed_at, now)
    return failure
