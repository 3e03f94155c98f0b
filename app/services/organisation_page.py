"""What anybody may read of one organisation: who they are, what they do, their hours, and their fingerprint."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.crypto.recipient_key import fingerprint
from app.domain.deadline import day_of
from app.errors import NotFound
from app.models import Epoch, Organisation
from app.services import access_log, keyring, offer, rota, standing
from app.services.offer import Offer
from app.services.organisation import Name
from app.services.rota import Reachable, Words
from app.services.signed_in import SignedIn
from app.services.standing import Resting
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One organisation; `resting` is None while it takes new letters, `fingerprint` that of its first signing key.

    `broken_on`: when its keys were last made anew with nothing old to vouch for them; `untrue`: earlier fingerprints.
    """

    slug: str
    kind: str
    name: Name
    region: str
    about: Words
    offer: Offer
    reachable: Reachable | None
    fingerprint: str
    resting: Resting | None
    broken_on: date | None
    untrue: tuple[str, ...]


def page_of(session: Session, slug: str, today: date) -> PublicPage:
    """Give what anybody may read. Raises NotFound where there is no such organisation, or it has no keys yet."""
    reads_only(session)
    row = session.execute(
        select(Organisation, Epoch.signing_key)
        .join(Epoch, (Epoch.organisation_id == Organisation.organisation_id) & keyring.FIRST)
        .where(Organisation.slug == slug)
    ).one_or_none()
    if row is None:
        raise NotFound
    one, first_key = row
    return PublicPage(
        slug=one.slug,
        kind=one.kind,
        name=Name(one.name_ko, one.name_en),
        region=one.region,
        about=Words(one.about_ko, one.about_en),
        offer=offer.of(one),
        reachable=rota.reachable(session, today).get(slug),
        fingerprint=fingerprint(first_key),
        resting=next((rest for rest in standing.resting(session) if rest.slug == slug), None),
        broken_on=None if one.broken_at is None else day_of(one.broken_at),
        untrue=_untrue(session, one.organisation_id),
    )


def _untrue(session: Session, organisation_id: bytes) -> tuple[str, ...]:
    """Give the fingerprints of chains that broke, the newest first."""
    first_keys = session.scalars(
        select(Epoch.signing_key)
        .where(Epoch.organisation_id == organisation_id, Epoch.place == Epoch.line, Epoch.lost_on.is_not(None))
        .order_by(Epoch.place.desc())
    )
    return tuple(fingerprint(key) for key in first_keys)


@dataclass(frozen=True, slots=True)
class Own:
    """What a lead decides of the public page: words, standing, and the slug of who takes letters instead, or empty."""

    slug: str
    about: Words
    standing: str
    successor: str


def own_of(session: Session, signed_in: SignedIn) -> Own:
    """Give what the lead's own organisation has decided. Raises NotAllowed."""
    signed_in.must("lead")
    reads_only(session)
    one = session.get_one(Organisation, signed_in.organisation_id)
    return Own(one.slug, Words(one.about_ko, one.about_en), one.standing, one.successor or "")


def describe(session: Session, signed_in: SignedIn, about: Words, now: datetime) -> None:
    """Have a lead say who the own organisation is. Raises NotAllowed."""
    signed_in.must("lead")
    one = session.get_one(Organisation, signed_in.organisation_id)
    one.about_ko, one.about_en = about.ko, about.en
    access_log.record(session, signed_in, "organisation_changed", now, detail="about")
    session.commit()
