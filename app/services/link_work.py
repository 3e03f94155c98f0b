"""Working by link: the links of letters that were opened, handed out sealed, and lists of them that leave as files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, undefer

from app.domain.referral_state import LIVING
from app.models import Epoch, Referral, Summary
from app.services import access_log, message, onward_reading, referral, several, shredding, summary
from app.services import session as staff_session
from app.services.message import MessageStanding
from app.services.referral import ItemStanding
from app.services.signed_in import SignedIn
from app.services.summary import SummaryStanding

FOR_LINKS = "by_link"
FOR_TELLING = "telling"


@dataclass(frozen=True, slots=True)
class LinkLetter:
    """One letter with what its links need: where they stand, the messages in which more may be, the version."""

    referral_id: bytes
    report_id: bytes
    kid: bytes
    origin_kid: bytes
    sealed_by: str
    referrer: str | None
    onward: str
    sealed: bytes
    sealed_hash: bytes
    leaf: bytes
    urgent: bool
    received_on: date
    due_on: date
    state: str
    version: int
    assignee: str | None
    items: tuple[ItemStanding, ...]
    messages: tuple[MessageStanding, ...]
    summary: SummaryStanding | None


def hand_out(
    session: Session, signed_in: SignedIn, referral_ids: Sequence[bytes], now: datetime, *, purpose: str = FOR_LINKS
) -> tuple[LinkLetter, ...]:
    """Hand out those of these letters that live, are the own organisation's and were opened before; each is logged.

    Opened: by somebody, or for a summary. What the reporter wrote stays unread for everybody: only its links are
    looked at, or nothing at all, where its reporter is told of a change (FOR_TELLING). Raises NotAllowed.
    """
    signed_in.must("caseworker")
    rows = session.scalars(
        select(Referral)
        .join(Epoch, Epoch.kid == Referral.kid)
        .outerjoin(Summary, Summary.referral_id == Referral.referral_id)
        .where(
            Referral.referral_id.in_(referral_ids),
            several.own(signed_in),
            Referral.state.in_(sorted(LIVING)),
            Referral.onward.not_in(("offered", "refused")),
            Epoch.lost_on.is_(None),  # nobody could open them
            or_(Referral.opened_at.is_not(None), Summary.referral_id.is_not(None)),
        )
        .options(undefer(Referral.sealed))
        .order_by(Referral.referral_id)
    )
    handed = tuple(letter for held in rows if (letter := _handed(session, held)) is not None)
    for letter in handed:
        access_log.record(session, signed_in, "opened", now, referral_id=letter.referral_id, detail=purpose)
    session.commit()
    return handed


def note_list(
    session: Session, signed_in: SignedIn, referral_ids: Sequence[bytes], reason: str, now: datetime
) -> datetime:
    """Note that links of these referrals leave as a file, and for what (EVIDENCE_REASONS); give when, as noted.

    Ids that are not the own organisation's are noted nowhere. Raises NotAllowed, NotConfirmed.
    """
    signed_in.must("caseworker")
    staff_session.must_be_confirmed(signed_in, now)
    own = select(Referral.referral_id).where(Referral.referral_id.in_(referral_ids), several.own(signed_in))
    for referral_id in session.scalars(own.order_by(Referral.referral_id)).all():
        access_log.record(session, signed_in, "links_listed", now, referral_id=referral_id, detail=reason)
    session.commit()
    return now


def _handed(session: Session, held: Referral) -> LinkLetter | None:
    sealed = shredding.letter(session, held)
    if sealed is None or held.sealed_hash is None or held.leaf is None or held.report_id is None:
        return None
    return LinkLetter(
        referral_id=held.referral_id,
        report_id=held.report_id,
        kid=held.kid,
        origin_kid=held.origin_kid,
        sealed_by=held.sealed_by,
        referrer=onward_reading.referrer_of(session, held.referral_id) if held.onward else None,
        onward=held.onward,
        sealed=sealed,
        sealed_hash=held.sealed_hash,
        leaf=held.leaf,
        urgent=held.urgent,
        received_on=held.received_on,
        due_on=held.due_on,
        state=held.state,
        version=held.version,
        assignee=referral.login_of(session, held.assignee_id),
        items=referral.items_of(session, held.referral_id),
        messages=message.of_referral(session, held.referral_id),
        summary=summary.of_referral(session, held.referral_id),
    )
