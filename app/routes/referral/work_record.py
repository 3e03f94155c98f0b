"""Notes and other work that staff write down for themselves, sealed."""

from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.work_record import parse_work_record
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import work_record
from app.services.signed_in import SignedIn


@blueprint.post("/record")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def save_record(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    asked = parse_work_record(request.get_data(cache=False))
    saved = work_record.save(db.session(), caseworker, id_of(referral_id), asked, datetime.now(UTC))
    return jsonify(answer(saved)), 201
