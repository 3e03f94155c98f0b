"""Whether an organisation takes new letters: `open`, `paused` for now, or `closed` for good, with who does instead.

What it has already it keeps and works on: reporters go on reading, writing and withdrawing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.orm import Session

from app.errors import FormatError, NotFound, NotReceiving
from app.models import Epoch, Organisation
from app.services import access_log
from app.services.organisation import Name
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

STANDINGS: Final = ("open", "paused", "closed")
_KEYED: Final = Organisation.organisation_id.in_(select(Epoch.organisation_id).where(Epoch.retired_on.is_(None)))


@dataclass(frozen=True, slots=True)
class Resting:
    """An organisation that takes no new letters; `successor` is the slug and the name of one that does, if any."""

    slug: str
    kind: str
    name: Name
    standing: str
    successor: tuple[str, Name] | None


def resting(session: Session) -> tuple[Resting, ...]:
    """Give who has keys and takes no new letters, in the order of their slugs."""
    reads_only(session)
    keyed = session.scalars(select(Organisation).where(_KEYED).order_by(Organisation.slug)).all()
    taking = {one.slug: (one.slug, Name(one.name_ko, one.name_en)) for one in keyed if one.standing == "open"}
    return tuple(
        Resting(one.slug, one.kind, Name(one.name_ko, one.name_en), one.standing, taking.get(one.successor or ""))
        for one in keyed
        if one.standing != "open"
    )


def refuse(connection: Connection, slugs: Collection[str]) -> None:
    """Raise NotReceiving where some of these take no new letters."""
    found = connection.execute(
        select(Organisation.slug)
        .where(Organisation.slug.in_(slugs), Organisation.standing != "open")
        .order_by(Organisation.slug)
    )
    if names := tuple(found.scalars()):
        raise NotReceiving(names)


def pause(session: Session, signed_in: SignedIn, *, paused: bool, successor: str, now: datetime) -> None:
    """Have a lead stop new letters to the own organisation, or take them again. `successor` is a slug, or empty.

    What the operator closed stays closed. Raises NotAllowed, FormatError (no such successor).
    """
    signed_in.must("lead")
    row = _locked(session, Organisation.organisation_id == signed_in.organisation_id)
    standing = row.standing if row.standing == "closed" else "paused" if paused else "open"
    _set(session, signed_in, row, standing, successor, now)


def decide(session: Session, signed_in: SignedIn, slug: str, standing: str, successor: str, now: datetime) -> None:
    """Have the operator open, pause or close an organisation. `successor` is a slug, or empty.

    Raises NotAllowed, NotFound, FormatError (no such standing or successor).
    """
    signed_in.must("operator")
    if standing not in STANDINGS:
        raise FormatError("standing")
    row = _locked(session, (Organisation.slug == slug) & (Organisation.kind != "operator"))
    _set(session, signed_in, row, standing, successor, now)


def successors(session: Session, slug: str) -> tuple[tuple[str, Name], ...]:
    """Give who could be named instead of an organisation: others that take letters."""
    reads_only(session)
    rows = session.scalars(
        select(Organisation)
        .where(Organisation.slug != slug, Organisation.standing == "open", _KEYED)
        .order_by(Organisation.slug)
    )
    return tuple((one.slug, Name(one.name_ko, one.name_en)) for one in rows)


def _locked(session: Session, which: ColumnElement[bool]) -> Organisation:
    row = session.scalars(select(Organisation).where(which).with_for_update()).one_or_none()
    if row is None:
        session.rollback()
        raise NotFound
    return row


def _set(
    session: Session, signed_in: SignedIn, row: Organisation, standing: str, successor: str, now: datetime
) -> None:
    if successor and successor not in {slug for slug, _name in successors(session, row.slug)}:
        session.rollback()
        raise FormatError("successor")
    row.standing, row.successor = standing, successor or None
    access_log.record(session, signed_in, "organisation_changed", now, detail=standing)
    session.commit()
