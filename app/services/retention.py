"""Which letters go by their organisation's policy, and when: found along indexes, however many are kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import bindparam, literal, select, union_all, update
from sqlalchemy.orm import Session

from app.domain import retention
from app.domain.referral_state import LIVING
from app.domain.retention import SOON, Policy
from app.models import LegalHold, Referral
from app.services import keeping
from app.services.hold_reading import IN_FORCE

AT_ONCE: Final = 1000  # so many are brought up to this release by one tick
_COLUMNS: Final = (
    Referral.referral_id,
    Referral.organisation_id,
    Referral.state,
    Referral.keeping,
    Referral.received_on,
    Referral.state_on,
    Referral.active_on,
)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where to look: letters under the policy `told` in which nothing happened from `before` on.

    `state`: where something had happened; else, with an empty one, those that are urgent or are not, by when they came.
    """

    told: int
    before: date
    state: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Going:
    """One letter and the last day on which it is kept."""

    referral_id: bytes
    kept_until: date


def kept_until(row: Any, policies: Sequence[Policy]) -> date | None:  # noqa: ANN401 - a referral, or a row of one
    """Give the last day on which a living letter is kept, as things stand; None for others or without a policy."""
    if row.state not in LIVING:
        return None
    last_on = row.active_on or max(row.received_on, row.state_on)
    return retention.kept_until(policies, row.keeping, last_on, closed=row.state == "closed")


def due(session: Session, today: date, most: int) -> list[bytes]:
    """Give some referrals whose last day is past and that no hold keeps. Reads, and locks nothing."""
    found: list[bytes] = []
    for organisation_id, policies in keeping.policies(session).items():
        found += [row.referral_id for row in _found(session, organisation_id, policies, today, most)]
        if len(found) >= most:
            break
    return found[:most]


def is_due(row: Referral, policies: Mapping[bytes, Sequence[Policy]], today: date) -> bool:
    """Say whether a referral that is locked is still due."""
    last = kept_until(row, policies.get(row.organisation_id, ()))
    return last is not None and last < today


def going(session: Session, organisation_id: bytes, today: date, most: int) -> list[Going]:
    """Give the letters of one organisation that go within a month and that no hold keeps: `most`, the next first."""
    policies = keeping.of(session, organisation_id)
    rows = _found(session, organisation_id, policies, today + SOON, most)
    days = ((row.referral_id, kept_until(row, policies)) for row in rows)
    found = [Going(referral_id, last) for referral_id, last in days if last is not None]
    return sorted(found, key=lambda one: (one.kept_until, one.referral_id))[:most]


def held(session: Session, organisation_id: bytes, most: int) -> list[Going]:
    """Give the letters of one organisation that a hold keeps, with the day of its review, the next first."""
    rows = session.execute(
        select(LegalHold.referral_id, LegalHold.review_on)
        .where(LegalHold.organisation_id == organisation_id, LegalHold.state == _said(IN_FORCE))
        .order_by(LegalHold.review_on, LegalHold.referral_id)
        .limit(_said(most))
    )
    return [Going(row.referral_id, row.review_on) for row in rows]


def days_of(session: Session, organisation_id: bytes, referral_ids: Sequence[bytes]) -> dict[bytes, date | None]:
    """Give the last day on which each of some letters of one organisation is kept, whatever holds there are."""
    policies = keeping.of(session, organisation_id)
    rows = session.execute(select(*_COLUMNS).where(Referral.referral_id.in_(referral_ids)))
    return {row.referral_id: kept_until(row, policies) for row in rows}


def begin_to_count(session: Session, today: date) -> None:
    """Let some of what the release before opened count from today on. Commits nothing."""
    uncounted = (Referral.opened_at.is_not(None), Referral.active_on.is_(None), Referral.state_on <= _said(date.max))
    some = session.scalars(select(Referral.referral_id).where(*uncounted).limit(_said(AT_ONCE))).all()
    if some:
        session.execute(update(Referral).where(Referral.referral_id.in_(some)).values(active_on=today))


def no_hold() -> Any:  # noqa: ANN401 - a condition
    """Say that no hold keeps a referral."""
    in_force = select(LegalHold.referral_id).where(
        LegalHold.referral_id == Referral.referral_id, LegalHold.state == _said(IN_FORCE)
    )
    return ~in_force.exists()


def _found(session: Session, organisation_id: bytes, policies: Sequence[Policy], today: date, most: int) -> Any:  # noqa: ANN401 - rows
    """Give what is due in one organisation: at most `most` of each stretch of an index, the oldest first in each."""
    stretches = tuple(_stretches(policies, today))
    if not stretches:
        return []
    return session.execute(_search(stretches, most), {"organisation_id": organisation_id}).all()


def _stretches(policies: Sequence[Policy], today: date) -> Iterator[_Stretch]:
    """Give where to look, for each policy that letters were sent under."""
    if not policies:
        return
    since = {one.place: one.since for one in policies}
    for told in range(policies[-1].place + 1):
        for state in sorted(LIVING):
            before = retention.due_before(policies, told, today, closed=state == "closed")
            if before is not None:
                yield _Stretch(told, before, state=state)
        before = retention.due_before(policies, told, today, closed=False)
        if before is not None and before > since.get(told, date.min):
            following = since.get(told + 1)
            before = before if following is None else min(before, following + timedelta(days=1))
            for urgent in (False, True):
                yield _Stretch(told, before, urgent=urgent)


@lru_cache(maxsize=64)
def _search(stretches: tuple[_Stretch, ...], most: int) -> Any:  # noqa: ANN401 - a select of six columns
    """One statement for all stretches, each along an index and no longer than what is asked for."""
    each = [_happened(one) if one.state else _untouched(one) for one in stretches]
    return union_all(*(select(one.limit(_said(most)).subquery()) for one in each))


def _happened(stretch: _Stretch) -> Any:  # noqa: ANN401 - a select of six columns
    """Those in one state in which something happened."""
    return (
        select(*_COLUMNS)
        .where(
            Referral.organisation_id == bindparam("organisation_id"),
            Referral.state == _said(stretch.state),
            Referral.keeping == _said(stretch.told),
            Referral.active_on.is_not(None),
            Referral.active_on < _said(stretch.before),
            no_hold(),
        )
        .order_by(Referral.active_on)
    )


def _untouched(stretch: _Stretch) -> Any:  # noqa: ANN401 - a select of six columns
    """Those in which nothing ever happened, by the day on which they came."""
    return (
        select(*_COLUMNS)
        .where(
            Referral.organisation_id == bindparam("organisation_id"),
            Referral.opened_at.is_(None),
            Referral.urgent == _said(stretch.urgent),
            Referral.received_on < _said(stretch.before),
            Referral.state.in_([_said(state) for state in sorted(LIVING)]),
            Referral.active_on.is_(None),
            Referral.keeping == _said(stretch.told),
            no_hold(),
        )
        .order_by(Referral.received_on)
    )


def _said(value: object) -> Any:  # noqa: ANN401 - an expression
    """Write a value out in the statement: a plan must not depend on what it does not see."""
    return literal(value, literal_execute=True)
