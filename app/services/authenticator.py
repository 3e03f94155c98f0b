"""An authenticator app: codes of six digits that change every half minute (TOTP, RFC 6238).

Its secret is kept nowhere: it is derived from random bytes in the caseworker's row and from the portal's own secret,
which is in no table, so a stolen database yields no codes. With another secret of the portal it has to be set up anew.
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

import pyotp
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.crypto.encoding import hkdf
from app.domain.signing_in import TOTP_LENGTH, TypedCode
from app.errors import SecondFactorRefused, StepOver
from app.models import Caseworker
from app.services import access_log, pending_step
from app.services.arrival import Arrival
from app.services.session import must_be_confirmed
from app.services.signed_in import SignedIn

SALT_LENGTH: Final = 16
SECRET_LENGTH: Final = 20  # RFC 4226 recommends 160 bits
SKEW: Final = 1  # steps either way


@dataclass(frozen=True, slots=True)
class Beginning:
    """What an app needs: the secret in base32, alone and in an `otpauth:` address; `pending` is brought back."""

    pending: bytes
    secret: str
    address: str


def begin(session: Session, signed_in: SignedIn, issuer: str, arrival: Arrival, now: datetime) -> Beginning:
    """Make a secret for the caseworker's app; it counts once a code of it came back. Raises NotConfirmed."""
    must_be_confirmed(signed_in, now)
    salt = secrets.token_bytes(SALT_LENGTH)
    pending = pending_step.begin(
        session, "authenticator", now, caseworker_id=signed_in.caseworker_id, challenge=salt, host=""
    )
    session.commit()
    secret = _base32(arrival.secret, signed_in.caseworker_id, salt)
    name = f"{quote(issuer, safe='')}:{quote(signed_in.login, safe='')}"
    return Beginning(pending, secret, f"otpauth://totp/{name}?secret={secret}&issuer={quote(issuer, safe='')}")


def finish(session: Session, signed_in: SignedIn, typed: TypedCode, arrival: Arrival, now: datetime) -> None:
    """Put the new authenticator in force, in place of one before.

    Raises NotConfirmed, StepOver, or SecondFactorRefused for a wrong code: it may be tried again.
    """
    must_be_confirmed(signed_in, now)
    step = pending_step.find(session, typed.pending, "authenticator", now)
    if step.caseworker_id != signed_in.caseworker_id:
        raise StepOver  # alike for one that is nobody's
    used = matching_step(_base32(arrival.secret, signed_in.caseworker_id, step.challenge), typed.code, now)
    if used is None:
        step.tries += 1
        session.commit()
        raise SecondFactorRefused
    whose = Caseworker.caseworker_id == signed_in.caseworker_id
    session.execute(update(Caseworker).where(whose).values(totp_sealed=step.challenge, totp_step=used))
    session.delete(step)
    access_log.record(session, signed_in, "totp_set", now)
    session.commit()


def remove(session: Session, signed_in: SignedIn, now: datetime) -> None:
    """Take the authenticator away. Raises NotConfirmed."""
    must_be_confirmed(signed_in, now)
    whose = Caseworker.caseworker_id == signed_in.caseworker_id
    session.execute(update(Caseworker).where(whose).values(totp_sealed=None))
    access_log.record(session, signed_in, "totp_set", now, detail="removed")
    session.commit()


def fault_of(caseworker: Caseworker, code: str, arrival: Arrival, now: datetime) -> str:
    """Use a code, and give an empty word; or say what is wrong: `wrong`, or `used` for a step that was used before.

    The caller holds the caseworker's row locked, and commits.
    """
    if caseworker.totp_sealed is None:
        return "wrong"
    used = matching_step(_base32(arrival.secret, caseworker.caseworker_id, caseworker.totp_sealed), code, now)
    if used is None:
        return "wrong"
    if used <= caseworker.totp_step:
        return "used"
    caseworker.totp_step = used
    return ""


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Give the time step that a code is of, one step either way allowed; None if there is none."""
    if len(code) != TOTP_LENGTH or not (code.isascii() and code.isdigit()):
        return None
    totp = pyotp.TOTP(secret)
    middle = totp.timecode(now)
    found = [
        step for step in range(middle - SKEW, middle + SKEW + 1) if hmac.compare_digest(totp.generate_otp(step), code)
    ]
    return max(found, default=None)


def _base32(portal_secret: bytes, caseworker_id: bytes, salt: bytes) -> str:
    derived = hkdf(portal_secret, b"authenticator", caseworker_id, salt)
    return base64.b32encode(derived[:SECRET_LENGTH]).decode("ascii")
