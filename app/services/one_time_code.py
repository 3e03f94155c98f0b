"""Ten codes on paper, each good for one sign-in: for who has no device, and for the day on which it is lost."""

import secrets
from datetime import datetime
from typing import Final

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.crypto.paper_code import SALT_LENGTH, plain_hash, stretched
from app.domain.signing_in import CODE_LENGTH
from app.models import OneTimeCode
from app.services import access_log
from app.services.session import must_be_confirmed
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

NUMBER: Final = 10


def make_anew(session: Session, signed_in: SignedIn, now: datetime) -> tuple[str, ...]:
    """Make ten codes of twenty digits, shown this once; those before are good no longer. Raises NotConfirmed."""
    must_be_confirmed(signed_in, now)
    codes = tuple(str(secrets.randbelow(10**CODE_LENGTH)).zfill(CODE_LENGTH) for _ in range(NUMBER))
    salt = secrets.token_bytes(SALT_LENGTH)
    hashes = [stretched(plain_hash(signed_in.caseworker_id, code), salt) for code in codes]
    session.execute(delete(OneTimeCode).where(OneTimeCode.caseworker_id == signed_in.caseworker_id))
    for code_hash in hashes:
        session.add(
            OneTimeCode(
                code_hash=code_hash, caseworker_id=signed_in.caseworker_id, created_at=now, used_at=None, salt=salt
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
    whose = OneTimeCode.caseworker_id == caseworker_id
    plain = plain_hash(caseworker_id, code)
    salts = session.scalars(select(OneTimeCode.salt).where(whose).distinct())
    hashes = [stretched(plain, salt) if salt else plain for salt in salts]
    found = session.scalars(
        select(OneTimeCode).where(OneTimeCode.code_hash.in_(hashes)).with_for_update()
    ).one_or_none()
    if found is None:
        return "wrong"
    if found.used_at is not None:
        return "used"
    found.used_at = now
    return ""


def stretch_old(session: Session) -> None:
    """Stretch codes of a release that kept plain hashes; they stay good. Commits after each person.

    What takes long is done while no transaction is open. Codes that were made anew meanwhile are left as they are.
    """
    reads_only(session)
    plain = session.execute(select(OneTimeCode.caseworker_id, OneTimeCode.code_hash).where(OneTimeCode.salt.is_(None)))
    people: dict[bytes, list[bytes]] = {}
    for caseworker_id, code_hash in plain:
        people.setdefault(caseworker_id, []).append(code_hash)
    session.rollback()
    for hashes in people.values():
        salt = secrets.token_bytes(SALT_LENGTH)
        kept = {code_hash: stretched(code_hash, salt) for code_hash in hashes}
        for before, after in kept.items():
            same = OneTimeCode.code_hash == before
            session.execute(update(OneTimeCode).where(same).values(code_hash=after, salt=salt))
        session.commit()
