"""Who looks at which referral just now, so that two people do not do the same: staff among themselves, for a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.models import Caseworker, Referral, Viewing
from app.services.insertion import insert_if_absent
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

KEPT_FOR: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Looking:
    """Somebody else (a login) and the referral that they have open."""

    referral_id: bytes
    login: str


def look(session: Session, signed_in: SignedIn, referral_id: bytes, now: datetime) -> tuple[str, ...]:
    """Note that the caseworker has a referral open; give the logins of the others who have. What is old is forgotten.

    Raises NotAllowed, NotFound.
    """
    signed_in.must("caseworker")
    own = Referral.organisation_id == signed_in.organisation_id
    if session.scalar(select(Referral.referral_id).where(Referral.referral_id == referral_id, own)) is None:
        raise NotFound
    forget_old(session, now)
    key = {"referral_id": referral_id, "caseworker_id": signed_in.caseworker_id}
    if not insert_if_absent(session, Viewing, key | {"seen_at": now}):
        session.execute(update(Viewing).filter_by(**key).values(seen_at=now))
    others = tuple(
        session.scalars(
            select(Caseworker.login)
            .join(Viewing, Viewing.caseworker_id == Caseworker.caseworker_id)
            .where(Viewing.referral_id == referral_id, Viewing.caseworker_id != signed_in.caseworker_id)
            .order_by(Caseworker.login)
        )
    )
    session.commit()
    return others


def of_others(session: Session, signed_in: SignedIn, now: datetime) -> tuple[Looking, ...]:
    """Give what the others of the own organisation have open. Raises NotAllowed."""
    signed_in.must("caseworker")
    reads_only(session)
    rows = session.execute(
        select(Viewing.referral_id, Caseworker.login)
        .join(Caseworker, Caseworker.caseworker_id == Viewing.caseworker_id)
        .where(
            Caseworker.organisation_id == signed_in.organisation_id,
            Viewing.caseworker_id != signed_in.caseworker_id,
            Viewing.seen_at >= now - KEPT_FOR,
        )
        .order_by(Caseworker.login)
    )
    return tuple(Looking(referral_id, login) for referral_id, login in rows)


def forget_old(session: Session, now: datetime) -> None:
    """Forget who looked at what more than a minute ago. Commits nothing."""
    session.execute(delete(Viewing).where(Viewing.seen_at < now - KEPT_FOR))
