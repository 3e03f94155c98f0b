"""Handing a letter to the browser of a caseworker, who alone can open it; every handing out is logged."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from app.errors import Withdrawn
from app.models import Referral
from app.services import (
    access_log,
    hold_reading,
    message,
    onward_reading,
    referral,
    retention,
    shredding,
    summary,
    work_record,
)
from app.services.access_log import Entry
from app.services.hold_reading import HoldStanding
from app.services.message import MessageStanding
from app.services.onward_reading import PassedOnStanding
from app.services.referral import ItemStanding
from app.services.signed_in import SignedIn
from app.services.summary import SummaryStanding
from app.services.work_record import RecordStanding


@dataclass(frozen=True, slots=True)
class Opening:
    """Everything of one referral that its organisation's browser needs: sealed as it lies here."""

    referral_id: bytes
    report_id: bytes
    kid: bytes
    origin_kid: bytes
    sealed_by: str
    referrer: str | None
    """The slug of the organisation that passed it on: the letter then opens under another context, and is signed."""
    onward: str
    sealed: bytes
    sealed_hash: bytes
    leaf: bytes
    urgent: bool
    received_on: date
    due_on: date
    destroy_on: date | None
    kept_until: date | None
    hold: HoldStanding | None
    state: str
    version: int
    assignee: str | None
    items: tuple[ItemStanding, ...]
    messages: tuple[MessageStanding, ...]
    summary: SummaryStanding | None
    records: tuple[RecordStanding, ...]
    passed_on: tuple[PassedOnStanding, ...]
    history: tuple[Entry, ...]


def open_referral(session: Session, signed_in: SignedIn, referral_id: bytes, now: datetime) -> Opening:
    """Hand out a referral, log that, and take what the reporter wrote as seen.

    A withdrawn one can still be opened until it is destroyed: its withdrawal message is sealed like any other.
    Raises NotAllowed, NotFound, or Withdrawn once it is destroyed.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    access_log.record(session, signed_in, "opened", now, referral_id=referral_id)
    if held.opened_at is None:
        held.opened_at = now
        referral.active(held, now)
    held.unread_from_reporter = False
    onward_reading.note_seen(session, referral_id, now)
    session.flush()
    opening = _opening(session, signed_in, held)
    session.commit()
    return opening


def _opening(session: Session, signed_in: SignedIn, held: Referral) -> Opening:
    sealed = shredding.letter(session, held)
    if sealed is None or held.sealed_hash is None or held.leaf is None or held.report_id is None:
        raise Withdrawn
    hold = hold_reading.in_force(session, [held.referral_id]).get(held.referral_id)
    last = retention.days_of(session, held.organisation_id, [held.referral_id])[held.referral_id]
    return Opening(
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
        destroy_on=None if hold else held.destroy_on,
        kept_until=None if hold else last,
        hold=hold,
        state=held.state,
        version=held.version,
        assignee=referral.login_of(session, held.assignee_id),
        items=referral.items_of(session, held.referral_id),
        messages=message.of_referral(session, held.referral_id),
        summary=summary.of_referral(session, held.referral_id),
        records=work_record.of_referral(session, held.referral_id),
        passed_on=onward_reading.from_referral(session, held.referral_id),
        history=access_log.history(session, signed_in, held.referral_id),
    )
