"""The sealed summary of a referral, and the ids of its links, which the server learns when a letter was opened."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain import casework
from app.domain.deadline import day_of
from app.errors import FormatError, KeyRetired, VersionConflict
from app.models import Epoch, ReferralItem, Summary
from app.services import access_log, referral, shredding
from app.services.insertion import insert_if_absent
from app.services.signed_in import SignedIn


@dataclass(frozen=True, slots=True)
class SummaryStanding:
    """The newest summary, sealed."""

    epoch_kid: bytes
    version: int
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Saved:
    """The version that is now in force."""

    version: int


def save(session: Session, signed_in: SignedIn, referral_id: bytes, asked: casework.Summary, now: datetime) -> Saved:
    """Keep version current + 1 of a summary and register its links as reported; the same bytes again change nothing.

    Raises NotAllowed, NotFound, Withdrawn, VersionConflict, KeyRetired (the letter was sealed to newer keys meanwhile),
    or FormatError for a key that is not the organisation's.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    current = session.get(Summary, referral_id)
    if current is not None and (current.version, shredding.taken_out(session, current)) == (
        asked.version,
        asked.sealed,
    ):
        return Saved(current.version)
    referral.must_live(held)
    if asked.version != (current.version if current else 0) + 1:
        changed_by = referral.login_of(session, current.saved_by if current else None)
        at = current.saved_at if current else None
        raise VersionConflict(current.version if current else 0, changed_by or "", at)
    must_be_own_epoch(session, signed_in, asked.epoch_kid)
    _must_be_of_this_letter(session, held.kid, asked.epoch_kid)
    session.merge(
        Summary(
            referral_id=referral_id,
            epoch_kid=asked.epoch_kid,
            version=asked.version,
            saved_by=signed_in.caseworker_id,
            saved_at=now,
            **shredding.beside(session, referral_id, asked.sealed, "summary", referral_id),
        )
    )
    _register(session, referral_id, asked.items, now)
    access_log.record(session, signed_in, "summary_saved", now, referral_id=referral_id)
    session.commit()
    return Saved(asked.version)


def of_referral(session: Session, referral_id: bytes) -> SummaryStanding | None:
    """Give the newest summary of a referral, None before the first."""
    row = session.get(Summary, referral_id)
    sealed = None if row is None else shredding.taken_out(session, row)
    return None if row is None or sealed is None else SummaryStanding(row.epoch_kid, row.version, sealed)


def must_be_own_epoch(session: Session, signed_in: SignedIn, epoch_kid: bytes) -> None:
    """Pass for a key of the caseworker's own organisation. Raises FormatError."""
    own = session.get(Epoch, epoch_kid)
    if own is None or own.organisation_id != signed_in.organisation_id:
        raise FormatError("epoch_kid")


def _must_be_of_this_letter(session: Session, letter_kid: bytes, epoch_kid: bytes) -> None:
    """Pass unless the letter is under newer keys than its summary: that was then made of bytes that are gone."""
    places = dict(session.execute(select(Epoch.kid, Epoch.place).where(Epoch.kid.in_((letter_kid, epoch_kid)))).all())
    if places[epoch_kid] < places.get(letter_kid, 0):
        raise KeyRetired


def _register(session: Session, referral_id: bytes, item_ids: tuple[bytes, ...], now: datetime) -> None:
    """Add the links that are new; those that are known keep their state."""
    last = session.scalar(select(func.max(ReferralItem.place)).where(ReferralItem.referral_id == referral_id)) or 0
    for place, item_id in enumerate(item_ids, start=last + 1):
        row = {
            "referral_id": referral_id,
            "item_id": item_id,
            "place": place,
            "state": "reported",
            "state_on": day_of(now),
            "changed_by": None,
            "changed_at": None,
            "from_state": "",
            "removed_on": None,
        }
        insert_if_absent(session, ReferralItem, row)
