"""Organisations, and the directory that every browser verifies before it seals."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Row, select, true
from sqlalchemy.orm import Session

from app.crypto.recipient_key import fingerprint
from app.domain import routing
from app.domain.vocabulary import ORGANISATION_KINDS, REGIONS
from app.domain.wire import SLUG
from app.errors import NotFound, SetUpRefused
from app.models import Epoch, Keeping, Notice, Organisation, Portal
from app.services import keeping
from app.services.transaction import reads_only

# What every visitor asks for is built once.
_KEYED: Final = select(Organisation).where(
    Organisation.organisation_id.in_(select(Epoch.organisation_id).where(Epoch.retired_on.is_(None)))
)
_RECEIVING: Final = (
    select(
        *Organisation.__table__.c["slug", "kind", "name_ko", "name_en", "region", "languages", "disability_support"],
        Organisation.__table__.c.broken_at,
        *Notice.__table__.c["opening", "hours_ko", "hours_en", "away_ko", "away_en", "away_from", "away_until"],
        *Keeping.__table__.c["closed_days", "quiet_days"],
    )
    .outerjoin(
        Keeping.__table__,
        (Keeping.__table__.c.organisation_id == Organisation.__table__.c.organisation_id)
        & (Keeping.__table__.c.place == Organisation.__table__.c.keeping),
    )
    .outerjoin(Notice.__table__, Notice.__table__.c.organisation_id == Organisation.__table__.c.organisation_id)
    .where(
        Organisation.__table__.c.organisation_id.in_(
            select(Epoch.__table__.c.organisation_id).where(Epoch.__table__.c.retired_on.is_(None))
        ),
        Organisation.__table__.c.standing == "open",
    )
)
# The portal's own row comes along where there are no chains as yet.
_CHAINS: Final = (
    select(
        Portal.__table__.c.portal_id,
        *Organisation.__table__.c["slug", "kind", "name_ko", "name_en", "region"],
        *Epoch.__table__.c["kid", "public_key", "signing_key", "signature", "retired_on", "line", "lost_on"],
    )
    .select_from(Portal.__table__.outerjoin(Organisation.__table__.join(Epoch.__table__), true()))
    .order_by(Organisation.__table__.c.slug, Epoch.__table__.c.place)
)


@dataclass(frozen=True, slots=True)
class Name:
    """An organisation's name in both languages."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """One signing key and the kid that it vouches for."""

    signing_key: bytes
    kid: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class EarlierChain:
    """A chain that broke on a day: nobody holds its keys, and the fingerprint on older paper is its own."""

    fingerprint: str
    ended_on: date
    chain: tuple[ChainEntry, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One organisation of the directory; `fingerprint` is that of its first signing key, true through rotations.

    `earlier`: chains that broke before that key, oldest first; hardly anybody has one.
    """

    slug: str
    kind: str
    name: Name
    region: str
    kid: bytes
    public_key: bytes
    signing_key: bytes
    fingerprint: str
    chain: tuple[ChainEntry, ...]
    earlier: tuple[EarlierChain, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """Whom a letter can be sealed to."""

    v: int
    portal_id: bytes
    organisations: tuple[Listed, ...]


def create(
    session: Session, *, slug: str, kind: str, name_ko: str, name_en: str, region: str, now: datetime
) -> Organisation:
    """Do as `add` does, and commit."""
    organisation = add(session, slug=slug, kind=kind, name_ko=name_ko, name_en=name_en, region=region, now=now)
    session.commit()
    return organisation


def add(
    session: Session, *, slug: str, kind: str, name_ko: str, name_en: str, region: str, now: datetime
) -> Organisation:
    """Add an organisation, without keys as yet. Commits nothing.

    Raises SetUpRefused for a taken slug or a word that is none of ours.
    """
    if kind not in ORGANISATION_KINDS or region not in REGIONS or not SLUG.match(slug):
        raise SetUpRefused
    if session.scalar(select(Organisation.slug).where(Organisation.slug == slug)) is not None:
        raise SetUpRefused
    organisation = Organisation(
        organisation_id=secrets.token_bytes(16),
        slug=slug,
        kind=kind,
        name_ko=name_ko,
        name_en=name_en,
        region=region,
        created_at=now,
        keeping=1,
    )
    session.add(organisation)
    session.flush()
    keeping.begin(session, organisation.organisation_id, now)
    session.flush()
    return organisation


def receiving(session: Session) -> tuple[Row[Any], ...]:
    """Give the organisations that take new letters: whom a reporter can choose, those that counsel first.

    Each has the columns of its row that are for everybody, and of its rota's what it says to reporters.
    """
    return _counselling_first(tuple(reads_only(session).execute(_RECEIVING)))


@lru_cache(maxsize=4)
def _counselling_first(rows: tuple[Row[Any], ...]) -> tuple[Row[Any], ...]:
    return tuple(sorted(rows, key=lambda one: (routing.place(one.kind), one.slug)))


def names(session: Session, slugs: Collection[str]) -> dict[str, Name]:
    """Give the names of these organisations by slug; one that is not there is left out."""
    if not slugs:
        return {}
    row = Organisation.__table__.c
    found = reads_only(session).execute(select(row.slug, row.name_ko, row.name_en).where(row.slug.in_(slugs)))
    return {slug: Name(name_ko, name_en) for slug, name_ko, name_en in found}


def with_keys(session: Session) -> tuple[Organisation, ...]:
    """Give those that have a key in force, whether or not they take new letters: their reporters still meet them."""
    reads_only(session)
    return tuple(session.scalars(_KEYED.order_by(Organisation.slug)))


def directory(session: Session) -> Directory:
    """Give the portal's id and everybody with a key in force, with the chain of keys. Raises NotFound before set-up.

    Also of those that take no new letters: their people open what is there, and hold their ring against the chain.
    """
    rows = reads_only(session).execute(_CHAINS).all()
    if not rows:
        raise NotFound
    return _directory(tuple(rows))


@lru_cache(maxsize=4)
def _directory(rows: tuple[Row[Any], ...]) -> Directory:
    groups = groupby((row for row in rows if row.slug is not None), key=lambda row: row.slug)
    listed = [_listed(list(group)) for _slug, group in groups]
    return Directory(v=1, portal_id=rows[0].portal_id, organisations=tuple(one for one in listed if one is not None))


def _listed(epochs: list[Row[Any]]) -> Listed | None:
    newest = epochs[-1]
    if newest.retired_on is not None:
        return None
    *broken, chain = [list(one) for _line, one in groupby(epochs, key=lambda epoch: epoch.line)]
    return Listed(
        slug=newest.slug,
        kind=newest.kind,
        name=Name(newest.name_ko, newest.name_en),
        region=newest.region,
        kid=newest.kid,
        public_key=newest.public_key,
        signing_key=newest.signing_key,
        fingerprint=fingerprint(chain[0].signing_key),
        chain=_entries(chain),
        earlier=tuple(EarlierChain(fingerprint(one[0].signing_key), one[0].lost_on, _entries(one)) for one in broken),
    )


def _entries(chain: list[Row[Any]]) -> tuple[ChainEntry, ...]:
    return tuple(ChainEntry(epoch.signing_key, epoch.kid, epoch.signature) for epoch in chain)
