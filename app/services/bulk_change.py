"""Whose referrals are, where they stand and by when: changed several at a time, unopened, and brought back."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.casework_errors import MessageNeeded, ReasonNeeded
from app.domain import referral_state
from app.domain.casework import Listed, StaffMessage
from app.domain.deadline import day_of
from app.domain.queue_asking import NewState, Undo
from app.domain.referral_state import LIVING, OPEN
from app.errors import FormatError, TransitionRefused, Withdrawn
from app.models import BulkChange, Caseworker, Referral
from app.services import access_log, junk, message, referral, several
from app.services.several import Outcome
from app.services.signed_in import SignedIn

UNDONE_WITHIN: Final = timedelta(minutes=10)
FARTHEST: Final = timedelta(days=366)
_UNTOLD: Final = frozenset({"received", "assigned"})  # who holds it is no news for a reporter


def colleagues(session: Session, signed_in: SignedIn) -> tuple[str, ...]:
    """Give the logins of those of the own organisation to whom a referral can be handed, oneself included."""
    return tuple(session.scalars(_working(signed_in).order_by(Caseworker.login)))


def assign(session: Session, signed_in: SignedIn, listed: Sequence[Listed], to: str | None, now: datetime) -> Outcome:
    """Hand referrals to a colleague, or to nobody; a received one becomes assigned, one only assigned received again.

    What somebody else holds only a lead hands on. Nobody gives reasons. Raises NotAllowed, or FormatError for a login
    that is not a working colleague's.
    """
    signed_in.must("caseworker")
    person = None if to is None else _colleague(session, signed_in, to)

    def one(held: Referral, kept: BulkChange | None, _asked: Listed) -> None:
        _must_live(held)
        if held.assignee_id not in {None, signed_in.caseworker_id} and not signed_in.may("lead"):
            raise TransitionRefused
        _remember(session, signed_in, held, kept, now)
        held.assignee_id = person
        if person is None and held.state == "assigned":
            referral.move(held, "received", now)
        elif person is not None and held.state == "received":
            referral.move(held, "assigned", now)
        referral.changed(held, signed_in, now)
        action = "released" if person is None else "assigned"
        access_log.record(session, signed_in, action, now, referral_id=held.referral_id, subject_id=person)

    def reached(held: Referral, _kept: BulkChange | None) -> bool:
        return held.assignee_id == person

    return several.each(session, signed_in, listed, _before(session, now), one, reached)


def set_state(session: Session, signed_in: SignedIn, asked: NewState, now: datetime) -> Outcome:
    """Bring referrals to a state that a caseworker may choose, each with the message that tells its reporter.

    One without a message is refused, and one that needs a reason, such as closing, which is chosen on the referral's
    own page. Raises NotAllowed.
    """
    signed_in.must("caseworker")
    state = asked.state

    def one(held: Referral, kept: BulkChange | None, _asked: Listed) -> None:
        _must_live(held)
        referral.must_be_accepted(held)
        referral_state.check_choice(held.state, state)
        if referral_state.needs(held.state, state):  # written down for one referral, in its own sealed record
            raise ReasonNeeded
        _tell(session, signed_in, held, asked.messages.get(held.referral_id), now)
        _remember(session, signed_in, held, kept, now)
        referral.move(held, state, now)
        junk.forget(session, [held.referral_id])
        referral.changed(held, signed_in, now)
        access_log.record(session, signed_in, "state_changed", now, referral_id=held.referral_id, detail=state)

    def reached(held: Referral, _kept: BulkChange | None) -> bool:
        return held.state == state

    return several.each(session, signed_in, asked.listed, _before(session, now), one, reached)


def set_due(session: Session, signed_in: SignedIn, listed: Sequence[Listed], due_on: date, now: datetime) -> Outcome:
    """Give open referrals another day by which they shall be worked on, today or within a year.

    Raises NotAllowed, or FormatError for a day that is past or too far.
    """
    signed_in.must("caseworker")
    today = day_of(now)
    if not today <= due_on <= today + FARTHEST:
        raise FormatError("due_on")

    def one(held: Referral, kept: BulkChange | None, _asked: Listed) -> None:
        if held.state not in OPEN:
            raise TransitionRefused
        _remember(session, signed_in, held, kept, now)
        held.due_on = due_on
        referral.changed(held, signed_in, now)
        detail = due_on.isoformat()
        access_log.record(session, signed_in, "deadline_changed", now, referral_id=held.referral_id, detail=detail)

    def reached(held: Referral, _kept: BulkChange | None) -> bool:
        return held.due_on == due_on

    return several.each(session, signed_in, listed, _before(session, now), one, reached)


def undo(session: Session, signed_in: SignedIn, asked: Undo, now: datetime) -> Outcome:
    """Bring referrals back to how they stood before the caseworker's own last change here, within ten minutes.

    Whoever was told of a state is told that it was a mistake; without that message it is refused. So is what was
    changed since, and what was not changed here. Raises NotAllowed.
    """
    signed_in.must("caseworker")

    def one(held: Referral, kept: BulkChange | None, _asked: Listed) -> None:
        _must_live(held)
        own = kept is not None and (kept.version, kept.caseworker_id) == (held.version, signed_in.caseworker_id)
        if kept is None or not own or kept.changed_at < now - UNDONE_WITHIN:
            raise TransitionRefused
        held.due_on, held.assignee_id = kept.due_on, kept.assignee_id
        if held.state != kept.state:
            if held.state not in _UNTOLD:
                _tell(session, signed_in, held, asked.messages.get(held.referral_id), now)
            referral.move(held, kept.state, now)
        session.delete(kept)
        referral.changed(held, signed_in, now)
        access_log.record(session, signed_in, "change_undone", now, referral_id=held.referral_id)

    def reached(_held: Referral, kept: BulkChange | None) -> bool:
        return kept is None

    return several.each(session, signed_in, asked.listed, _before(session, now), one, reached)


def forget_old(session: Session, now: datetime) -> None:
    """Forget what can be undone no longer. Commits nothing."""
    session.execute(delete(BulkChange).where(BulkChange.changed_at < now - UNDONE_WITHIN))


def _working(signed_in: SignedIn) -> Any:  # noqa: ANN401 - a select of one column
    return select(Caseworker.login).where(
        Caseworker.organisation_id == signed_in.organisation_id,
        Caseworker.left_at.is_(None),
        Caseworker.role.in_(("lead", "caseworker")),
    )


def _colleague(session: Session, signed_in: SignedIn, login: str) -> bytes:
    found = session.scalar(
        _working(signed_in).with_only_columns(Caseworker.caseworker_id).where(Caseworker.login == login)
    )
    if found is None:
        raise FormatError("to")
    caseworker_id: bytes = found
    return caseworker_id


def _tell(session: Session, signed_in: SignedIn, held: Referral, said: StaffMessage | None, now: datetime) -> None:
    """Keep what the reporter is told, in the same transaction. Raises MessageNeeded, MessageExists."""
    if said is None:
        raise MessageNeeded
    if message.kept(session, held.referral_id, said.message_id, message.TO_REPORTER, said.sealed) is None:
        message.keep(session, held.referral_id, said.message_id, message.TO_REPORTER, said.sealed, now, signed_in)


def _must_live(held: Referral) -> None:
    if held.state not in LIVING:
        raise Withdrawn


def _before(session: Session, now: datetime) -> Callable[[list[bytes]], dict[bytes, BulkChange]]:
    def of(ids: list[bytes]) -> dict[bytes, BulkChange]:
        forget_old(session, now)
        rows = session.scalars(select(BulkChange).where(BulkChange.referral_id.in_(ids)))
        return {kept.referral_id: kept for kept in rows}

    return of


def _remember(session: Session, signed_in: SignedIn, held: Referral, kept: BulkChange | None, now: datetime) -> None:
    """Note how a referral stands now, and which version comes next."""
    if kept is None:
        kept = BulkChange(referral_id=held.referral_id)
        session.add(kept)
    kept.caseworker_id, kept.changed_at, kept.version = signed_in.caseworker_id, now, held.version + 1
    kept.state, kept.due_on, kept.assignee_id = held.state, held.due_on, held.assignee_id
