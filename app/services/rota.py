"""What a lead chose: who is told at which hours, and what reporters read while nobody is there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Row, delete, select
from sqlalchemy.orm import Session

from app.domain.notice import Duty, is_away
from app.domain.opening_hours import parse
from app.errors import FormatError
from app.models import Duty as DutyRow
from app.models import Notice, Organisation
from app.services import access_log
from app.services import offer as offers
from app.services.offer import SAYS_NOTHING, Offer
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class Words:
    """What an organisation says of itself in both languages; empty where it says nothing."""

    ko: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True)
class Rota:
    """All that a lead chooses. With no duties nobody is told of anything; days are Korea's and both included.

    `opening` are the usual hours as `app.domain.opening_hours` writes them, `hours` what else is to be said of them.
    """

    duties: tuple[Duty, ...] = ()
    digest: bool = False
    opening: str = ""
    hours: Words = Words()
    away: Words = Words()
    away_from: date | None = None
    away_until: date | None = None
    offer: Offer = SAYS_NOTHING


@dataclass(frozen=True, slots=True)
class Standing:
    """A rota, and what became of its mails: exact times are those of the lead's own tests."""

    rota: Rota
    test_asked_at: datetime | None = None
    test_sent_at: datetime | None = None
    failing_since: date | None = None


@dataclass(frozen=True, slots=True)
class Reachable:
    """What reporters read today: hours; that nobody is there, until when; since when the commission does not decide."""

    opening: str
    hours: Words
    away: Words
    away_until: date | None
    commission_paused_on: date | None = None


SAYS_NOTHING_TODAY: Final = Reachable("", Words(), Words(), None)
# What every visitor asks for is built once.
_SAID: Final = select(
    *Organisation.__table__.c["slug", "commission_paused_on"],
    *Notice.__table__.c["opening", "hours_ko", "hours_en", "away_ko", "away_en", "away_from", "away_until"],
).outerjoin(Notice.__table__, Notice.__table__.c.organisation_id == Organisation.__table__.c.organisation_id)


def standing(session: Session, signed_in: SignedIn) -> Standing:
    """Give what the lead's own organisation chose; before the first choice nothing is. Raises NotAllowed."""
    signed_in.must("lead")
    reads_only(session)
    offer = offers.of(session.get_one(Organisation, signed_in.organisation_id))
    row = session.get(Notice, signed_in.organisation_id)
    if row is None:
        return Standing(Rota(offer=offer))
    rota = Rota(
        duties=tuple(duties_of(session, [signed_in.organisation_id])[signed_in.organisation_id]),
        digest=row.digest,
        opening=_readable(row.opening),
        hours=Words(row.hours_ko, row.hours_en),
        away=Words(row.away_ko, row.away_en),
        away_from=row.away_from,
        away_until=row.away_until,
        offer=offer,
    )
    return Standing(rota, row.test_asked_at, row.test_sent_at, row.failing_since)


def save(session: Session, signed_in: SignedIn, wanted: Rota, now: datetime) -> None:
    """Replace what the lead's own organisation chose. Raises NotAllowed."""
    signed_in.must("lead")
    keep(session, signed_in.organisation_id, wanted, now)
    access_log.record(session, signed_in, "rota_changed", now)
    session.commit()


def keep(session: Session, organisation_id: bytes, wanted: Rota, now: datetime) -> None:
    """Write a rota into the running transaction. What was told already stays known. Commits nothing."""
    row = _locked(session, organisation_id, now)
    row.digest = wanted.digest
    row.opening = wanted.opening
    row.hours_ko, row.hours_en = wanted.hours.ko, wanted.hours.en
    row.away_ko, row.away_en = wanted.away.ko, wanted.away.en
    row.away_from, row.away_until = wanted.away_from, wanted.away_until
    row.changed_at = now
    row.failing_since = None
    if not wanted.duties:
        row.test_asked_at = None
    offers.keep(session, organisation_id, wanted.offer)
    session.execute(delete(DutyRow).where(DutyRow.organisation_id == organisation_id))
    session.add_all(_row(organisation_id, place, duty) for place, duty in enumerate(wanted.duties))
    session.flush()


def ask_test(session: Session, signed_in: SignedIn, now: datetime) -> bool:
    """Have a test mail sent to every address at the next tick; False where there is no address. Raises NotAllowed."""
    signed_in.must("lead")
    row = _locked(session, signed_in.organisation_id, now)
    if not duties_of(session, [signed_in.organisation_id])[signed_in.organisation_id]:
        session.rollback()
        return False
    row.test_asked_at = now
    access_log.record(session, signed_in, "test_mail_asked", now)
    session.commit()
    return True


def duties_of(session: Session, organisation_ids: Iterable[bytes]) -> dict[bytes, list[Duty]]:
    """Give the rota of each of these organisations, in its order."""
    found: dict[bytes, list[Duty]] = {organisation_id: [] for organisation_id in organisation_ids}
    rows = session.scalars(
        select(DutyRow)
        .where(DutyRow.organisation_id.in_(found))
        .order_by(DutyRow.organisation_id, DutyRow.place)
        .execution_options(populate_existing=True)
    )
    for row in rows:
        days = frozenset(day for day in range(7) if row.days >> day & 1)
        found[row.organisation_id].append(Duty(row.address, days, row.from_hour, row.until_hour))
    return found


def reachable(session: Session, today: date) -> dict[str, Reachable]:
    """Give, by slug, what organisations tell reporters today; one that says nothing is not in it."""
    rows = reads_only(session).execute(_SAID)
    found = {row.slug: replace(said(row, today), commission_paused_on=row.commission_paused_on) for row in rows}
    return {slug: one for slug, one in found.items() if one != SAYS_NOTHING_TODAY}


def said(row: Row[Any], today: date) -> Reachable:
    """Give what an organisation tells reporters today, by the columns of its rota; all empty where it has none."""
    if row.hours_ko is None:
        return SAYS_NOTHING_TODAY
    opening = _readable(row.opening)
    hours, away = Words(row.hours_ko, row.hours_en), Words(row.away_ko, row.away_en)
    if away == Words() or not is_away(row.away_from, row.away_until, today):
        return Reachable(opening, hours, Words(), None)
    return Reachable(opening, hours, away, row.away_until)


def _locked(session: Session, organisation_id: bytes, now: datetime) -> Notice:
    row = session.scalar(
        select(Notice)
        .where(Notice.organisation_id == organisation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        row = Notice(
            organisation_id=organisation_id,
            digest=False,
            opening="",
            hours_ko="",
            hours_en="",
            away_ko="",
            away_en="",
            changed_at=now,
        )
        session.add(row)
        session.flush()
    return row


def _readable(opening: str) -> str:
    """Opening hours that this release can read; of others nothing is said, as where nobody wrote any."""
    try:
        parse(opening)
    except FormatError:
        return ""
    return opening


def _row(organisation_id: bytes, place: int, duty: Duty) -> DutyRow:
    return DutyRow(
        organisation_id=organisation_id,
        place=place,
        address=duty.address,
        days=sum(1 << day for day in duty.days),
        from_hour=duty.from_hour,
        until_hour=duty.until_hour,
    )
