"""What an organisation says of the review commission: that it keeps its usual times, or since when it does not."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.domain.deadline import day_of
from app.errors import NotFound
from app.models import Organisation
from app.services import access_log
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class OwnOrganisation:
    """The organisation's names, and since when it says that the commission decides nothing, or only late."""

    name_ko: str
    name_en: str
    commission_paused_on: date | None


def own(session: Session, signed_in: SignedIn) -> OwnOrganisation:
    """Give the caseworker's own organisation. Raises NotAllowed, NotFound."""
    signed_in.must("viewer")
    reads_only(session)
    row = _row(session, signed_in)
    return OwnOrganisation(row.name_ko, row.name_en, row.commission_paused_on)


def pause(session: Session, signed_in: SignedIn, *, paused: bool, now: datetime) -> None:
    """Say that the commission keeps no usual times, from today; or that it does again. Raises NotAllowed, NotFound.

    Staff and reporters are then told, and nobody is given a day. Saying the same again changes nothing.
    """
    signed_in.must("lead")
    row = _row(session, signed_in)
    if (row.commission_paused_on is not None) == paused:
        return
    row.commission_paused_on = day_of(now) if paused else None
    access_log.record(session, signed_in, "organisation_changed", now)
    session.commit()


def _row(session: Session, signed_in: SignedIn) -> Organisation:
    row = session.get(Organisation, signed_in.organisation_id)
    if row is None:
        raise NotFound
    return row
