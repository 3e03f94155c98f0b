"""Whether the portal can take a report, and how long letters have waited: what a machine that watches asks."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.domain.role import OPERATOR
from app.models import Epoch, Organisation, Portal, Referral, ShredStanding
from app.services.shred_store import store_of
from app.services.transaction import reads_only

_REVISIONS: Final = Path(__file__).resolve().parents[2] / "migrations" / "versions"
# Their names begin with a number and are the ids of the revisions, so the greatest is what this release needs.
NEEDED: Final = max(path.stem for path in _REVISIONS.glob("[0-9]*.py"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters that nobody has claimed: the day by which the first of them is due, None where none waits."""

    organisation: str
    urgent: bool
    first_due: date | None


def state(session: Session) -> str:
    """Say `ok`, or what keeps the portal from taking a report.

    `database_away`, `schema`, `shred_store` (missing, another's or older), `not_set_up` or `nobody`. A schema newer
    than this release's is fine: migrations only ever add before they take away.
    """
    try:
        reads_only(session)
        there = session.scalar(text("SELECT version_num FROM alembic_version"))
        if there is None or there < NEEDED:
            return "schema"
        if not _has_keys(session):
            return "shred_store"
        if session.scalar(select(Portal.only_row)) is None:
            return "not_set_up"
        open_ones = select(Organisation.organisation_id).where(Organisation.standing == "open")
        taking = select(Epoch.kid).where(Epoch.retired_on.is_(None), Epoch.organisation_id.in_(open_ones)).limit(1)
        if session.scalar(taking) is None:
            return "nobody"
    except SQLAlchemyError:
        return "database_away"
    return "ok"


def _has_keys(session: Session) -> bool:
    """Say whether the store of shred keys is there, and the one that the database relies on."""
    noted = session.execute(select(ShredStanding.store_id, ShredStanding.generation)).one_or_none()
    try:
        there = store_of(session).state()
    except SQLAlchemyError:
        return False
    return noted is None or (noted.store_id == there.store_id and noted.generation <= there.generation)


def waiting(session: Session) -> tuple[Waiting, ...]:
    """Give what waits in each organisation, urgent and not: one look into an index each, however long the queue."""
    reads_only(session)
    organisations = session.execute(
        select(Organisation.organisation_id, Organisation.slug)
        .where(Organisation.kind != OPERATOR)
        .order_by(Organisation.slug)
    )
    return tuple(
        Waiting(slug, urgent, _first_due(session, organisation_id, urgent=urgent))
        for organisation_id, slug in organisations.all()
        for urgent in (True, False)
    )


def _first_due(session: Session, organisation_id: bytes, *, urgent: bool) -> date | None:
    return session.scalar(
        select(Referral.due_on)
        .where(Referral.organisation_id == organisation_id, Referral.state == "received", Referral.urgent.is_(urgent))
        .order_by(Referral.due_on)
        .limit(1)
    )
