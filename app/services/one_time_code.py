"""Ten codes on paper, each good for one sign-in: for who has no device, and for the day on which it is lost."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.crypto.encoding import context, sha256
from app.domain.signing_in import CODE_LENGTH
from app.models import OneTimeCode
from app.services import access_log
from app.services.session import must_be_confirmed
from app.services.signed_in import SignedIn

NUMBER: Final = 10


def make_anew(session: Session, signed_in: SignedIn, now: datetime) -> tuple[str, ...]:
    """Make ten codes of twenty digits, shown this once; those before are good no longer. Raises NotConfirmed."""
    must_be_confirmed(signed_in, now)
    session.execute(delete(OneTimeCode).where(OneTimeCode.caseworker_id == signed_in.caseworker_id))
    codes = tuple(str(secrets.randbelow(10**CODE_LENGTH)).zfill(CODE_LENGTH) for _ in range(NUMBER))
    for code in codes:
        session.add(
            OneTimeCode(
                code_hash=_hash(signed_in.caseworker_id, code),
                caseworker_id=signed_in.caseworker_id,
                created_at=now,
                used_at=None,
            )
        )
    access_log.record(session, signed_in, "codes_made", now)
    session.commit()
    return codes


def left(session: Session, caseworker_id: bytes) -> int:
    """Give how many codes are still good."""
    unused = (OneTimeCode.caseworker_id == caseworker_id) & OneTimeCode.used_at.is_(None)
    return session.scalar(select(func.count()).select_from(OneTimeCode).where(unused)) or 0


def fault_of(session: Session, caseworker_id: bytes, code: str, now: datetime) -> str:
    """Use a code, and give an empty word; or say what is wrong: `wrong`, or `used` for one that was used. No commit."""
    found = session.scalars(
        select(OneTimeCode).where(OneTimeCode.code_hash == _hash(caseworker_id, code)).with_for_update()
    ).one_or_none()
    if found is None:
        return "wrong"
    if found.used_at is not None:
        return "used"
    found.used_at = now
    return ""


def _hash(caseworker_id: bytes, code: str) -> bytes:
    """A plain hash is enough: the codes are random, 66 bits each."""
    return sha256(context(b"one-time-code", caseworker_id, code.encode("utf-8")))
