"""Coming back with a receipt code from a browser without scripts: the server stretches the code, and forgets it.

What the code yields could open what was written; nothing here opens anything. States are those that any follow-up has,
and messages are sealed as the browser of somebody with scripts would seal them.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.crypto import receipt
from app.crypto.message import seal_message
from app.domain.coming_back import FollowUpMessage, Withdrawal, WithdrawalMessage
from app.domain.deadline import day_of
from app.domain.message_content import MessageContent, message_json
from app.domain.referral_state import LIVING
from app.domain.wire import b64u_encode
from app.errors import MessageExists, NotFound
from app.services import follow_up, message, portal, withdrawal
from app.services.follow_up import FollowedReferral, FollowUp

TO_ORGANISATION = message.TO_ORGANISATION


def portal_id_of(session: Session) -> bytes:
    """Give what a code is salted with, and let the database go: stretching takes a while. Raises NotFound."""
    portal_id = portal.current(session).portal_id
    session.rollback()
    return portal_id


def stretch(code: str, portal_id: bytes) -> bytes:
    """Give the 32 bytes that a code yields, after some 0.3 s of a processor. Raises FormatError for what is no code."""
    return receipt.stretch(code, portal_id)


def open_report(session: Session, stretched: bytes) -> FollowUp:
    """Give what a code's token gives back. Raises NotFound, the same for every code that no report belongs to."""
    return follow_up.open_report(session, receipt.token(stretched))


def send_text(session: Session, stretched: bytes, referral_id: bytes, page_id: bytes, text: str, now: datetime) -> None:
    """Seal a message to one organisation and keep it, once for one page (`page_id`, 16 bytes) and one text.

    Raises NotFound (the code, or a referral that is not its report's), Withdrawn, or FormatError for no message.
    """
    found = open_report(session, stretched)
    portal_id = portal.current(session).portal_id
    session.rollback()
    thread = next((one for one in found.referrals if one.referral_id == referral_id), None)
    if thread is None:
        raise NotFound
    message_id = _id_of(page_id, referral_id, text)
    content = _content("text", now, after=_own_last(thread), text=text)
    sealed = _seal(stretched, portal_id, found, thread, message_id, content)
    asked = FollowUpMessage(receipt.token(stretched), referral_id, message_id, sealed)
    try:
        follow_up.send_message(session, asked, now)
    except MessageExists:
        session.rollback()  # the same page and the same words: it arrived before, sealed otherwise


def withdraw(
    session: Session, stretched: bytes, when: str, page_id: bytes, now: datetime, referral_id: bytes | None = None
) -> None:
    """Take a report back, with a sealed word to each organisation; what was withdrawn may be destroyed now.

    From everybody; with `referral_id` from that organisation alone, and from those that have the letter from it: the
    others are told nothing. What is gone already stays as it is. Raises NotFound where the code yields nothing, as it
    does after the last was destroyed, and for a referral that is not its report's.
    """
    found = open_report(session, stretched)
    asked = found.referrals if referral_id is None else family(found.referrals, referral_id)
    portal_id = portal.current(session).portal_id
    session.rollback()
    there = standing(asked) if when == "now" else living(asked)
    messages = tuple(_withdrawal(stretched, portal_id, found, thread, when, page_id, now) for thread in there)
    if not messages:
        return
    try:
        withdrawal.withdraw(session, Withdrawal(receipt.token(stretched), when, messages), now)
    except MessageExists:
        session.rollback()  # the first try had been taken


def family(referrals: Sequence[FollowedReferral], referral_id: bytes) -> list[FollowedReferral]:
    """Give a referral first, then those that came out of it, at any distance. Raises NotFound where it is not there."""
    first = next((one for one in referrals if one.referral_id == referral_id), None)
    if first is None:
        raise NotFound
    found = {referral_id}
    while more := {one.referral_id for one in referrals if one.referred_by in found} - found:
        found |= more
    return [first, *(one for one in referrals if one.referral_id in found and one is not first)]


def living(referrals: Sequence[FollowedReferral]) -> list[FollowedReferral]:
    """Give the referrals that work goes on for."""
    return [one for one in referrals if one.state in LIVING]


def standing(referrals: Sequence[FollowedReferral]) -> list[FollowedReferral]:
    """Give the referrals of which something is left to destroy."""
    return [one for one in referrals if one.state != "destroyed"]


def _withdrawal(
    stretched: bytes,
    portal_id: bytes,
    found: FollowUp,
    thread: FollowedReferral,
    when: str,
    page_id: bytes,
    now: datetime,
) -> WithdrawalMessage:
    message_id = _id_of(page_id, thread.referral_id, when)
    content = _content("withdrawal", now, after=_own_last(thread), when=when)
    sealed = _seal(stretched, portal_id, found, thread, message_id, content)
    return WithdrawalMessage(thread.referral_id, message_id, sealed)


def _id_of(page_id: bytes, referral_id: bytes, words: str) -> bytes:
    """Give one id for one thing said on one page. Random to whoever does not have the page, which is kept nowhere."""
    return hashlib.sha256(b"onestop/v1 plain message" + page_id + referral_id + words.encode()).digest()[:16]


def _own_last(thread: FollowedReferral) -> str | None:
    """Name the last message that this person can have seen: her own, since answers are not opened here."""
    own = [one.message_id for one in thread.messages if one.direction == TO_ORGANISATION]
    return b64u_encode(own[-1]) if own else None


def _content(kind: str, now: datetime, *, after: str | None, text: str = "", when: str | None = None) -> MessageContent:
    return {
        "v": 1,
        "after": after,
        "sent_on": day_of(now).isoformat(),
        "kind": kind,
        "text": text,
        "items": [],
        "states": [],
        "consent": None,
        "when": when,
    }


def _seal(
    stretched: bytes,
    portal_id: bytes,
    found: FollowUp,
    thread: FollowedReferral,
    message_id: bytes,
    content: MessageContent,
) -> bytes:
    key = _reply_key(stretched, found.referrals, thread)
    report_id, origin_kid = found.report.report_id, thread.origin_kid
    return seal_message(key, TO_ORGANISATION, portal_id, report_id, origin_kid, message_id, message_json(content))


def _reply_key(stretched: bytes, referrals: Sequence[FollowedReferral], thread: FollowedReferral) -> bytes:
    """Give a thread's key: from the code, or, for a referral onward, from the thread that it came out of."""
    if thread.referred_by is None:
        return receipt.reply_key(stretched, thread.origin_kid)
    referrer = next((one for one in referrals if one.referral_id == thread.referred_by), None)
    if referrer is None:
        raise NotFound
    return receipt.onward_key(_reply_key(stretched, referrals, referrer), thread.referral_id, thread.origin_kid)
