"""How old an organisation's keys are, when its leads want to be asked for new ones, and what is under older ones."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.errors import FormatError
from app.models import Epoch, Keyring, Organisation, Referral, Summary, WorkRecord
from app.services import access_log, resealing
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

SCHEDULES: Final = (0, 3, 6, 12, 24)  # months; 0 is never
DAYS_OF_A_MONTH: Final = 365 / 12


@dataclass(frozen=True, slots=True)
class Standing:
    """The keys in force since a day, when new ones are due, and how many letters still lie under older keys.

    `due_on` is None where nobody wants to be asked.
    """

    since: date
    rotate_months: int
    due_on: date | None
    is_due: bool
    changes: int
    left: int


def standing(session: Session, signed_in: SignedIn, now: datetime) -> Standing:
    """Give how the organisation's keys stand. Raises NotAllowed, NotFound (no keys yet)."""
    signed_in.must("lead")
    reads_only(session)
    organisation = session.get_one(Organisation, signed_in.organisation_id)
    own = Epoch.organisation_id == signed_in.organisation_id
    changed_on = session.scalar(select(func.max(Epoch.retired_on)).where(own))
    changes = session.scalar(select(func.count()).select_from(Epoch).where(own, Epoch.lost_on.is_(None))) or 1
    left = resealing.left(session, signed_in).total
    since = changed_on or _first_ring_on(session, organisation)
    due_on = None
    if organisation.rotate_months:
        due_on = since + timedelta(days=round(organisation.rotate_months * DAYS_OF_A_MONTH))
    is_due = due_on is not None and due_on <= day_of(now)
    return Standing(since, organisation.rotate_months, due_on, is_due, changes - 1, left)


def set_schedule(session: Session, signed_in: SignedIn, months: int, now: datetime) -> None:
    """Have leads asked for new keys every so many months, 0 for never. Raises NotAllowed, FormatError."""
    signed_in.must("lead")
    if months not in SCHEDULES:
        raise FormatError("rotate_months")
    session.execute(
        update(Organisation)
        .where(Organisation.organisation_id == signed_in.organisation_id)
        .values(rotate_months=months)
    )
    access_log.record(session, signed_in, "organisation_changed", now, detail="rotate_months")
    session.commit()


def kids_in_use(session: Session, organisation_id: bytes) -> frozenset[bytes]:
    """Give the keys that some letter, summary or record is under."""
    own = Referral.organisation_id == organisation_id
    letters = select(Referral.kid).where(own, Referral.state != "destroyed").distinct()
    summaries = select(Summary.epoch_kid).join(Referral, Referral.referral_id == Summary.referral_id).where(own)
    records = select(WorkRecord.epoch_kid).where(WorkRecord.organisation_id == organisation_id)
    return frozenset(
        kid for kids in (letters, summaries.distinct(), records.distinct()) for kid in session.scalars(kids)
    )


def unused(session: Session, signed_in: SignedIn, now: datetime, *, grace_days: int) -> tuple[bytes, ...]:
    """Give the retired keys that nothing lies under and nothing can come in for: they may leave the ring.

    Raises NotAllowed.
    """
    signed_in.must("lead")
    reads_only(session)
    used = kids_in_use(session, signed_in.organisation_id)
    # A day more than the grace: what was about to come in just before it ended is here by then.
    over = Epoch.retired_on < day_of(now) - timedelta(days=grace_days)
    own = (Epoch.organisation_id == signed_in.organisation_id, Epoch.lost_on.is_(None))
    retired = select(Epoch.kid).where(*own, over).order_by(Epoch.place)
    return tuple(kid for kid in session.scalars(retired) if kid not in used)


def _first_ring_on(session: Session, organisation: Organisation) -> date:
    first = session.scalar(
        select(func.min(Keyring.stored_at)).where(Keyring.organisation_id == organisation.organisation_id)
    )
    return day_of(first or organisation.created_at)
