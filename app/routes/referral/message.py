"""A message to the reporter."""

from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.casework import parse_message
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import message
from app.services.signed_in import SignedIn


@blueprint.post("/message")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def send_message(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    asked = parse_message(request.get_data(cache=False))
    sent = message.send(db.session(), caseworker, id_of(referral_id), asked, datetime.now(UTC))
    return jsonify(answer(sent)), 201
