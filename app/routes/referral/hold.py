"""Keeping a letter from being destroyed, and ending that."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import db
from app.access import MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.holding import Hold, parse_hold, parse_hold_end
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import legal_hold
from app.services.referral import Standing
from app.services.signed_in import SignedIn

Step = Callable[[Session, SignedIn, bytes, Hold, datetime], Standing]


def _answer(step: Step, asked: Hold, caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    return jsonify(answer(step(db.session(), caseworker, id_of(referral_id), asked, datetime.now(UTC))))


@blueprint.post("/hold")
@limited("staff")
@access("lead", json=True, body_limit=MESSAGE_BODY)
def put_hold(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    return _answer(legal_hold.put, parse_hold(request.get_data(cache=False)), caseworker, referral_id)


@blueprint.post("/hold/end")
@limited("staff")
@access("lead", json=True, body_limit=MESSAGE_BODY)
def lift_hold(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    return _answer(legal_hold.lift, parse_hold_end(request.get_data(cache=False)), caseworker, referral_id)
