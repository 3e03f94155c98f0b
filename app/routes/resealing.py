"""Letters that move to newer keys, in a lead's browser: what is left, handing out, and taking back."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import REPORT_BODY, access
from app.domain.answer import answer
from app.domain.resealing import parse_handing, parse_resealing
from app.limits import limited
from app.routes.referral.blueprint import id_of
from app.services import resealing
from app.services.signed_in import SignedIn

blueprint = Blueprint("resealing", __name__)


@blueprint.get("/resealing")
@limited("staff")
@access("lead", json=True)
def left(caseworker: SignedIn) -> ResponseReturnValue:
    after = request.args.get("after")
    return jsonify(answer(resealing.left(db.session(), caseworker, None if after is None else id_of(after))))


@blueprint.post("/resealing")
@limited("staff")
@access("lead", json=True)
def hand_out(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_handing(request.get_data(cache=False))
    handed = resealing.hand_out(db.session(), caseworker, asked, datetime.now(UTC))
    return jsonify(answer({"referrals": handed}))


@blueprint.post("/referral/<referral_id>/resealing")
@limited("staff")
@access("lead", json=True, body_limit=REPORT_BODY)
def take_back(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    asked = parse_resealing(request.get_data(cache=False))
    resealed = resealing.take_back(db.session(), caseworker, id_of(referral_id), asked, datetime.now(UTC))
    return jsonify(answer(resealed))
