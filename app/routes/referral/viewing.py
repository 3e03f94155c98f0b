"""Who has a referral open just now, told to those who have it open too."""

from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.domain.casework import parse_opening
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import viewing
from app.services.signed_in import SignedIn


@blueprint.post("/viewing")
@limited("staff")
@access("caseworker", json=True)
def look(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    parse_opening(request.get_data(cache=False))
    return jsonify(answer({"others": viewing.look(db.session(), caseworker, id_of(referral_id), datetime.now(UTC))}))
