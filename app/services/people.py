"""The people of an organisation as its leads see them; and leaving, which ends access at once."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.crypto.recipient_key import fingerprint
from app.domain.role import WAITING
from app.errors import LastLead, NotFound
from app.models import Caseworker, Epoch
from app.services import access_log, claim, keyring, membership
from app.services.membership import Membership
from app.services.session import end_access, must_be_confirmed
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the organisation. `state` is member, waits or left; `role` what they have, or were invited for."""

    kid: bytes
    public_key: bytes
    login: str
    role: str
    state: str
    fingerprint: str
    joined_at: datetime
    left_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ring:
    """The newest ring: its number, since when, and the recovery key's public half where it is known."""

    seq: int
    stored_at: datetime
    recovery_key: bytes | None


@dataclass(frozen=True, slots=True)
class People:
    """The people of an organisation, and what is left to do.

    `gone`: logins of those who left and whose copy of the ring still opens: new keys are due. `kit_needed`: a lead is
    among them, so new recovery words are due as well; also where the public half of the old ones is not known.
    `fingerprint` is the organisation's.
    """

    people: tuple[Person, ...]
    ring: Ring
    gone: tuple[str, ...]
    kit_needed: bool
    fingerprint: str


def standing(session: Session, signed_in: SignedIn) -> People:
    """Give the people of the own organisation, members first. Raises NotAllowed, NotFound where there is no ring."""
    signed_in.must("lead")
    reads_only(session)
    found = membership.of(session, signed_in.organisation_id)
    if found is None:
        raise NotFound
    people = sorted((_person(found, one) for one in found.people.values()), key=_order)
    newest, gone = found.newest, found.gone.values()
    first_key = select(Epoch.signing_key).where(Epoch.organisation_id == signed_in.organisation_id, keyring.FIRST)
    return People(
        people=tuple(people),
        ring=Ring(newest.seq, newest.stored_at, newest.recovery_key),
        gone=tuple(one.login for one in gone),
        kit_needed=newest.recovery_key is None or any(one.role == "lead" for one in gone),
        fingerprint=fingerprint(session.scalars(first_key).one()),
    )


def leads(session: Session, signed_in: SignedIn) -> tuple[str, ...]:
    """Give the logins of the own organisation's leads: whom somebody who waits can ask."""
    reads_only(session)
    there = select(Caseworker.login).where(Caseworker.organisation_id == signed_in.organisation_id)
    return tuple(
        session.scalars(there.where(Caseworker.role == "lead", Caseworker.left_at.is_(None)).order_by(Caseworker.login))
    )


def leave(session: Session, signed_in: SignedIn, kid: bytes, now: datetime) -> None:
    """End somebody's access and every session at once, or turn away somebody who waits. New keys are due afterwards.

    What they had taken on is everybody's again.
    Again is answered as the first time. Raises NotAllowed, NotConfirmed, NotFound, and LastLead for the only lead.
    """
    signed_in.must("lead")
    must_be_confirmed(signed_in, now)
    found = membership.of(session, signed_in.organisation_id, locked=True)
    person = None if found is None else found.people.get(kid)
    if found is None or person is None:
        raise NotFound
    if person.left_at is not None:
        session.commit()
        return
    others = (one for one in found.members.values() if one.kid != kid)
    if person.role == "lead" and not any(one.role == "lead" for one in others):
        raise LastLead
    person.left_at = now
    end_access(session, person.caseworker_id)
    claim.release_all(session, signed_in, person.caseworker_id, now)
    detail = "turned_away" if person.role == WAITING else person.role
    access_log.record(session, signed_in, "left", now, subject_id=person.caseworker_id, detail=detail)
    session.commit()


def _person(found: Membership, one: Caseworker) -> Person:
    state = "left" if one.left_at is not None else "member" if found.is_in(one) else "waits"
    return Person(
        kid=one.kid,
        public_key=one.public_key,
        login=one.login,
        role=one.role_asked or one.role,
        state=state,
        fingerprint=fingerprint(one.public_key),
        joined_at=one.created_at,
        left_at=one.left_at,
    )


def _order(person: Person) -> tuple[int, str]:
    return ("waits", "member", "left").index(person.state), person.login
