"""Taking a referral on, and giving it back."""

from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.domain.casework import parse_version
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import claim as claims
from app.services.signed_in import SignedIn


@blueprint.post("/claim")
@limited("staff")
@access("caseworker", json=True)
def claim(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    version = parse_version(request.get_data(cache=False))
    return jsonify(answer(claims.claim(db.session(), caseworker, id_of(referral_id), version, datetime.now(UTC))))


@blueprint.post("/release")
@limited("staff")
@access("caseworker", json=True)
def release(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    version = parse_version(request.get_data(cache=False))
    return jsonify(answer(claims.release(db.session(), caseworker, id_of(referral_id), version, datetime.now(UTC))))
