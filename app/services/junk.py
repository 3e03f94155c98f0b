"""Spam, pranks and floods: marked many at a time, out of everybody's way, and destroyed when nobody objected."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.domain.casework import Listed
from app.domain.deadline import day_of
from app.domain.referral_state import OPEN
from app.errors import TransitionRefused, VersionConflict
from app.models import Caseworker, Junk, Referral
from app.services import access_log, destruction, hold_reading, referral, several
from app.services.hold_reading import HoldStanding
from app.services.several import Outcome
from app.services.signed_in import SignedIn

# Long enough to notice a mistake after a holiday, and for a reporter to come back and say that she meant it. Not
# longer, because what nobody needs is not kept.
KEPT_FOR: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Mark:
    """Who took a referral for junk (a login), when, and from which day on it is destroyed."""

    marked_by: str
    marked_on: date
    destroy_on: date


def mark(session: Session, signed_in: SignedIn, listed: Sequence[Listed], now: datetime) -> Outcome:
    """Close open referrals as junk and set the day of their destruction. Raises NotAllowed.

    One that was changed since it was seen, or to which the reporter has written since, is refused.
    """
    signed_in.must("caseworker")

    def one(held: Referral, kept: Junk | None, asked: Listed) -> None:
        if kept is not None or held.state not in OPEN:
            raise TransitionRefused
        referral.must_be_accepted(held)  # whoever passed it on waits for an answer
        if held.unread_from_reporter and not asked.unread:
            raise VersionConflict(held.version, "", None)
        session.add(_junk(held, signed_in, now))
        referral.move(held, "closed", now)
        referral.changed(held, signed_in, now)
        access_log.record(session, signed_in, "junk_marked", now, referral_id=held.referral_id)

    return several.each(
        session, signed_in, listed, _kept(session), one, lambda held, kept: held.state == "closed" and kept is not None
    )


def undo(session: Session, signed_in: SignedIn, listed: Sequence[Listed], now: datetime) -> Outcome:
    """Bring junk back to the state in which it was marked. Raises NotAllowed."""
    signed_in.must("caseworker")

    def one(held: Referral, kept: Junk | None, _asked: Listed) -> None:
        if kept is None or held.state != "closed":
            raise TransitionRefused
        referral.move(held, kept.state, now)
        session.delete(kept)
        referral.changed(held, signed_in, now)
        access_log.record(session, signed_in, "junk_undone", now, referral_id=held.referral_id)

    return several.each(
        session, signed_in, listed, _kept(session), one, lambda held, kept: held.state in OPEN and kept is None
    )


def destroy(session: Session, signed_in: SignedIn, listed: Sequence[Listed], now: datetime) -> Outcome:
    """Destroy junk at once, for good; what is not junk, or a hold keeps, is refused. For leads. Raises NotAllowed."""
    signed_in.must("lead")
    ids = [one.referral_id for one in listed]
    own = (Referral.referral_id.in_(ids)) & (Referral.organisation_id == signed_in.organisation_id)
    destruction.lock_reports(session, select(Referral.report_id).where(own))
    gone: list[bytes] = []
    refused: dict[bytes, HoldStanding] = {}

    def kept_of(ids: list[bytes]) -> dict[bytes, Junk]:
        refused.update(hold_reading.in_force(session, ids))
        return _kept(session)(ids)

    reports: set[bytes] = set()

    def one(held: Referral, kept: Junk | None, _asked: Listed) -> None:
        if kept is None or held.state != "closed" or held.referral_id in refused:
            raise TransitionRefused
        gone.append(held.referral_id)
        reports.update({held.report_id} - {None})  # type: ignore[arg-type]  # None was taken out
        access_log.record(session, signed_in, "junk_destroyed", now, referral_id=held.referral_id)

    def finish() -> None:
        destruction.destroy(session, gone, now)
        for report_id in sorted(reports):
            destruction.forget_if_empty(session, report_id, now)

    return several.each(session, signed_in, listed, kept_of, one, lambda held, _kept: held.state == "destroyed", finish)


def take_back(session: Session, held: Referral, now: datetime) -> None:
    """Bring a locked referral back if it is junk: whoever writes is somebody. Commits nothing."""
    kept = session.get(Junk, held.referral_id)
    if kept is not None and held.state == "closed":
        referral.move(held, kept.state, now)
        held.version += 1
        held.changed_by = held.changed_at = None
        session.delete(kept)


def forget(session: Session, referral_ids: Collection[bytes]) -> None:
    """Take referrals for junk no longer, whatever becomes of them. Commits nothing."""
    session.execute(delete(Junk).where(Junk.referral_id.in_(referral_ids)))


def of_referrals(session: Session, referral_ids: Collection[bytes]) -> dict[bytes, Mark]:
    """Give the marks of those closed referrals that are junk."""
    if not referral_ids:
        return {}
    rows = session.execute(
        select(Junk.referral_id, Caseworker.login, Junk.marked_on, Junk.destroy_on)
        .join(Caseworker, Caseworker.caseworker_id == Junk.marked_by)
        .where(Junk.referral_id.in_(referral_ids))
    )
    return {referral_id: Mark(login, marked_on, destroy_on) for referral_id, login, marked_on, destroy_on in rows}


def _junk(held: Referral, signed_in: SignedIn, now: datetime) -> Junk:
    today = day_of(now)
    return Junk(
        referral_id=held.referral_id,
        organisation_id=held.organisation_id,
        marked_by=signed_in.caseworker_id,
        marked_on=today,
        destroy_on=today + KEPT_FOR,
        state=held.state,
    )


def _kept(session: Session) -> Callable[[list[bytes]], dict[bytes, Junk]]:
    def of(ids: list[bytes]) -> dict[bytes, Junk]:
        return {kept.referral_id: kept for kept in session.scalars(select(Junk).where(Junk.referral_id.in_(ids)))}

    return of
