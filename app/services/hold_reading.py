"""Which letters a legal hold keeps from being destroyed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.models import Caseworker, LegalHold, Referral
from app.services import referral

IN_FORCE: Final = "in_force"


@dataclass(frozen=True, slots=True)
class HoldStanding:
    """A hold in force as staff see it: by whom (a login), since when, and when somebody looks at it again."""

    by: str
    since: date
    review_on: date


def in_force(session: Session, referral_ids: Collection[bytes]) -> dict[bytes, HoldStanding]:
    """Give the holds in force on some referrals. Asked once their rows are locked, it stays true until the commit."""
    if not referral_ids:
        return {}
    rows = session.execute(
        select(LegalHold.referral_id, Caseworker.login, LegalHold.set_at, LegalHold.review_on)
        .join(Caseworker, Caseworker.caseworker_id == LegalHold.set_by)
        .where(LegalHold.referral_id.in_(referral_ids), LegalHold.state == IN_FORCE)
    )
    return {row.referral_id: HoldStanding(row.login, day_of(row.set_at), row.review_on) for row in rows}


def must_live_or_be_held(session: Session, held: Referral) -> None:
    """Pass for a locked referral that can be written to: a withdrawn one while a hold keeps it. Raises Withdrawn."""
    if held.state == "withdrawn" and in_force(session, [held.referral_id]):
        return
    referral.must_live(held)
