"""What became of a referral and of its links."""

from datetime import UTC, datetime

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.casework import parse_item_state_change, parse_item_state_undo, parse_state_change
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import disposition
from app.services.signed_in import SignedIn


@blueprint.post("/state")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def change_state(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    change = parse_state_change(request.get_data(cache=False))
    now = datetime.now(UTC)
    return jsonify(answer(disposition.change_state(db.session(), caseworker, id_of(referral_id), change, now)))


@blueprint.post("/item-state")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def change_items(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    change = parse_item_state_change(request.get_data(cache=False))
    now = datetime.now(UTC)
    return jsonify(answer(disposition.change_items(db.session(), caseworker, id_of(referral_id), change, now)))


@blueprint.post("/item-state/undo")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def undo_items(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    undo = parse_item_state_undo(request.get_data(cache=False))
    now = datetime.now(UTC)
    return jsonify(answer(disposition.undo_items(db.session(), caseworker, id_of(referral_id), undo, now)))


@blueprint.get("/standing")
@limited("staff")
@access("caseworker", json=True)
def where_it_stands(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    return jsonify(answer(disposition.where_it_stands(db.session(), caseworker, id_of(referral_id))))
