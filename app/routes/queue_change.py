"""What is done to several referrals of the queue at once, and taking that back."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.domain.queue_asking import parse_assignment, parse_new_deadline, parse_new_state, parse_openings, parse_undo
from app.limits import limited
from app.services import bulk_change, link_work
from app.services.signed_in import SignedIn

blueprint = Blueprint("queue_change", __name__, url_prefix="/queue")


@blueprint.post("/assignment")
@limited("staff")
@access("caseworker", json=True)
def assign(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_assignment(request.get_data(cache=False))
    outcome = bulk_change.assign(db.session(), caseworker, asked.listed, asked.to, datetime.now(UTC))
    return jsonify(answer(outcome))


@blueprint.post("/state")
@limited("staff")
@access("caseworker", json=True)
def set_state(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_new_state(request.get_data(cache=False))
    outcome = bulk_change.set_state(db.session(), caseworker, asked, datetime.now(UTC))
    return jsonify(answer(outcome))


@blueprint.post("/telling")
@limited("staff")
@access("caseworker", json=True)
def letters(caseworker: SignedIn) -> ResponseReturnValue:
    """Hand out letters whose reporters are to be told of a change: only they hold the key to answer with."""
    asked, now = parse_openings(request.get_data(cache=False)), datetime.now(UTC)
    handed = link_work.hand_out(db.session(), caseworker, asked, now, purpose=link_work.FOR_TELLING)
    return jsonify(answer({"letters": handed}))


@blueprint.post("/deadline")
@limited("staff")
@access("caseworker", json=True)
def set_deadline(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_new_deadline(request.get_data(cache=False))
    outcome = bulk_change.set_due(db.session(), caseworker, asked.listed, asked.due_on, datetime.now(UTC))
    return jsonify(answer(outcome))


@blueprint.post("/undo")
@limited("staff")
@access("caseworker", json=True)
def undo(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_undo(request.get_data(cache=False))
    return jsonify(answer(bulk_change.undo(db.session(), caseworker, asked, datetime.now(UTC))))
