"""One's own account: what one signs in with, and where one is signed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.crypto.encoding import context, sha256
from app.errors import NotFound
from app.models import Caseworker, StaffSession
from app.services import access_log, one_time_code, passkey
from app.services.session import IDLE, WHOLE, must_be_confirmed
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class Visit:
    """A living session as its owner sees it; `session_id` (16 bytes) names it and opens nothing."""

    session_id: bytes
    device: str
    factor: str
    started_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True, slots=True)
class Account:
    """All that the account's page shows."""

    passkeys: tuple[passkey.Kept, ...]
    authenticator: bool
    codes_left: int
    sessions: tuple[Visit, ...]


def standing(session: Session, signed_in: SignedIn, now: datetime) -> Account:
    """Give the caseworker's own account."""
    reads_only(session)
    whose = Caseworker.caseworker_id == signed_in.caseworker_id
    has_totp = session.scalar(select(Caseworker.totp_sealed.is_not(None)).where(whose))
    living = (
        (StaffSession.caseworker_id == signed_in.caseworker_id)
        & (StaffSession.seen_at > now - IDLE)
        & (StaffSession.started_at > now - WHOLE)
    )
    rows = session.scalars(select(StaffSession).where(living).order_by(StaffSession.started_at.desc()))
    visits = tuple(
        Visit(
            _named(row.session_hash),
            row.device,
            row.factor,
            row.started_at,
            row.seen_at,
            row.session_hash == signed_in.session_hash,
        )
        for row in rows
    )
    codes = one_time_code.left(session, signed_in.caseworker_id)
    return Account(passkey.kept(session, signed_in.caseworker_id), bool(has_totp), codes, visits)


def end_session(session: Session, signed_in: SignedIn, session_id: bytes, now: datetime) -> None:
    """End one of the caseworker's own sessions, and with it the server's half of that tab's key.

    Raises NotConfirmed: who finds an open screen must not be able to shut its owner out. Raises NotFound.
    """
    must_be_confirmed(signed_in, now)
    own = select(StaffSession.session_hash).where(StaffSession.caseworker_id == signed_in.caseworker_id)
    found = next((one for one in session.scalars(own) if _named(one) == session_id), None)
    if found is None:
        raise NotFound
    session.execute(delete(StaffSession).where(StaffSession.session_hash == found))
    access_log.record(session, signed_in, "session_ended", now)
    session.commit()


def end_others(session: Session, signed_in: SignedIn, now: datetime) -> None:
    """End all sessions of the caseworker's own but this one, as after a factor was lost or changed.

    Raises NotConfirmed.
    """
    must_be_confirmed(signed_in, now)
    others = (StaffSession.caseworker_id == signed_in.caseworker_id) & (
        StaffSession.session_hash != signed_in.session_hash
    )
    session.execute(delete(StaffSession).where(others))
    access_log.record(session, signed_in, "session_ended", now, detail="all_others")
    session.commit()


def _named(session_hash: bytes) -> bytes:
    return sha256(context(b"session-name", session_hash))[:16]
