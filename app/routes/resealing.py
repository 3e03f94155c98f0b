"""Letters that move to newer keys, in a lead's browser: what is left, handing out, and taking back."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import REPORT_BODY, access
from app.domain.answer import answer
from app.domain.resealing import parse_handing, parse_resealing
from app.domain.wire import b64u_decode
from app.domain.work_record import parse_resealed_records
from app.errors import FormatError, NotFound
from app.limits import limited
from app.services import record_resealing, resealing
from app.services.signed_in import SignedIn

blueprint = Blueprint("resealing", __name__)


def _id_of(referral_id: str) -> bytes:
    """Give the 16 bytes of an id in an address. Raises NotFound: a misspelt one is as unknown as a foreign one."""
    try:
        return b64u_decode(referral_id, "referral_id", 16)
    except FormatError:
        raise NotFound from None


@blueprint.get("/resealing")
@limited("staff")
@access("lead", json=True)
def left(caseworker: SignedIn) -> ResponseReturnValue:
    after = request.args.get("after")
    return jsonify(answer(resealing.left(db.session(), caseworker, None if after is None else _id_of(after))))


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
    resealed = resealing.take_back(db.session(), caseworker, _id_of(referral_id), asked, datetime.now(UTC))
    return jsonify(answer(resealed))


@blueprint.get("/resealing/records")
@limited("staff")
@access("lead", json=True)
def records_left(caseworker: SignedIn) -> ResponseReturnValue:
    after = request.args.get("after")
    place = None if after is None else _id_of(after)
    return jsonify(answer(record_resealing.left(db.session(), caseworker, place)))


@blueprint.post("/resealing/records")
@limited("staff")
@access("lead", json=True, body_limit=REPORT_BODY)
def take_records_back(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_resealed_records(request.get_data(cache=False))
    return jsonify(answer(record_resealing.take_back(db.session(), caseworker, asked, datetime.now(UTC))))
