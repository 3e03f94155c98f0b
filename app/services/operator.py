"""What whoever runs the portal may do: organisations come and go, and their first leads are invited.

Nothing that was written to them is in reach: no letter, no queue, no summary, no figure.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.crypto.recipient_key import fingerprint
from app.domain.role import OPERATOR
from app.errors import NotFound, TransitionRefused
from app.models import Epoch, Invitation, Organisation, Tick
from app.services import access_log, invitation, keyring, organisation
from app.services.organisation import Name
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

HOME: Final = "operator"  # the slug and the kind of the row that the operator's accounts belong to


@dataclass(frozen=True, slots=True)
class Looked:
    """One organisation as the operator sees it. `fingerprint` is empty until its first lead made keys."""

    slug: str
    kind: str
    name: Name
    region: str
    standing: str
    successor: str
    fingerprint: str
    invited_until: datetime | None


def home(session: Session, now: datetime) -> bytes:
    """Give the id of the row that the operator's accounts belong to, made if there is none. Commits nothing."""
    found = session.scalar(select(Organisation.organisation_id).where(Organisation.kind == OPERATOR))
    if found is not None:
        return found
    row = Organisation(
        organisation_id=secrets.token_bytes(16),
        slug=HOME,
        kind=OPERATOR,
        name_ko="포털 운영",
        name_en="Portal operation",
        region="undisclosed",
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row.organisation_id


def organisations(session: Session, signed_in: SignedIn, now: datetime) -> tuple[Looked, ...]:
    """Give every organisation, in the order of their slugs. Raises NotAllowed."""
    signed_in.must(OPERATOR)
    reads_only(session)
    invited = (
        select(Invitation.organisation_id, func.max(Invitation.expires_at).label("until"))
        .where(Invitation.used_at.is_(None), Invitation.withdrawn_at.is_(None), Invitation.expires_at > now)
        .group_by(Invitation.organisation_id)
        .subquery()
    )
    rows = session.execute(
        select(Organisation, Epoch.signing_key, invited.c.until)
        .outerjoin(Epoch, (Epoch.organisation_id == Organisation.organisation_id) & keyring.FIRST)
        .outerjoin(invited, invited.c.organisation_id == Organisation.organisation_id)
        .where(Organisation.kind != OPERATOR)
        .order_by(Organisation.slug)
    )
    return tuple(
        Looked(
            one.slug,
            one.kind,
            Name(one.name_ko, one.name_en),
            one.region,
            one.standing,
            one.successor or "",
            fingerprint(first_key) if first_key else "",
            None if first_key else until,
        )
        for one, first_key, until in rows
    )


def add(session: Session, signed_in: SignedIn, slug: str, *, kind: str, name: Name, region: str, now: datetime) -> None:
    """Add an organisation, which has no keys before its first lead made them.

    Raises NotAllowed, SetUpRefused for a slug that is taken or a word that is none of ours.
    """
    signed_in.must(OPERATOR)
    organisation.add(session, slug=slug, kind=kind, name_ko=name.ko, name_en=name.en, region=region, now=now)
    access_log.record(session, signed_in, "organisation_changed", now, detail="added")
    session.commit()


def invite_first_lead(session: Session, signed_in: SignedIn, slug: str, now: datetime) -> str:
    """Invite an organisation's first lead, and take back what was handed out before; give the secret.

    Raises NotAllowed, NotFound, TransitionRefused where it has keys: then its own leads invite.
    """
    organisation_id = _without_keys(session, signed_in, slug)
    invitation.withdraw_all(session, organisation_id, now)
    secret = invitation.invite(session, organisation_id, "lead", signed_in.caseworker_id, now)
    access_log.record(session, signed_in, "invited", now, detail="lead")
    session.commit()
    return secret


def withdraw_first_lead(session: Session, signed_in: SignedIn, slug: str, now: datetime) -> None:
    """Take back the invitation of an organisation's first lead. Raises NotAllowed, NotFound, TransitionRefused."""
    organisation_id = _without_keys(session, signed_in, slug)
    if not invitation.withdraw_all(session, organisation_id, now):
        session.rollback()
        raise NotFound
    access_log.record(session, signed_in, "invitation_withdrawn", now, detail="lead")
    session.commit()


def last_tick(session: Session, signed_in: SignedIn) -> datetime | None:
    """Give when time last brought what it brings; None before the first tick. Raises NotAllowed."""
    signed_in.must(OPERATOR)
    reads_only(session)
    return session.scalar(select(Tick.at))


def _without_keys(session: Session, signed_in: SignedIn, slug: str) -> bytes:
    signed_in.must(OPERATOR)
    found = session.scalar(
        select(Organisation.organisation_id)
        .where(Organisation.slug == slug, Organisation.kind != OPERATOR)
        .with_for_update()
    )
    if found is None:
        session.rollback()
        raise NotFound
    if not invitation.is_first(session, found, "lead"):
        session.rollback()
        raise TransitionRefused
    return found
