"""What a new lead still has to do, read off what is there: nothing is ticked by hand, and nothing is remembered."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.crypto.recipient_key import fingerprint
from app.errors import NotFound
from app.models import AccessLog, Caseworker, Notice, Organisation, Passkey
from app.services import keyring
from app.services.organisation import Name
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

_OPENED: Final = "opened"
_INVITED: Final = "invited"


@dataclass(frozen=True, slots=True)
class FirstDay:
    """What was done already, and what belongs on paper."""

    slug: str
    name: Name
    fingerprint: str
    letter_opened: bool
    second_factor: bool
    colleagues: bool
    hours: bool


def of(session: Session, signed_in: SignedIn) -> FirstDay:
    """Give how far the lead's own organisation is. Raises NotAllowed, NotFound where it has no keys."""
    signed_in.must("lead")
    reads_only(session)
    own = signed_in.organisation_id
    organisation = session.get_one(Organisation, own)
    first_key = keyring.first_key(session, own)
    if first_key is None:
        raise NotFound
    notice = session.get(Notice, own)
    return FirstDay(
        slug=organisation.slug,
        name=Name(organisation.name_ko, organisation.name_en),
        fingerprint=fingerprint(first_key),
        letter_opened=_any(session, own, _OPENED),
        second_factor=_second_factor(session, signed_in.caseworker_id),
        colleagues=_any(session, own, _INVITED, signed_in.caseworker_id) or _colleagues(session, own) > 1,
        hours=notice is not None and bool(notice.opening or notice.hours_ko or notice.hours_en),
    )


def _any(session: Session, own: bytes, action: str, by: bytes | None = None) -> bool:
    found = select(AccessLog.number).where(AccessLog.organisation_id == own, AccessLog.action == action)
    if by is not None:
        found = found.where(AccessLog.caseworker_id == by)
    return session.scalar(found.limit(1)) is not None


def _second_factor(session: Session, caseworker_id: bytes) -> bool:
    sealed = session.scalar(select(Caseworker.totp_sealed).where(Caseworker.caseworker_id == caseworker_id))
    passkey = select(Passkey.passkey_id).where(Passkey.caseworker_id == caseworker_id).limit(1)
    return sealed is not None or session.scalar(passkey) is not None


def _colleagues(session: Session, own: bytes) -> int:
    there = select(func.count()).select_from(Caseworker)
    return session.scalar(there.where(Caseworker.organisation_id == own, Caseworker.left_at.is_(None))) or 0
