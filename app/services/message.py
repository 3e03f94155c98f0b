"""Messages of one referral: kept in order, sealed, and once, however often they are sent."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from app.domain.casework import StaffMessage
from app.domain.deadline import day_of
from app.errors import MessageExists, Withdrawn
from app.models import Caseworker, Message, Referral
from app.services import access_log, hold_reading, referral, shredding
from app.services.signed_in import SignedIn

TO_ORGANISATION: Final = "to_organisation"
TO_REPORTER: Final = "to_reporter"
# What every visit of a reporter asks for is built once.
_OF_REPORT: Final = (
    select(*Message.__table__.c["referral_id", "shred_id", "message_id", "direction", "received_on", "sealed"])
    .join(Referral.__table__, Referral.__table__.c.referral_id == Message.__table__.c.referral_id)
    .where(Referral.__table__.c.report_id == bindparam("report_id"))
    .order_by(Message.__table__.c.place)
)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the sender is told: the same the second time."""

    message_id: bytes
    received_on: date


@dataclass(frozen=True, slots=True)
class MessageStanding:
    """One message as staff see it: `by` is the login of the caseworker who sent it, None for the reporter."""

    message_id: bytes
    direction: str
    received_on: date
    sealed: bytes
    by: str | None


def send(session: Session, signed_in: SignedIn, referral_id: bytes, asked: StaffMessage, now: datetime) -> Sent:
    """Keep a message to the reporter; the same bytes again are answered as the first time.

    Also of a withdrawn referral while a hold keeps it: she may ask why.

    Raises NotAllowed, NotFound, MessageExists (other bytes under this id) or Withdrawn.
    """
    signed_in.must("caseworker")
    held = referral.held(session, signed_in, referral_id)
    earlier = kept(session, referral_id, asked.message_id, TO_REPORTER, asked.sealed)
    if earlier is not None:
        return earlier
    hold_reading.must_live_or_be_held(session, held)
    sent = keep(session, referral_id, asked.message_id, TO_REPORTER, asked.sealed, now, signed_in)
    access_log.record(session, signed_in, "message_sent", now, referral_id=referral_id)
    session.commit()
    return sent


def kept(session: Session, referral_id: bytes, message_id: bytes, direction: str, sealed: bytes) -> Sent | None:
    """Give the first answer if these very bytes were kept before, None if the id is new.

    Raises MessageExists, or Withdrawn where they lie under a key that is gone.
    """
    earlier = session.get(Message, (referral_id, message_id))
    if earlier is None:
        return None
    there = shredding.taken_out(session, earlier)
    if there is None:
        raise Withdrawn
    if there != sealed or earlier.direction != direction:
        raise MessageExists
    return Sent(message_id, earlier.received_on)


def keep(
    session: Session,
    referral_id: bytes,
    message_id: bytes,
    direction: str,
    sealed: bytes,
    now: datetime,
    sent_by: SignedIn | None = None,
) -> Sent:
    """Add a new message to a referral that is locked. A reporter's message gets a day, no time. Commits nothing.

    It puts the day of destruction off, by the very day that the message has anyway.
    """
    referral.active(session.get_one(Referral, referral_id), now)
    last = session.scalar(select(func.max(Message.place)).where(Message.referral_id == referral_id))
    received_on = day_of(now)
    session.add(
        Message(
            referral_id=referral_id,
            message_id=message_id,
            place=(last or 0) + 1,
            direction=direction,
            received_on=received_on,
            sent_by=None if sent_by is None else sent_by.caseworker_id,
            sent_at=None if sent_by is None else now,
            **shredding.beside(session, referral_id, sealed, "message", referral_id, message_id),
        )
    )
    session.flush()
    return Sent(message_id, received_on)


def of_referral(session: Session, referral_id: bytes) -> tuple[MessageStanding, ...]:
    """Give all messages of a referral in their order."""
    rows = session.execute(
        select(
            Message.shred_id,
            Message.message_id,
            Message.direction,
            Message.received_on,
            Message.sealed,
            Caseworker.login,
        )
        .outerjoin(Caseworker, Caseworker.caseworker_id == Message.sent_by)
        .where(Message.referral_id == referral_id)
        .order_by(Message.place)
    ).all()
    keys = shredding.under(session, {row.shred_id for row in rows})
    found: list[MessageStanding] = []
    for shred_id, message_id, direction, received_on, stored, by in rows:
        sealed = keys.take_out(stored, shred_id, "message", referral_id, message_id)
        if sealed is not None:
            found.append(MessageStanding(message_id, direction, received_on, sealed, by))
    return tuple(found)


def of_report(session: Session, report_id: bytes) -> dict[bytes, list[tuple[bytes, str, date, bytes]]]:
    """Give id, direction, day and sealed bytes of all messages of a report by referral, each list in its order."""
    found: defaultdict[bytes, list[tuple[bytes, str, date, bytes]]] = defaultdict(list)
    rows = session.connection().execute(_OF_REPORT, {"report_id": report_id}).all()
    keys = shredding.under(session, {row.shred_id for row in rows})
    for referral_id, shred_id, message_id, direction, received_on, stored in rows:
        sealed = keys.take_out(stored, shred_id, "message", referral_id, message_id)
        if sealed is not None:
            found[referral_id].append((message_id, direction, received_on, sealed))
    return found
