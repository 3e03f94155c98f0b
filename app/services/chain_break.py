"""When an organisation has lost every lead and its recovery words: keys that nothing old vouches for.

Nobody can sign what would follow, so a new chain begins, and everybody is told: the organisation, whoever reports to
it, whoever compares its fingerprint. What lies under the old keys is never opened again, and nothing is taken under
them from that moment on.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.crypto.recipient_key import fingerprint
from app.domain.role import OPERATOR
from app.errors import NotFound, TransitionRefused
from app.models import Caseworker, Organisation, Referral
from app.services import access_log, invitation, keyring, membership
from app.services.organisation import Name
from app.services.transaction import reads_only

_OPENING: Final = ("lead", "caseworker")


@dataclass(frozen=True, slots=True)
class Stake:
    """What is lost. `holders`: logins of those who may still open letters, if they can sign in. `letters`: how many."""

    slug: str
    name: Name
    fingerprint: str
    holders: tuple[str, ...]
    letters: int


def at_stake(session: Session, slug: str) -> Stake:
    """Give what would be lost. Raises NotFound where there is no such organisation, TransitionRefused without keys."""
    reads_only(session)
    row = session.scalar(select(Organisation).where(Organisation.slug == slug, Organisation.kind != OPERATOR))
    if row is None:
        raise NotFound
    first_key = keyring.first_key(session, row.organisation_id)
    found = membership.of(session, row.organisation_id)
    if first_key is None or found is None:
        raise TransitionRefused
    holders = sorted(one.login for one in found.members.values() if one.role in _OPENING)
    letters = select(func.count()).select_from(Referral)
    there = (Referral.organisation_id == row.organisation_id, Referral.state != "destroyed")
    return Stake(
        slug,
        Name(row.name_ko, row.name_en),
        fingerprint(first_key),
        tuple(holders),
        session.scalar(letters.where(*there)) or 0,
    )


def invite_anew(session: Session, slug: str, operator: str, now: datetime) -> str:
    """Open the invitation with which a first lead begins anew, logged as the act of an operator; give its secret.

    Until somebody uses it everything stays as it is, and a lead who can sign in after all can take it back.
    Raises NotFound (no such organisation or operator), TransitionRefused (it has no keys).
    """
    own, by = _whose(session, slug, operator)
    invitation.withdraw_all(session, own, now, only_anew=True)
    secret = invitation.invite(session, own, "lead", by, now, anew=True)
    access_log.record_by(session, own, by, "invited_anew", now)
    session.commit()
    return secret


def take_back(session: Session, slug: str, operator: str, now: datetime) -> None:
    """Take the open invitation back. Raises NotFound (no such organisation or operator, nothing open) and as above."""
    own, by = _whose(session, slug, operator)
    if not invitation.withdraw_all(session, own, now, only_anew=True):
        raise NotFound
    access_log.record_by(session, own, by, "invitation_withdrawn", now, detail="lead")
    session.commit()


def _whose(session: Session, slug: str, operator: str) -> tuple[bytes, bytes]:
    """Give the ids of the organisation, locked, and of the operator."""
    at_stake(session, slug)
    session.rollback()
    by = session.scalar(
        select(Caseworker.caseworker_id).where(
            Caseworker.login == operator, Caseworker.role == OPERATOR, Caseworker.left_at.is_(None)
        )
    )
    own = session.scalar(select(Organisation.organisation_id).where(Organisation.slug == slug).with_for_update())
    if by is None or own is None:
        raise NotFound
    return own, by


def take_apart(session: Session, organisation_id: bytes, now: datetime) -> None:
    """End what hung on the old keys: copies of rings, everybody's access; and note when. Commits nothing."""
    keyring.set_aside(session, organisation_id)
    membership.everybody_waits(session, organisation_id)
    row = session.get_one(Organisation, organisation_id)
    row.broken_at = row.recovered_at = now
    row.recovery_seen_at = None
    session.flush()
