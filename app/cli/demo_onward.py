"""Two letters of the demo that one organisation passes on: another accepts the first, a third does not take the second.

Nothing is opened: whoever wrote the letters still knows what they say, and holds the keys of the ceremony.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.ceremony import Founded, seed_of
from app.cli.demo_letters import PURPOSES
from app.cli.demo_work import Desk, there
from app.crypto import custody, onward, receipt
from app.crypto.envelope import seal_referral
from app.crypto.recipient_key import from_seed
from app.domain import passing_on
from app.domain.compartment import letter_for
from app.domain.letter import Letter, letter_json
from app.domain.onward_answer import answer_json
from app.domain.referral_state import OPEN
from app.domain.sealed_length import ENVELOPE_OVERHEAD
from app.domain.wire import b64u_decode, b64u_encode
from app.models import Referral
from app.services import claim, shredding
from app.services import onward as passing

REFERRER: Final = "demo-centre"
PASSED_ON: Final = "동의하신 대로 다른 기관에 연계했습니다. 그 기관의 소식도 이곳에서 보실 수 있습니다. (시범 답변)"
ACCEPTED: Final = "연계된 신고를 저희가 맡았습니다. 소식은 이곳에서 알려 드리겠습니다. (시범 답변)"
REFUSED: Final = "신고가 연계되었지만 저희가 맡기 어렵습니다. 연계한 기관에 알렸습니다. (시범 답변)"
REASON: Final = "저희가 맡은 지역이 아닙니다. 거주지 센터에 다시 연계해 주시기 바랍니다. (시범 답변)"


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter that was passed on, as its receiver will read it."""

    referral_id: bytes
    letter: Letter


def pass_some_on(
    session: Session,
    portal_id: bytes,
    founded: Sequence[Founded],
    letters: Mapping[bytes, Mapping[str, Letter]],
    now: datetime,
) -> None:
    """Pass on the first letters that may be, to the police, who accept, and to another centre, which does not."""
    by_slug = {one.slug: one for one in founded}
    referrer = by_slug[REFERRER]
    desk = Desk(session, portal_id, referrer, now)
    asked = [("police", "accepted"), ("support_centre", "refused")]
    for referral in _referrals(session, referrer):
        letter = letters[there(referral.report_id)][REFERRER]
        found = next((one for one in asked if one[0] in letter["consent"]["pass_on"]), None)
        if found is None:
            continue
        asked.remove(found)
        receiver = next(one for one in founded if one.kind == found[0] and one.slug != REFERRER)
        sent = _pass_on(desk, referral, letter, receiver)
        other = Desk(session, portal_id, receiver, now)
        _answer(other, sent, found[1])
        other.leave()
    desk.leave()


def _referrals(session: Session, referrer: Founded) -> Sequence[Referral]:
    rows = session.scalars(
        select(Referral)
        .where(Referral.organisation_id == referrer.organisation_id, Referral.state.in_(sorted(OPEN)))
        .order_by(Referral.received_on, Referral.referral_id)
    ).all()
    session.commit()
    return rows


def _pass_on(desk: Desk, referral: Referral, letter: Letter, receiver: Founded) -> Sent:
    """Seal what the receiver's kind may have of a letter, without its closed parts, and pass it on."""
    if referral.state == "received":
        claim.claim(desk.session, desk.signed_in, referral.referral_id, referral.version, desk.now)
    referral_id, pair = secrets.token_bytes(16), from_seed(seed_of(receiver.epoch))
    purposes = [one for one in letter["consent"]["purposes"] if one in PURPOSES[receiver.kind]]
    cut = letter_for(receiver.kind, letter, {"purposes": purposes, "pass_on": []}, ())
    keys = {
        name: receipt.onward_key(b64u_decode(letter[name], name, 32), referral_id, pair.kid)
        for name in ("reply_key", "log_key")
    }
    sent = cast("Letter", {**cut, **{name: b64u_encode(key) for name, key in keys.items()}})
    report_id = there(referral.report_id)
    sealed = seal_referral(
        pair.public_key,
        desk.portal_id,
        report_id,
        pair.kid,
        referral_id,
        desk.founded.slug,
        b64u_decode(desk.founded.epoch["signing_seed"] or "", "demo", 32),
        letter_json(sent),
        len(there(shredding.letter(desk.session, referral))) - ENVELOPE_OVERHEAD,
    )
    asked = passing_on.PassingOn(
        referral_id=referral_id,
        organisation=receiver.slug,
        kid=pair.kid,
        sealed=sealed,
        leaf=custody.leaf(keys["log_key"], desk.portal_id, report_id, pair.kid, sealed),
        urgent=referral.urgent,
        message=desk.said(referral, letter, PASSED_ON),
    )
    passing.pass_on(desk.session, desk.signed_in, referral.referral_id, asked, desk.now)
    return Sent(referral_id, sent)


def _answer(desk: Desk, sent: Sent, answer: str) -> None:
    held = desk.session.get(Referral, sent.referral_id)
    if held is None:
        return
    refused = answer == "refused"
    if not refused:
        desk.work(held, sent.letter, "opened")
    sealed = onward.seal_answer(
        b64u_decode(sent.letter["reply_key"], "demo", 32),
        desk.portal_id,
        there(held.report_id),
        held.origin_kid,
        sent.referral_id,
        desk.founded.slug,
        b64u_decode(desk.founded.epoch["signing_seed"] or "", "demo", 32),
        answer_json({"v": 1, "answer": answer, "text": REASON if refused else ""}),
    )
    said = desk.said(held, sent.letter, REFUSED if refused else ACCEPTED)
    asked = passing_on.Answering(held.version, answer, sealed, said)
    passing.answer(desk.session, desk.signed_in, sent.referral_id, asked, desk.now)
