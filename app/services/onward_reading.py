"""What was passed on, as both sides see it: beside one referral, and all that an organisation sent and was sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, Select, func, literal_column, select, update
from sqlalchemy.orm import Session, aliased

from app.domain.deadline import day_of
from app.domain.referral_state import LIVING
from app.domain.vocabulary import REFERRAL_STATES
from app.models import Organisation, PassedOn, Referral
from app.services import shredding
from app.services.organisation import Name
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

PAGE: Final = 100
_GONE: Final = tuple(sorted(frozenset(REFERRAL_STATES) - LIVING))
_RECEIVER: Final = aliased(Organisation, name="receiver")
_REFERRER: Final = aliased(Organisation, name="referrer")


@dataclass(frozen=True, slots=True)
class PassedOnStanding:
    """One letter that was passed on from a referral, as the referrer sees it: its state there is not among it.

    `state` is one of ONWARD_STATES, or `withdrawn` or `destroyed` once the reporter took it back; `answer` is sealed.
    """

    referral_id: bytes
    organisation: str
    origin_kid: bytes
    urgent: bool
    sent_on: date
    state: str
    answered_on: date | None
    answer: bytes | None


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the overview. `referral_id` is the reader's own referral; `seen` is about answers."""

    referral_id: bytes
    name: Name
    urgent: bool
    on: date
    due_on: date
    state: str
    answered_on: date | None
    seen: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """What waits for the own answer, by urgency and due day, and what was sent, newest first; each at most PAGE."""

    received: tuple[Listed, ...]
    sent: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many letters wait for the own answer, and how many answers nobody has looked at; each counted to PAGE."""

    received: int
    answered: int


def waiting(session: Session, signed_in: SignedIn) -> Waiting:
    """Give what waits for the caseworker's organisation. Raises NotAllowed."""
    signed_in.must("caseworker")
    reads_only(session)
    received = select(Referral.referral_id).where(*_offered(signed_in)).limit(PAGE).subquery()
    answered = (
        select(PassedOn.referral_id)
        .where(
            PassedOn.referrer_id == signed_in.organisation_id,
            PassedOn.answered_at.is_not(None),
            PassedOn.seen_at.is_(None),
        )
        .limit(PAGE)
        .subquery()
    )
    counts = [session.scalar(select(func.count()).select_from(some)) or 0 for some in (received, answered)]
    return Waiting(*counts)


def referrer_of(session: Session, referral_id: bytes) -> str | None:
    """Give the slug of the organisation that passed a letter on, None for a letter of the reporter's own choice."""
    return session.scalar(
        select(Organisation.slug)
        .join(PassedOn, PassedOn.referrer_id == Organisation.organisation_id)
        .where(PassedOn.referral_id == referral_id)
    )


def from_referral(session: Session, referral_id: bytes) -> tuple[PassedOnStanding, ...]:
    """Give what was passed on from one referral, oldest first."""
    rows = session.execute(
        select(
            Referral.referral_id,
            Organisation.slug,
            Referral.origin_kid,
            Referral.urgent,
            Referral.state,
            Referral.onward,
            PassedOn.sent_at,
            PassedOn.answered_at,
            PassedOn.answer,
            PassedOn.shred_id,
        )
        .join(PassedOn, PassedOn.referral_id == Referral.referral_id)
        .join(Organisation, Organisation.organisation_id == Referral.organisation_id)
        .where(Referral.referred_by == referral_id)
        .order_by(PassedOn.sent_at, Referral.referral_id)
    ).all()
    keys = shredding.under(session, {row.shred_id for row in rows})
    return tuple(
        PassedOnStanding(
            referral_id=row.referral_id,
            organisation=row.slug,
            origin_kid=row.origin_kid,
            urgent=row.urgent,
            sent_on=day_of(row.sent_at),
            state=_shown(row.onward, row.state),
            answered_on=_day(row.answered_at),
            answer=keys.take_out(row.answer, row.shred_id, "passed_on", row.referral_id),
        )
        for row in rows
    )


def note_seen(session: Session, referral_id: bytes, now: datetime) -> None:
    """Note that the referrer's people looked at the answers beside a referral of theirs. Commits nothing."""
    session.execute(
        update(PassedOn)
        .where(
            PassedOn.referral_id.in_(select(Referral.referral_id).where(Referral.referred_by == referral_id)),
            PassedOn.answered_at.is_not(None),
            PassedOn.seen_at.is_(None),
        )
        .values(seen_at=now)
        .execution_options(synchronize_session=False)
    )


def overview(session: Session, signed_in: SignedIn) -> Overview:
    """Give what was passed on to the caseworker's organisation and waits, and what it passed on. Raises NotAllowed."""
    signed_in.must("caseworker")
    reads_only(session)
    received = (
        _lines(Referral.referral_id.label("own_id"), _REFERRER)
        .where(*_offered(signed_in))
        .order_by(Referral.urgent.desc(), Referral.due_on, Referral.referral_id)
    )
    newest = session.scalars(
        select(PassedOn.referral_id)
        .where(PassedOn.referrer_id == signed_in.organisation_id)
        .order_by(PassedOn.sent_at.desc(), PassedOn.referral_id.desc())
        .limit(PAGE)
    ).all()
    sent = _lines(Referral.referred_by.label("own_id"), _RECEIVER).where(
        PassedOn.referral_id.in_(newest), Referral.referral_id.in_(newest)
    )
    living = [row for row in session.execute(sent) if row.own_id is not None]  # asked for, another index would be used
    by_time = sorted(living, key=lambda row: row.sent_at, reverse=True)
    return Overview(tuple(map(_listed, session.execute(received.limit(PAGE)))), tuple(map(_listed, by_time)))


def _offered(signed_in: SignedIn) -> tuple[ColumnElement[bool], ...]:
    return (
        Referral.organisation_id == signed_in.organisation_id,
        Referral.onward == literal_column("'offered'"),  # by its letters, or no index of SQLite's fits
        Referral.state.not_in(_GONE),  # that it lives, said so that no index of states seems better
    )


def _lines(own_id: Any, other: Any) -> Select[Any]:  # noqa: ANN401 - a label and an alias have no shorter types
    organisation_id = PassedOn.referrer_id if other is _REFERRER else Referral.organisation_id
    return (
        select(
            own_id,
            other.name_ko,
            other.name_en,
            Referral.urgent,
            Referral.due_on,
            Referral.state,
            Referral.onward,
            PassedOn.sent_at,
            PassedOn.answered_at,
            PassedOn.seen_at,
        )
        .select_from(PassedOn)
        .join(Referral, Referral.referral_id == PassedOn.referral_id)
        .join(other, other.organisation_id == organisation_id)
    )


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        referral_id=row.own_id,
        name=Name(row.name_ko, row.name_en),
        urgent=row.urgent,
        on=day_of(row.sent_at),
        due_on=row.due_on,
        state=_shown(row.onward, row.state),
        answered_on=_day(row.answered_at),
        seen=row.seen_at is not None or row.answered_at is None,
    )


def _shown(onward: str, state: str) -> str:
    return onward if state in LIVING else state


def _day(at: datetime | None) -> date | None:
    return None if at is None else day_of(at)
