"""The next ring of an organisation: who is in it, with which role and which keys. All of it or nothing, one at a time.

The server opens no ring. What it can see it holds to: numbers without a gap, a copy for each member and for nobody
else, a chain that verifies, and fresh keys wherever somebody who could open letters can do so no more.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.domain.people import NewEpoch, RingChange
from app.domain.role import WAITING
from app.errors import FormatError, KeysNeeded, KitNeeded, LastLead, MembersChanged, NotFound, RingChanged
from app.models import Caseworker, StaffSession
from app.services import access_log, keyring, membership
from app.services.membership import Membership
from app.services.session import must_be_confirmed
from app.services.signed_in import SignedIn

# What a role may open: letters and summaries, summaries, nothing. Whoever comes down may have kept what they had.
_OPENS: Final = {"lead": 2, "caseworker": 2, "viewer": 1, "auditor": 0, WAITING: 0}


def change(session: Session, signed_in: SignedIn, wanted: RingChange, now: datetime) -> int:
    """Put the next ring in the place of the newest, with its roles and, if it brings any, its keys; give its number.

    The same ring again is answered as the first time. Raises NotAllowed, NotConfirmed; RingChanged where another ring
    has come first; MembersChanged where somebody is missing or not there; LastLead; KeysNeeded and KitNeeded where the
    old keys or the old recovery words may be in the hands of somebody who is out; FormatError for what does not hold.
    """
    signed_in.must("lead")
    must_be_confirmed(signed_in, now)
    before = membership.of(session, signed_in.organisation_id, locked=True)
    if before is None:
        raise NotFound
    if _is_same(before, wanted):
        session.commit()
        return wanted.seq
    if wanted.seq != before.newest.seq + 1:
        raise RingChanged(before.newest.seq)
    _check_members(before, wanted)
    _check_freshness(before, wanted)
    if wanted.epoch is not None:
        _put_epoch(session, signed_in, wanted.epoch, now)
    keyring.put_ring(
        session,
        signed_in.organisation_id,
        seq=wanted.seq,
        copies=wanted.copies,
        recovery=(wanted.recovery.kid, wanted.recovery.sealed),
        recovery_key=wanted.recovery.public_key,
        now=now,
    )
    _note_keys(session, signed_in, before, wanted, now)
    for kid, role in wanted.roles.items():
        _give_role(session, signed_in, before.people[kid], role, now)
    session.commit()
    return wanted.seq


def _is_same(before: Membership, wanted: RingChange) -> bool:
    there = (before.newest.seq, before.copies, before.recovery_kid, before.recovery)
    return there == (wanted.seq, wanted.copies, wanted.recovery.kid, wanted.recovery.sealed)


def _check_members(before: Membership, wanted: RingChange) -> None:
    """Nobody is in who is not there, and nobody falls out unsaid: leaving is an act of its own."""
    if not before.members.keys() <= wanted.roles.keys() <= before.living.keys():
        raise MembersChanged
    if wanted.copies.keys() != {kid for kid, role in wanted.roles.items() if role != "auditor"}:
        raise FormatError("copies")
    if "lead" not in wanted.roles.values():
        raise LastLead


def _check_freshness(before: Membership, wanted: RingChange) -> None:
    held = {kid: before.people[kid].role for kid in before.copies if kid in before.people}
    if wanted.epoch is None and any(
        _OPENS[role] > _OPENS[wanted.roles.get(kid, WAITING)] for kid, role in held.items()
    ):
        raise KeysNeeded
    no_more = any(role == "lead" and wanted.roles.get(kid) != "lead" for kid, role in held.items())
    if no_more and wanted.recovery.kid == before.recovery_kid:
        raise KitNeeded


def _put_epoch(session: Session, signed_in: SignedIn, epoch: NewEpoch, now: datetime) -> None:
    try:
        keyring.put_epoch(
            session,
            signed_in.organisation_id,
            public_key=epoch.public_key,
            signing_key=epoch.signing_key,
            signature=epoch.signature,
            now=now,
        )
    except FormatError:
        raise FormatError("epoch") from None


def _note_keys(session: Session, signed_in: SignedIn, before: Membership, wanted: RingChange, now: datetime) -> None:
    changed = [
        word
        for word, is_new in (("epoch", wanted.epoch is not None), ("kit", wanted.recovery.kid != before.recovery_kid))
        if is_new
    ]
    if changed:
        access_log.record(session, signed_in, "keys_changed", now, detail=" ".join(changed))


def _give_role(session: Session, signed_in: SignedIn, person: Caseworker, role: str, now: datetime) -> None:
    """Give somebody the role of the ring; whoever came down signs in anew, and so holds nothing of the old ring."""
    if person.role == role:
        return
    action = "let_in" if person.role == WAITING else "role_changed"
    access_log.record(session, signed_in, action, now, subject_id=person.caseworker_id, detail=role)
    if action == "role_changed":
        session.execute(delete(StaffSession).where(StaffSession.caseworker_id == person.caseworker_id))
    person.role, person.role_asked = role, None
