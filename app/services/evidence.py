"""What the portal adds to an evidence package: who did what, by role and not by name. Each handing out is logged."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from app.errors import Withdrawn
from app.models import AccessLog, Caseworker
from app.services import access_log, referral
from app.services import session as staff_session
from app.services.signed_in import SignedIn

# Written into the statement, so that a plan made for all values knows how rare these are.
_GIVING: Final[BindParameter[str]] = bindparam(
    "giving", ("let_in", "role_changed"), expanding=True, literal_execute=True
)


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the access log; `role` is the one that the person had then."""

    at: datetime
    role: str
    action: str
    detail: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What a package is made with: when, and what the organisation did with this referral until then."""

    made_at: datetime
    actions: tuple[Act, ...]


def hand_out(session: Session, signed_in: SignedIn, referral_id: bytes, reason: str, now: datetime) -> Facts:
    """Give the acts on one referral of the caseworker's own organisation, and note for what (EVIDENCE_REASONS).

    Raises NotAllowed, NotConfirmed, NotFound, or Withdrawn once it is destroyed.
    """
    signed_in.must("caseworker")
    staff_session.must_be_confirmed(signed_in, now)
    held = referral.held(session, signed_in, referral_id)
    if held.sealed_hash is None:
        raise Withdrawn
    access_log.record(session, signed_in, "evidence_made", now, referral_id=referral_id, detail=reason)
    session.flush()
    facts = Facts(now, _acts(session, signed_in, held.referral_id))
    session.commit()
    return facts


def _acts(session: Session, signed_in: SignedIn, referral_id: bytes) -> tuple[Act, ...]:
    rows = session.execute(
        select(AccessLog.at, AccessLog.action, AccessLog.detail, Caseworker.caseworker_id, Caseworker.role)
        .join(Caseworker, Caseworker.caseworker_id == AccessLog.caseworker_id)
        .where(AccessLog.organisation_id == signed_in.organisation_id, AccessLog.referral_id == referral_id)
        .order_by(AccessLog.number)
    ).all()
    given = _roles_given(session, signed_in, {row.caseworker_id for row in rows})
    return tuple(
        Act(row.at, _role_at(given.get(row.caseworker_id, []), row.at) or row.role, row.action, row.detail)
        for row in rows
    )


def _roles_given(session: Session, signed_in: SignedIn, people: set[bytes]) -> dict[bytes, list[tuple[datetime, str]]]:
    """Give when each of these people was given which role, oldest first, as far as the log goes back."""
    rows = session.execute(
        select(AccessLog.number, AccessLog.subject_id, AccessLog.at, AccessLog.detail).where(
            AccessLog.organisation_id == signed_in.organisation_id,
            AccessLog.action.in_(_GIVING),
            AccessLog.subject_id.in_(people),
        )
    ).all()
    found: dict[bytes, list[tuple[datetime, str]]] = {}
    # Sorted here: asked for in this order, a database would rather walk through the whole log.
    for _number, subject_id, at, role in sorted(rows, key=lambda row: row.number):
        if subject_id is not None:
            found.setdefault(subject_id, []).append((at, role))
    return found


def _role_at(given: list[tuple[datetime, str]], at: datetime) -> str:
    """Give the role that somebody had, empty where the log does not say."""
    return next((role for since, role in reversed(given) if since <= at), "")
