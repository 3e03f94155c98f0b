"""Sessions of caseworkers: a random cookie, kept as a hash; 30 minutes idle, 8 hours in all."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Delete, ScalarSelect, Update, delete, func, or_, select, true, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.domain.role import OPERATOR
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import AccessEnded, FormatError, NotConfirmed, OperatorEnded, SessionEnded
from app.models import Caseworker, Invitation, Organisation, StaffSession
from app.services import access_log
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

IDLE: Final = timedelta(minutes=30)
WHOLE: Final = timedelta(hours=8)
DEVICES: Final = ("computer", "phone", "tor")  # as coarse as that: enough to know one's own again
MOST: Final = 5  # of one person at once: office, home, telephone, a second browser, the onion address
TOUCH: Final = timedelta(minutes=1)  # a session in use is written down once a minute, not at every request
CONFIRMED_FOR: Final = timedelta(minutes=10)
TOLD_FOR: Final = timedelta(days=7)  # of a recovery, at least: whoever took the keys over cannot hush it up
AHEAD: Final = timedelta(minutes=2)  # a session seen further ahead than this is over: the clock was set back
NO_HALF: Final = b""  # in place of the server's half: the access of whoever holds this cookie was ended


def start(
    session: Session, caseworker_id: bytes, now: datetime, *, device: str = "", factor: str = "", before: str = ""
) -> tuple[str, SignedIn]:
    """Add a session to the running transaction; give the cookie (b64u, 32 bytes) and whom it serves. No commit.

    `device` is one of DEVICES, `factor` one of `domain.signing_in.FACTORS`, or nothing. Who has just signed in is
    confirmed. `before`: the cookie that this one replaces in the browser; its session ends, since nobody holds it any
    more. Of one person no more than MOST sessions live: beyond that the one that was not used for longest ends.
    """
    _one_at_a_time(session, caseworker_id)
    _end_before(session, before)
    secret = secrets.token_bytes(32)
    row = StaffSession(
        session_hash=_hash(secret),
        caseworker_id=caseworker_id,
        session_half=secrets.token_bytes(32),
        started_at=now,
        seen_at=now,
        device=device,
        factor=factor,
        confirmed_at=now,
    )
    session.add(row)
    session.flush()
    found = _read(session, secret, now)
    if found is None:
        raise SessionEnded
    _end_what_is_too_many(session, found[0], now)
    return b64u_encode(secret), found[0]


def _one_at_a_time(session: Session, caseworker_id: bytes) -> None:
    """Two sessions of one person never begin at once: each counts the other. On SQLite nobody else writes meanwhile.

    Of PostgreSQL a lock that is no row's, so that nobody who changes people waits for it, or for whom it waits.
    """
    if session.connection().dialect.name == "postgresql":
        number = int.from_bytes(_hash(b"sessions of " + caseworker_id)[:8], signed=True)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def _end_before(session: Session, before: str) -> None:
    try:
        held = _hash(b64u_decode(before, "cookie", 32))
    except FormatError:
        return
    session.execute(delete(StaffSession).where(StaffSession.session_hash == held))


def _end_what_is_too_many(session: Session, signed_in: SignedIn, now: datetime) -> None:
    others = (StaffSession.caseworker_id == signed_in.caseworker_id) & (
        StaffSession.session_hash != signed_in.session_hash
    )
    by_use = (StaffSession.seen_at.desc(), StaffSession.started_at.desc(), StaffSession.session_hash)
    kept = session.execute(select(StaffSession.session_hash, StaffSession.seen_at).where(others).order_by(*by_use))
    for session_hash, seen_at in kept.all()[MOST - 1 :]:
        session.execute(delete(StaffSession).where(StaffSession.session_hash == session_hash))
        if now - seen_at < IDLE:
            access_log.record(session, signed_in, "session_ended", now, detail="too_many")


def find(session: Session, cookie: str, now: datetime) -> SignedIn:
    """Give whom a cookie serves, and note that the session is in use. Ends its own transaction.

    Raises SessionEnded for an unknown, idle or too old session, and for one that would live longer because the clock
    was set back; an ended one is deleted, and its half with it. Raises AccessEnded for a session of somebody whose
    access was ended, for as long as it could have lived at most: nobody without its cookie is told.
    """
    try:
        secret = b64u_decode(cookie, "cookie", 32)
    except FormatError:
        raise SessionEnded from None
    reads_only(session)
    found = _read(session, secret, now)
    session.commit()
    if found is None:
        raise SessionEnded
    signed_in, started_at, seen_at = found
    same = StaffSession.session_hash == signed_in.session_hash
    idle = now - seen_at >= IDLE and signed_in.session_half != NO_HALF
    if idle or now - started_at >= WHOLE or max(seen_at, started_at) - now > AHEAD:
        _write_if_possible(session, delete(StaffSession).where(same))
        raise SessionEnded
    if signed_in.session_half == NO_HALF:
        raise OperatorEnded if signed_in.role == OPERATOR else AccessEnded
    if now - seen_at >= TOUCH:
        _write_if_possible(session, update(StaffSession).where(same).values(seen_at=now))
    return signed_in


def _write_if_possible(session: Session, statement: Delete | Update) -> None:
    """A database that takes nothing just now must not keep staff from reading; the session then only ends sooner."""
    try:
        session.execute(statement)
        session.commit()
    except SQLAlchemyError:
        session.rollback()


def end(session: Session, signed_in: SignedIn, now: datetime) -> None:
    """Sign out: delete the session, and with it the server's half of the tab's key."""
    session.execute(delete(StaffSession).where(StaffSession.session_hash == signed_in.session_hash))
    access_log.record(session, signed_in, "signed_out", now)
    session.commit()


def end_access(session: Session, caseworker_id: bytes) -> None:
    """End all sessions of somebody whose access ends. Commits nothing.

    The server's half of each tab's key goes at once. What stays lets nobody in: the hash of the cookie, whose it was
    and when it began, for at most eight hours from then, so that an open tab can be told what happened.
    """
    theirs = StaffSession.caseworker_id == caseworker_id
    nothing = {"session_half": NO_HALF, "seen_at": StaffSession.started_at, "confirmed_at": None}
    session.execute(update(StaffSession).where(theirs).values(**nothing, device="", factor=""))


def confirm(session: Session, signed_in: SignedIn, now: datetime) -> None:
    """Note that the person signed in has just proved again who is sitting there. Commits nothing."""
    same = StaffSession.session_hash == signed_in.session_hash
    session.execute(update(StaffSession).where(same).values(confirmed_at=now))


def must_be_confirmed(signed_in: SignedIn, now: datetime) -> None:
    """Pass where the person proved within ten minutes who is sitting there. Raises NotConfirmed.

    For what changes keys, takes something out or recovers: the browser then asks in place, and sends the same again.
    """
    confirmed_at = signed_in.confirmed_at
    if confirmed_at is None or not -AHEAD <= now - confirmed_at < CONFIRMED_FOR:
        raise NotConfirmed


def end_old(session: Session, now: datetime) -> int:
    """Delete sessions that nobody will be let into again; give how many. Commits nothing."""
    over = or_(
        (StaffSession.seen_at <= now - IDLE) & (StaffSession.session_half != NO_HALF),
        StaffSession.started_at <= now - WHOLE,
        StaffSession.seen_at > now + AHEAD,
        StaffSession.started_at > now + AHEAD,
    )
    return len(session.execute(delete(StaffSession).where(over).returning(StaffSession.session_hash)).all())


def _read(session: Session, secret: bytes, now: datetime) -> tuple[SignedIn, datetime, datetime] | None:
    row = session.execute(
        select(StaffSession, Caseworker, Organisation, _anew_until(now))
        .join(Caseworker, Caseworker.caseworker_id == StaffSession.caseworker_id)
        .join(Organisation, Organisation.organisation_id == Caseworker.organisation_id)
        .where(StaffSession.session_hash == _hash(secret))
        .where(Caseworker.left_at.is_(None) | (StaffSession.session_half == NO_HALF))
    ).one_or_none()
    if row is None:
        return None
    kept, caseworker, own, anew_until = row
    recovered_at = own.recovered_at
    told = recovered_at is not None and (own.recovery_seen_at is None or now - recovered_at < TOLD_FOR)
    signed_in = SignedIn(
        caseworker_id=caseworker.caseworker_id,
        organisation_id=caseworker.organisation_id,
        login=caseworker.login,
        slug=own.slug,
        kid=caseworker.kid,
        role=caseworker.role,
        session_hash=kept.session_hash,
        session_half=kept.session_half,
        csrf=hmac.digest(secret, b"onestop/v1 csrf", "sha256"),
        confirmed_at=kept.confirmed_at,
        recovered_on=day_of(recovered_at) if told and recovered_at else None,
        is_broken=told and own.broken_at == recovered_at,
        anew_until=anew_until,
        kind=own.kind,
    )
    return signed_in, kept.started_at, kept.seen_at


def _anew_until(now: datetime) -> ScalarSelect[datetime]:
    """Until when somebody can make the organisation's keys anew, null if nobody can: its people are told beforehand."""
    return (
        select(func.max(Invitation.expires_at))
        .where(
            Invitation.organisation_id == Caseworker.organisation_id,
            Invitation.anew.is_(true()),
            Invitation.used_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
        )
        .correlate(Caseworker)
        .scalar_subquery()
    )


def _hash(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
