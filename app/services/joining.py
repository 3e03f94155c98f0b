"""What an invitation is used for: founding an organisation with its first keys, or joining one that is there.

Keys are made in browsers. The server checks that what it gets hangs together, and keeps all of it or nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.crypto.caseworker_key import PARAMETER_SETS
from app.crypto.recipient_key import fingerprint, kid_of
from app.domain.invitation import Founding, Joining
from app.domain.new_keys import Account
from app.errors import FormatError, LoginTaken, NotFound, SetUpRefused
from app.models import Caseworker, Organisation
from app.services import access_log, caseworker, chain_break, invitation, keyring
from app.services.invitation import Claimed
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class Founded:
    """An organisation that can receive letters now, and the fingerprint that belongs on paper."""

    slug: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody who waits to be let in: the own key's fingerprint, and the leads who can do it."""

    fingerprint: str
    leads: tuple[str, ...]


def found(session: Session, asked: Founding, now: datetime) -> Founded:
    """Make the first lead with the organisation's first epoch and ring, in one transaction.

    An organisation that lost its keys gets others so, which the old ones vouch for in nothing, and everybody who was
    there waits to be let in. The same again is answered as the first time.
    Raises NotFound (no such invitation, or none that founds), LoginTaken, FormatError where keys, ring and signature do
    not belong together.
    """
    printed = fingerprint(asked.keys.signing_key)
    earlier = _earlier(session, asked)
    if earlier is not None:
        return Founded(_slug_of(session, earlier.organisation_id), printed)
    if asked.keys.copy_kid != kid_of(asked.account.public_key):
        raise FormatError("ring.copies.0.kid")
    with _all_or_nothing(session):
        claimed = invitation.claim(session, asked.secret, now)
        own = claimed.organisation_id
        if not claimed.first:
            raise NotFound
        if claimed.anew:
            chain_break.take_apart(session, own, now)
        lead = _enrol(session, claimed, asked.secret, asked.account, now, waits=False)
        keyring.put_new_keys(session, own, asked.keys, now, anew=claimed.anew)
        invitation.withdraw_all(session, own, now)
        access_log.record_by(session, own, lead.caseworker_id, "joined", now, detail=claimed.role)
        done = "founded_anew" if claimed.anew else "keys_changed"
        access_log.record_by(session, own, lead.caseworker_id, done, now)
        slug = _slug_of(session, own)
    return Founded(slug, printed)


def join(session: Session, asked: Joining, now: datetime) -> Joined:
    """Make an account that waits for a lead; it holds no copy of any ring.

    The same again is answered as the first time. Raises NotFound, LoginTaken, FormatError.
    """
    earlier = _earlier(session, asked)
    if earlier is not None:
        return _joined(session, earlier)
    with _all_or_nothing(session):
        claimed = invitation.claim(session, asked.secret, now)
        if claimed.first:
            raise NotFound
        one = _enrol(session, claimed, asked.secret, asked.account, now, waits=True)
        access_log.record_by(session, claimed.organisation_id, one.caseworker_id, "joined", now, detail=claimed.role)
    return _joined(session, one)


def _earlier(session: Session, asked: Founding | Joining) -> Caseworker | None:
    if asked.account.parameter_set not in PARAMETER_SETS:
        raise FormatError("parameter_set")
    reads_only(session)
    known = invitation.user_of(session, asked.secret, kid_of(asked.account.public_key))
    session.rollback()
    return known


def _enrol(
    session: Session, claimed: Claimed, secret: bytes, account: Account, now: datetime, *, waits: bool
) -> Caseworker:
    one = caseworker.enrol_account(session, claimed.organisation_id, account, claimed.role, now, waits=waits)
    invitation.used_by(session, secret, one.caseworker_id)
    return one


def _joined(session: Session, one: Caseworker) -> Joined:
    leads = session.scalars(
        select(Caseworker.login)
        .where(
            Caseworker.organisation_id == one.organisation_id, Caseworker.role == "lead", Caseworker.left_at.is_(None)
        )
        .order_by(Caseworker.login)
    ).all()
    session.rollback()
    return Joined(fingerprint(one.public_key), tuple(leads))


def _slug_of(session: Session, organisation_id: bytes) -> str:
    return session.scalars(select(Organisation.slug).where(Organisation.organisation_id == organisation_id)).one()


@contextmanager
def _all_or_nothing(session: Session) -> Iterator[None]:
    """Commit at the end, or nothing. A name that is taken, also by somebody at the same moment, is LoginTaken."""
    try:
        yield
        session.commit()
    except (SetUpRefused, IntegrityError):
        session.rollback()
        raise LoginTaken from None
    except BaseException:
        session.rollback()
        raise
