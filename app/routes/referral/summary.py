"""The sealed summary that a browser writes once it has opened a letter."""

from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.casework import parse_summary
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import summary
from app.services.signed_in import SignedIn


@blueprint.post("/summary")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def save_summary(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    asked = parse_summary(request.get_data(cache=False))
    saved = summary.save(db.session(), caseworker, id_of(referral_id), asked, datetime.now(UTC))
    return jsonify(answer(saved)), 201
