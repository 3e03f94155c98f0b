"""For how long organisations keep letters: what each has said so far, and what a lead has it say from now on."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from app.domain import retention
from app.domain.deadline import day_of
from app.domain.retention import Policy
from app.models import Keeping, Organisation
from app.services import access_log
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

_POLICIES: Final = select(*Keeping.__table__.c["organisation_id", "place", "since", "closed_days", "quiet_days"])
_OF_SOME: Final = _POLICIES.where(Keeping.__table__.c.organisation_id.in_(bindparam("of", expanding=True)))


@dataclass(frozen=True, slots=True)
class Told:
    """What people read of an organisation: days after closing, and days without anything happening."""

    closed_days: int
    quiet_days: int


def begin(session: Session, organisation_id: bytes, now: datetime) -> None:
    """Give a new organisation the usual policy. Commits nothing."""
    session.add(_row(organisation_id, _usual(day_of(now))))


def begin_missing(session: Session, now: datetime) -> None:
    """Give the usual policy to organisations that the release before added. Commits nothing."""
    for one in session.scalars(select(Organisation).where(Organisation.keeping == 0).with_for_update()):
        begin(session, one.organisation_id, now)
        one.keeping = 1


def policies(session: Session, organisations: Collection[bytes] | None = None) -> dict[bytes, tuple[Policy, ...]]:
    """Give all policies of some organisations, or of all, each in their order."""
    connection = session.connection()
    rows = (
        connection.execute(_POLICIES)
        if organisations is None
        else connection.execute(_OF_SOME, {"of": list(organisations)})
    )
    return _grouped(rows.all())


def of(session: Session, organisation_id: bytes) -> tuple[Policy, ...]:
    """Give the policies of one organisation, at least one: until a tick has begun with it, it has the usual one."""
    return policies(session, [organisation_id]).get(organisation_id) or (_usual(date.min),)


def own(session: Session, signed_in: SignedIn) -> tuple[Policy, ...]:
    """Give the policies of the caseworker's own organisation, the one in force last."""
    reads_only(session)
    return of(session, signed_in.organisation_id)


def choose(session: Session, signed_in: SignedIn, closed_days: int, quiet_days: int, now: datetime) -> None:
    """Have a lead say for how long letters are kept from today on; what is said already changes nothing.

    Letters that came before are kept no longer than was said then, and no shorter before a notice is over. Raises
    NotAllowed, or FormatError for days out of bounds.
    """
    signed_in.must("lead")
    retention.check(closed_days, quiet_days)
    one = session.scalars(
        select(Organisation).where(Organisation.organisation_id == signed_in.organisation_id).with_for_update()
    ).one()
    last = of(session, one.organisation_id)[-1]
    if (last.closed_days, last.quiet_days) == (closed_days, quiet_days):
        session.rollback()
        return
    chosen = Policy(last.place + 1, max(day_of(now), last.since), closed_days, quiet_days)
    session.add(_row(one.organisation_id, chosen))
    one.keeping = chosen.place
    detail = f"keeping {closed_days} {quiet_days}"
    access_log.record(session, signed_in, "organisation_changed", now, detail=detail)
    session.commit()


def mend(session: Session, today: date) -> None:
    """Bring days back that a clock which was ahead gave to policies. Commits nothing."""
    for row in session.scalars(select(Keeping).where(Keeping.since > today)):
        row.since = today


def _usual(since: date) -> Policy:
    return Policy(1, since, retention.CLOSED.usual, retention.QUIET.usual)


def _row(organisation_id: bytes, policy: Policy) -> Keeping:
    return Keeping(
        organisation_id=organisation_id,
        place=policy.place,
        since=policy.since,
        closed_days=policy.closed_days,
        quiet_days=policy.quiet_days,
    )


def _grouped(rows: Collection[Row[Any]]) -> dict[bytes, tuple[Policy, ...]]:
    found: defaultdict[bytes, list[Policy]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.place):
        found[row.organisation_id].append(Policy(row.place, row.since, row.closed_days, row.quiet_days))
    return {organisation_id: tuple(said) for organisation_id, said in found.items()}
