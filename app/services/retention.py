"""Which letters go by their organisation's policy, and when: found along indexes, however many are kept."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from app.domain import retention
from app.domain.referral_state import LIVING, OPEN
from app.domain.retention import SOON, Policy
from app.models import LegalHold, Referral
from app.services import keeping
from app.services.hold_reading import IN_FORCE

_CLOSED: Final = ("closed",)
_NOT_CLOSED: Final = tuple(sorted(OPEN))
_COLUMNS: Final = (
    Referral.referral_id,
    Referral.organisation_id,
    Referral.state,
    Referral.keeping,
    Referral.received_on,
    Referral.active_on,
)


@dataclass(frozen=True, slots=True)
class Going:
    """One letter and the last day on which it is kept."""

    referral_id: bytes
    kept_until: date


def kept_until(row: Any, policies: Sequence[Policy]) -> date | None:  # noqa: ANN401 - a referral, or a row of one
    """Give the last day on which a living letter is kept, as things stand; None for others or without a policy."""
    if row.state not in LIVING:
        return None
    last_on = row.active_on or row.received_on
    return retention.kept_until(policies, row.keeping, last_on, closed=row.state == "closed")


def due(session: Session, today: date, most: int) -> list[bytes]:
    """Give some referrals whose last day is past and that no hold keeps. Reads, and locks nothing."""
    found: list[bytes] = []
    for organisation_id, policies in keeping.policies(session).items():
        for statement in _searches(organisation_id, policies, today):
            found += [row.referral_id for row in session.execute(statement.limit(most - len(found)))]
            if len(found) >= most:
                return found
    return found


def is_due(row: Referral, policies: Mapping[bytes, Sequence[Policy]], today: date) -> bool:
    """Say whether a referral that is locked is still due."""
    last = kept_until(row, policies.get(row.organisation_id, ()))
    return last is not None and last < today


def going(session: Session, organisation_id: bytes, today: date, most: int) -> list[Going]:
    """Give the letters of one organisation that go within a month and that no hold keeps: `most`, the next first."""
    policies = keeping.policies(session, [organisation_id])[organisation_id]
    searches = [select(one.limit(most).subquery()) for one in _searches(organisation_id, policies, today + SOON)]
    rows = session.execute(union_all(*searches)).all() if searches else []
    days = ((row.referral_id, kept_until(row, policies)) for row in rows)
    found = [Going(referral_id, last) for referral_id, last in days if last is not None]
    return sorted(found, key=lambda one: (one.kept_until, one.referral_id))[:most]


def held(session: Session, organisation_id: bytes, most: int) -> list[Going]:
    """Give the letters of one organisation that a hold keeps, with the day of its review, the next first."""
    rows = session.execute(
        select(LegalHold.referral_id, LegalHold.review_on)
        .where(LegalHold.organisation_id == organisation_id, LegalHold.state == literal(IN_FORCE, literal_execute=True))
        .order_by(LegalHold.review_on, LegalHold.referral_id)
        .limit(most)
    )
    return [Going(row.referral_id, row.review_on) for row in rows]


def days_of(session: Session, organisation_id: bytes, referral_ids: Sequence[bytes]) -> dict[bytes, date | None]:
    """Give the last day on which each of some letters of one organisation is kept, whatever holds there are."""
    policies = keeping.policies(session, [organisation_id])[organisation_id]
    rows = session.execute(select(*_COLUMNS).where(Referral.referral_id.in_(referral_ids)))
    return {row.referral_id: kept_until(row, policies) for row in rows}


def no_hold() -> Any:  # noqa: ANN401 - a condition
    """Say that no hold keeps a referral."""
    in_force = select(LegalHold.referral_id).where(
        LegalHold.referral_id == Referral.referral_id, LegalHold.state == literal(IN_FORCE, literal_execute=True)
    )
    return ~in_force.exists()


def _searches(organisation_id: bytes, policies: Sequence[Policy], today: date) -> Iterator[Any]:
    """Search for what is due, one stretch of an index for each policy that letters were sent under."""
    for told in range(policies[-1].place + 1):
        for closed, states in ((True, _CLOSED), (False, _NOT_CLOSED)):
            before = retention.due_before(policies, told, today, closed=closed)
            if before is not None:
                yield _happened(organisation_id, told, before, states)
        unopened = retention.due_before(policies, told, today, closed=False)
        began = next((one.since for one in policies if one.place == told), date.min)
        if unopened is not None and unopened > began:
            yield _untouched(organisation_id, policies, told, unopened)


def _happened(organisation_id: bytes, told: int, before: date, states: Collection[str]) -> Any:  # noqa: ANN401 - a select of six columns
    """Those in which something happened, the oldest first in each state."""
    return select(*_COLUMNS).where(
        Referral.organisation_id == organisation_id,
        Referral.state.in_([literal(state, literal_execute=True) for state in states]),
        Referral.keeping == told,
        Referral.active_on.is_not(None),
        Referral.active_on < before,
        no_hold(),
    )


def _untouched(organisation_id: bytes, policies: Sequence[Policy], told: int, before: date) -> Any:  # noqa: ANN401 - a select of six columns
    """Those in which nothing ever happened: by the day on which they came, up to the next policy's."""
    following = next((one.since for one in policies if one.place == told + 1), None)
    wanted = [Referral.received_on < before]
    if following is not None:
        wanted.append(Referral.received_on <= following)
    return select(*_COLUMNS).where(
        Referral.organisation_id == organisation_id,
        Referral.opened_at.is_(None),
        Referral.urgent.in_([literal(urgent, literal_execute=True) for urgent in (False, True)]),
        *wanted,
        Referral.state.in_([literal(state, literal_execute=True) for state in sorted(LIVING)]),
        Referral.active_on.is_(None),
        Referral.keeping == told,
        no_hold(),
    )
