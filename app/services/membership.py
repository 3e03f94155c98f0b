"""Who belongs to an organisation as the server knows it: roles, and to whom the newest ring was sealed."""

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.domain.role import WAITING
from app.models import Caseworker, Keyring, KeyringCopy, Organisation, StaffSession


@dataclass(frozen=True, slots=True)
class Membership:
    """The people of an organisation by kid, also those who left; and the newest ring with its copies by kid."""

    people: dict[bytes, Caseworker]
    newest: Keyring
    copies: dict[bytes, bytes]
    recovery_kid: bytes
    recovery: bytes

    @property
    def living(self) -> dict[bytes, Caseworker]:
        """Give those who have not left."""
        return {kid: person for kid, person in self.people.items() if person.left_at is None}

    @property
    def members(self) -> dict[bytes, Caseworker]:
        """Give those who are in: not left, let in, and with a copy unless their role has none."""
        return {kid: person for kid, person in self.living.items() if self.is_in(person)}

    @property
    def gone(self) -> dict[bytes, Caseworker]:
        """Give those who left and can open the newest ring: as long as there are any, new keys are due."""
        return {kid: one for kid, one in self.people.items() if one.left_at is not None and kid in self.copies}

    def is_in(self, person: Caseworker) -> bool:
        """Say whether somebody was let in, and has all that the role has."""
        if person.role == WAITING:
            return False
        return person.role == "auditor" or person.kid in self.copies


def of(session: Session, organisation_id: bytes, *, locked: bool = False) -> Membership | None:
    """Give who belongs to an organisation; None where it has no ring.

    `locked`: nobody else changes it until this transaction ends.
    """
    if locked:
        whole = select(Organisation.organisation_id).where(Organisation.organisation_id == organisation_id)
        session.execute(whole.with_for_update()).one()
    newest = session.scalars(
        select(Keyring).where(Keyring.organisation_id == organisation_id).order_by(Keyring.seq.desc()).limit(1)
    ).one_or_none()
    if newest is None:
        return None
    same = (KeyringCopy.organisation_id == organisation_id, KeyringCopy.seq == newest.seq)
    rows = session.execute(select(KeyringCopy.kid, KeyringCopy.purpose, KeyringCopy.sealed).where(*same)).all()
    recovery = next(row for row in rows if row.purpose == "recovery")
    people = session.scalars(
        select(Caseworker).where(Caseworker.organisation_id == organisation_id).order_by(Caseworker.created_at)
    )
    return Membership(
        people={person.kid: person for person in people},
        newest=newest,
        copies={row.kid: row.sealed for row in rows if row.purpose == "keyring"},
        recovery_kid=recovery.kid,
        recovery=recovery.sealed,
    )


def everybody_waits(session: Session, organisation_id: bytes) -> None:
    """End everybody's access until a lead lets them in again, and all their sessions at once. Commits nothing."""
    own = (Caseworker.organisation_id == organisation_id, Caseworker.left_at.is_(None), Caseworker.role != WAITING)
    session.execute(update(Caseworker).where(*own).values(role_asked=Caseworker.role, role=WAITING))
    people = select(Caseworker.caseworker_id).where(
        Caseworker.organisation_id == organisation_id, Caseworker.left_at.is_(None)
    )
    session.execute(delete(StaffSession).where(StaffSession.caseworker_id.in_(people)))
