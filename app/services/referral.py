"""One organisation's hold on one referral: whose it is, whether it lives, and which version it is at."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.domain.referral_state import LIVING
from app.errors import NotFound, TransitionRefused, VersionConflict, Withdrawn
from app.models import Caseworker, Referral, ReferralItem
from app.services import shredding
from app.services.signed_in import SignedIn


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """Where one link stands. `state_on` in whole days."""

    item_id: bytes
    state: str
    state_on: date


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands after a change: `assignee` is a login or None."""

    state: str
    version: int
    assignee: str | None
    items: tuple[ItemStanding, ...]


def held(session: Session, signed_in: SignedIn, referral_id: bytes) -> Referral:
    """Give a referral of the caseworker's own organisation, locked until the commit.

    Raises NotFound for any other, or Withdrawn for one whose shred key is gone: it is being destroyed.
    """
    referral = session.scalar(
        select(Referral)
        .where(Referral.referral_id == referral_id, Referral.organisation_id == signed_in.organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if referral is None:
        raise NotFound
    if not shredding.under(session, [referral.shred_id]).has(referral.shred_id):
        raise Withdrawn
    return referral


def must_live(referral: Referral) -> None:
    """Pass while the reporter has not withdrawn. Raises Withdrawn."""
    if referral.state not in LIVING:
        raise Withdrawn


def must_be_accepted(referral: Referral) -> None:
    """Pass unless another organisation passed this on and nobody said yes to it. Raises TransitionRefused."""
    if referral.onward in {"offered", "refused"}:
        raise TransitionRefused


def must_be_at(session: Session, referral: Referral, version: int) -> None:
    """Pass if nobody changed the referral since `version`. Raises VersionConflict with who did, and when."""
    if referral.version != version:
        changed_by = login_of(session, referral.changed_by)
        raise VersionConflict(referral.version, changed_by or "", referral.changed_at)


def changed(referral: Referral, signed_in: SignedIn, now: datetime) -> None:
    """Note who changed a referral: the next change must know this one."""
    referral.version += 1
    referral.changed_by = signed_in.caseworker_id
    referral.changed_at = now
    if referral.state != "closed" or referral.state_on == day_of(now):  # who wants it kept after that sets a hold
        active(referral, now)


def active(referral: Referral, now: datetime) -> None:
    """Note that something happened today: from that day on a letter is kept for a while. Looking at it is nothing."""
    today = day_of(now)
    referral.active_on = today if referral.active_on is None else max(referral.active_on, today)


def move(referral: Referral, state: str, now: datetime) -> None:
    """Bring a referral to a state, from today."""
    referral.state = state
    referral.state_on = day_of(now)


def items_of(session: Session, referral_id: bytes) -> tuple[ItemStanding, ...]:
    """Give the links of a referral in their order."""
    rows = session.execute(
        select(ReferralItem.item_id, ReferralItem.state, ReferralItem.state_on)
        .where(ReferralItem.referral_id == referral_id)
        .order_by(ReferralItem.place)
    )
    return tuple(ItemStanding(item_id, state, state_on) for item_id, state, state_on in rows)


def standing(session: Session, referral: Referral) -> Standing:
    """Give where a referral stands."""
    assignee = login_of(session, referral.assignee_id)
    return Standing(referral.state, referral.version, assignee, items_of(session, referral.referral_id))


def login_of(session: Session, caseworker_id: bytes | None) -> str | None:
    """Give a caseworker's login, None for nobody."""
    if caseworker_id is None:
        return None
    return session.scalar(select(Caseworker.login).where(Caseworker.caseworker_id == caseworker_id))
