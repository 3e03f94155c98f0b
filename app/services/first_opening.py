"""Handing out new letters so that a caseworker's browser makes their summaries, without anybody reading them.

Each is noted in the log like any other opening, with what it was for. For everybody else the letter stays unopened, and
what the reporter wrote stays unread: nobody has looked at it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from app.domain.referral_state import LIVING
from app.models import Epoch, Referral
from app.services import access_log, message, onward_reading, several, shredding, summary
from app.services.message import MessageStanding
from app.services.signed_in import SignedIn

FOR_SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class HandedLetter:
    """One letter with the messages beside it, in which further links may be; `summary_version` is 0 for none."""

    referral_id: bytes
    report_id: bytes
    kid: bytes
    origin_kid: bytes
    sealed_by: str
    sealed: bytes
    sealed_hash: bytes
    leaf: bytes
    state: str
    referrer: str | None
    messages: tuple[MessageStanding, ...]
    summary_version: int


def hand_out(
    session: Session, signed_in: SignedIn, referral_ids: tuple[bytes, ...], now: datetime
) -> tuple[HandedLetter, ...]:
    """Hand out those of these letters that live and are the own organisation's, each logged. Raises NotAllowed."""
    signed_in.must("caseworker")
    rows = session.scalars(
        select(Referral)
        .join(Epoch, Epoch.kid == Referral.kid)
        .where(
            Referral.referral_id.in_(referral_ids),
            several.own(signed_in),
            Referral.state.in_(sorted(LIVING)),
            Epoch.lost_on.is_(None),  # nobody could open them
        )
        .options(undefer(Referral.sealed))
        .order_by(Referral.referral_id)
    )
    handed = tuple(letter for held in rows if (letter := _handed(session, held)) is not None)
    for letter in handed:
        access_log.record(session, signed_in, "opened", now, referral_id=letter.referral_id, detail=FOR_SUMMARY)
    session.commit()
    return handed


def _handed(session: Session, held: Referral) -> HandedLetter | None:
    sealed = shredding.letter(session, held)
    if sealed is None or held.sealed_hash is None or held.leaf is None or held.report_id is None:
        return None
    kept = summary.of_referral(session, held.referral_id)
    return HandedLetter(
        referral_id=held.referral_id,
        report_id=held.report_id,
        kid=held.kid,
        origin_kid=held.origin_kid,
        sealed_by=held.sealed_by,
        sealed=sealed,
        sealed_hash=held.sealed_hash,
        leaf=held.leaf,
        state=held.state,
        referrer=onward_reading.referrer_of(session, held.referral_id) if held.onward else None,
        messages=message.of_referral(session, held.referral_id),
        summary_version=0 if kept is None else kept.version,
    )
