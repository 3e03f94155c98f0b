"""Opening a referral: handed out sealed, and logged."""

from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.domain.casework import parse_opening
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services.opening import open_referral
from app.services.signed_in import SignedIn


@blueprint.post("/opening")
@limited("staff")
@access("caseworker", json=True)
def opening(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    parse_opening(request.get_data(cache=False))
    return jsonify(answer(open_referral(db.session(), caseworker, id_of(referral_id), datetime.now(UTC))))
