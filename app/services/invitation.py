"""Invitations: how an organisation gets its first lead, and leads their colleagues. One use, 72 hours, kept as a hash.

What is handed over opens nothing by itself: whoever joins waits until a lead has compared fingerprints.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, func, or_, select, true, update
from sqlalchemy.orm import Session

from app.domain.vocabulary import ROLES
from app.domain.wire import b64u_encode
from app.errors import NotAllowed, NotFound, TransitionRefused
from app.models import Caseworker, Epoch, Invitation, Organisation
from app.services import access_log, portal
from app.services.organisation import Name
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

KEPT: Final = timedelta(hours=72)
OPEN_MOST: Final = 50  # of one organisation at a time
FORGOTTEN_AFTER: Final = timedelta(days=30)  # its end: long enough to see why one does not open any more


@dataclass(frozen=True, slots=True)
class Inviting:
    """The organisation that somebody is invited to."""

    slug: str
    kind: str
    name: Name


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation says to whoever holds it. `first`: the organisation gets its first keys with it.

    `anew`: it has keys, which nobody holds any more, and these take their place.
    """

    portal_id: bytes
    organisation: Inviting
    role: str
    first: bool
    anew: bool
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """Where somebody comes with which role; `first` and `anew` as in Invited."""

    organisation_id: bytes
    role: str
    first: bool
    anew: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """An invitation that nobody has used yet. `invitation_id` is the hash of its secret, 32 bytes."""

    invitation_id: bytes
    role: str
    invited_by: str
    created_at: datetime
    expires_at: datetime


def invite(
    session: Session, organisation_id: bytes, role: str, invited_by: bytes | None, now: datetime, *, anew: bool = False
) -> str:
    """Add an invitation to the running transaction; give its secret (b64u, 32 bytes), which is known nowhere else.

    `anew`: whoever uses it begins the organisation's keys anew. Commits nothing.
    Raises NotAllowed for a role that is none of an organisation's.
    """
    if role not in ROLES:
        raise NotAllowed
    secret = secrets.token_bytes(32)
    session.add(
        Invitation(
            invitation_hash=_hash(secret),
            organisation_id=organisation_id,
            role=role,
            invited_by=invited_by,
            created_at=now,
            expires_at=now + KEPT,
            anew=anew,
        )
    )
    session.flush()
    return b64u_encode(secret)


def invite_colleague(session: Session, signed_in: SignedIn, role: str, now: datetime) -> str:
    """Have a lead invite somebody to the own organisation; give the secret.

    Raises NotAllowed, and TransitionRefused where too many invitations are open.
    """
    signed_in.must("lead")
    living = select(func.count()).select_from(Invitation).where(_living(now), _of(signed_in.organisation_id))
    if (session.scalar(living) or 0) >= OPEN_MOST:
        raise TransitionRefused
    secret = invite(session, signed_in.organisation_id, role, signed_in.caseworker_id, now)
    access_log.record(session, signed_in, "invited", now, detail=role)
    session.commit()
    return secret


def pending(session: Session, organisation_id: bytes, now: datetime) -> tuple[Pending, ...]:
    """Give an organisation's invitations that can still be used, oldest first."""
    reads_only(session)
    rows = session.execute(
        select(Invitation, Caseworker.login)
        .outerjoin(Caseworker, Caseworker.caseworker_id == Invitation.invited_by)
        .where(_living(now), _of(organisation_id))
        .order_by(Invitation.created_at)
    )
    return tuple(
        Pending(one.invitation_hash, one.role, login or "", one.created_at, one.expires_at) for one, login in rows
    )


def withdraw(session: Session, signed_in: SignedIn, invitation_id: bytes, now: datetime) -> None:
    """Have a lead take an invitation of the own organisation back. Raises NotAllowed, NotFound where none is open."""
    signed_in.must("lead")
    taken = session.execute(
        update(Invitation)
        .where(_living(now), _of(signed_in.organisation_id), Invitation.invitation_hash == invitation_id)
        .values(withdrawn_at=now)
        .returning(Invitation.role)
    ).one_or_none()
    if taken is None:
        session.rollback()
        raise NotFound
    access_log.record(session, signed_in, "invitation_withdrawn", now, detail=taken.role)
    session.commit()


def withdraw_all(session: Session, organisation_id: bytes, now: datetime, *, only_anew: bool = False) -> int:
    """Take back what is open of an organisation, or only what begins its keys anew; give how many. Commits nothing."""
    which = Invitation.anew.is_(true()) if only_anew else true()
    taken = session.execute(
        update(Invitation)
        .where(_living(now), _of(organisation_id), which)
        .values(withdrawn_at=now)
        .returning(Invitation.invitation_hash)
    )
    return len(taken.all())


def look(session: Session, secret: bytes, now: datetime) -> Invited:
    """Give what an invitation says. Raises NotFound, alike for one that is unknown, used, expired or withdrawn."""
    reads_only(session)
    row = session.execute(
        select(Invitation, Organisation)
        .join(Organisation, Organisation.organisation_id == Invitation.organisation_id)
        .where(_living(now), Invitation.invitation_hash == _hash(secret))
    ).one_or_none()
    if row is None:
        raise NotFound
    invitation, organisation = row
    name = Name(organisation.name_ko, organisation.name_en)
    return Invited(
        portal_id=portal.current(session).portal_id,
        organisation=Inviting(organisation.slug, organisation.kind, name),
        role=invitation.role,
        first=invitation.anew or is_first(session, organisation.organisation_id, invitation.role),
        anew=invitation.anew,
        expires_at=invitation.expires_at,
    )


def claim(session: Session, secret: bytes, now: datetime) -> Claimed:
    """Use an invitation up, once whatever happens at the same time, and give what it is for.

    Of two who found at the same moment the second waits here, and then finds keys.
    Raises NotFound, alike for one that is unknown, used, expired or withdrawn. Commits nothing.
    """
    used = session.execute(
        update(Invitation)
        .where(_living(now), Invitation.invitation_hash == _hash(secret))
        .values(used_at=now)
        .returning(Invitation.organisation_id, Invitation.role, Invitation.anew)
    ).one_or_none()
    if used is None:
        raise NotFound
    own, role, anew = used.organisation_id, used.role, used.anew
    session.execute(
        select(Organisation.organisation_id).where(Organisation.organisation_id == own).with_for_update()
    ).one()
    return Claimed(own, role, anew or is_first(session, own, role), anew)


def used_by(session: Session, secret: bytes, caseworker_id: bytes) -> None:
    """Note who used an invitation that was claimed just now. Commits nothing."""
    session.execute(update(Invitation).where(Invitation.invitation_hash == _hash(secret)).values(used_by=caseworker_id))


def user_of(session: Session, secret: bytes, kid: bytes) -> Caseworker | None:
    """Give whom an invitation made, where that key is theirs: a browser asks again when an answer was lost."""
    return session.scalar(
        select(Caseworker)
        .join(Invitation, Invitation.used_by == Caseworker.caseworker_id)
        .where(Invitation.invitation_hash == _hash(secret), Caseworker.kid == kid)
    )


def is_first(session: Session, organisation_id: bytes, role: str) -> bool:
    """Say whether whoever comes with this role founds the organisation: it has no keys yet."""
    any_keys = select(Epoch.kid).where(Epoch.organisation_id == organisation_id).limit(1)
    return role == "lead" and session.scalar(any_keys) is None


def forget_old(session: Session, now: datetime) -> int:
    """Delete invitations, used or not, whose time was over long ago; give how many. Commits nothing."""
    over = Invitation.expires_at < now - FORGOTTEN_AFTER
    return len(session.execute(delete(Invitation).where(over).returning(Invitation.invitation_hash)).all())


def _of(organisation_id: bytes) -> ColumnElement[bool]:
    return Invitation.organisation_id == organisation_id


def _living(now: datetime) -> ColumnElement[bool]:
    """What can still be used: whoever left takes their invitations with them."""
    there = select(Caseworker.caseworker_id).where(Caseworker.left_at.is_(None))
    return and_(
        Invitation.used_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > now,
        or_(Invitation.invited_by.is_(None), Invitation.invited_by.in_(there)),
    )


def _hash(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()
