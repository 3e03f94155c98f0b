"""Which letters a legal hold keeps from being destroyed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.models import Caseworker, LegalHold, Referral
from app.services import referral

IN_FORCE: Final = "in_force"
# What every visit of a reporter asks for is built once.
_HOLDS: Final = (
    select(
        *LegalHold.__table__.c["referral_id", "set_at", "review_on"],
        Caseworker.__table__.c.login,
    )
    .join(Caseworker.__table__, Caseworker.__table__.c.caseworker_id == LegalHold.__table__.c.set_by)
    .where(
        LegalHold.__table__.c.referral_id.in_(bindparam("of", expanding=True)),
        LegalHold.__table__.c.state == IN_FORCE,
    )
)


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
    rows = session.connection().execute(_HOLDS, {"of": list(referral_ids)})
    return {row.referral_id: HoldStanding(row.login, day_of(row.set_at), row.review_on) for row in rows}


def must_live_or_be_held(session: Session, held: Referral) -> None:
    """Pass for a locked referral that can be written to: a withdrawn one while a hold keeps it. Raises Withdrawn."""
    if held.state == "withdrawn" and in_force(session, [held.referral_id]):
        return
    referral.must_live(held)
