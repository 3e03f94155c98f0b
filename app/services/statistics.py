"""Public statistics: an organisation's months, which a lead makes public after seeing exactly what that is.

What became public once never changes, and comes back the same after it was taken back.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, TypeAlias

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain import figures
from app.domain.deadline import day_of
from app.domain.suppression import suppress
from app.models import FigureCount, FigureStanding, Organisation, PublishedMonth
from app.services import access_log
from app.services.figure_reading import divided
from app.services.insertion import insert_if_absent
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only

MONTHS: Final = 24  # that are shown, and that become public at once
LOOKED_AT: Final = timedelta(days=31 * (MONTHS + 2))
Content: TypeAlias = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Month:
    """One month; `shown` is JSON, `{total: {"total": n, division: {word: n}}}`, null where a number is hidden."""

    month: str
    shown: str

    @property
    def content(self) -> Content:
        """What is shown, as it is read."""
        content: Content = json.loads(self.shown)
        return content


@dataclass(frozen=True, slots=True)
class OfOrganisation:
    """What one organisation made public, the newest month first."""

    slug: str
    name_ko: str
    name_en: str
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be public after pressing: all of it. `digest` names exactly this; `fresh` months were not before."""

    months: tuple[Month, ...]
    fresh: int
    public_since: date | None
    digest: str


def preview(session: Session, signed_in: SignedIn, now: datetime) -> Preview:
    """Give what would become public, and what is already. Raises NotAllowed."""
    signed_in.must("lead")
    reads_only(session)
    standing = session.get(FigureStanding, signed_in.organisation_id)
    frozen = _frozen(session, signed_in.organisation_id)
    counts = _counts(session, signed_in.organisation_id, day_of(now))
    first = _first_month(session, signed_in.organisation_id, counts)
    months = []
    for month in _months(first, day_of(now)):
        name = _name(month)
        months.append(Month(name, frozen[name] if name in frozen else _shown(counts.get(month, Counter()))))
    public_since = standing.public_since if standing else None
    fresh = sum(public_since is None or one.month not in frozen for one in months)
    digest = hashlib.sha256("\n".join(f"{one.month} {one.shown}" for one in months).encode()).hexdigest()
    return Preview(tuple(months), fresh, public_since, digest)


def publish(session: Session, signed_in: SignedIn, digest: str, now: datetime) -> bool:
    """Make public what the preview of that digest showed; False if it would be something else by now.

    Raises NotAllowed.
    """
    seen = preview(session, signed_in, now)
    session.rollback()
    if seen.digest != digest or not seen.months:
        return False
    whose, today = {"organisation_id": signed_in.organisation_id}, day_of(now)
    insert_if_absent(session, FigureStanding, whose | {"counted_at": None, "public_since": None})
    for one in seen.months:
        month = date.fromisoformat(f"{one.month}-01")
        insert_if_absent(session, PublishedMonth, whose | {"month": month, "shown": one.shown, "published_on": today})
    since = func.coalesce(FigureStanding.public_since, today)
    session.execute(update(FigureStanding).where(_standing_of(signed_in)).values(public_since=since))
    access_log.record(session, signed_in, "figures_published", now)
    session.commit()
    return True


def take_back(session: Session, signed_in: SignedIn, now: datetime) -> None:
    """Make nothing of the own organisation public any more; what was read meanwhile stays read. Raises NotAllowed."""
    signed_in.must("lead")
    public = FigureStanding.public_since.is_not(None)
    changed = session.execute(
        update(FigureStanding)
        .where(_standing_of(signed_in), public)
        .values(public_since=None)
        .returning(FigureStanding.organisation_id)
    ).all()
    if changed:
        access_log.record(session, signed_in, "figures_taken_back", now)
    session.commit()


def public(session: Session, hidden: str = "") -> tuple[OfOrganisation, ...]:
    """Give what is public, organisations by name; the one whose slug is `hidden` is left out."""
    reads_only(session)
    rows = session.execute(
        select(Organisation.organisation_id, Organisation.slug, Organisation.name_ko, Organisation.name_en)
        .join(FigureStanding, FigureStanding.organisation_id == Organisation.organisation_id)
        .where(FigureStanding.public_since.is_not(None), Organisation.slug != hidden)
        .order_by(Organisation.name_ko, Organisation.slug)
    ).all()
    return tuple(
        OfOrganisation(slug, name_ko, name_en, tuple(Month(*one) for one in _frozen(session, organisation_id).items()))
        for organisation_id, slug, name_ko, name_en in rows
    )


def is_anything_public(session: Session) -> bool:
    """Say whether any organisation made its months public."""
    reads_only(session)
    found = select(FigureStanding.public_since).where(FigureStanding.public_since.is_not(None)).limit(1)
    return session.scalar(found) is not None


def _standing_of(signed_in: SignedIn) -> Any:  # noqa: ANN401 - a condition
    return FigureStanding.organisation_id == signed_in.organisation_id


def _frozen(session: Session, organisation_id: bytes) -> dict[str, str]:
    """Give the months as they became public, the newest first."""
    rows = session.execute(
        select(PublishedMonth.month, PublishedMonth.shown)
        .where(PublishedMonth.organisation_id == organisation_id)
        .order_by(PublishedMonth.month.desc())
        .limit(MONTHS)
    )
    return {_name(month): shown for month, shown in rows}


def _counts(session: Session, organisation_id: bytes, today: date) -> dict[date, Counter[tuple[str, str]]]:
    found: dict[date, Counter[tuple[str, str]]] = {}
    rows = session.execute(
        select(FigureCount.starts_on, FigureCount.figure, FigureCount.word, FigureCount.number).where(
            FigureCount.organisation_id == organisation_id,
            FigureCount.span == "month",
            FigureCount.starts_on >= today - LOOKED_AT,
        )
    )
    for month, figure, word, number in rows:
        found.setdefault(month, Counter())[figure, word] += number
    return found


def _first_month(session: Session, organisation_id: bytes, counts: dict[date, Counter[tuple[str, str]]]) -> date:
    created_at = session.scalars(
        select(Organisation.created_at).where(Organisation.organisation_id == organisation_id)
    ).one()
    return min([*counts, figures.month_of(day_of(created_at))])


def _months(first: date, today: date) -> list[date]:
    """Give the months that are over for long enough, the newest first."""
    found, month = [], first
    while figures.may_be_published(month, today):
        found.append(month)
        month = figures.month_after(month)
    return found[: -MONTHS - 1 : -1]


def _shown(counts: Counter[tuple[str, str]]) -> str:
    content: Content = {}
    for total, names in figures.OF_MONTHS.items():
        parts = divided(counts, names)
        if "opened" in parts:  # by now nobody can tell these apart for good: what is unopened may be opened yet
            parts["opened"][figures.LATER] += parts["opened"].pop(figures.UNOPENED)
        shown = suppress(parts)
        content[total] = {"total": shown.total} | shown.divided
    return json.dumps(content, separators=(",", ":"))


def _name(month: date) -> str:
    return f"{month:%Y-%m}"
