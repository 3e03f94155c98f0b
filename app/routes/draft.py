"""Going on later: what a reporter's browser keeps here, sealed, and asks back with a token of the receipt code."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, access
from app.domain.answer import answer
from app.domain.coming_back import parse_draft, parse_follow_up
from app.limits import limited
from app.services import draft

blueprint = Blueprint("draft", __name__)

DRAFT_BODY = 384 * KIB  # the largest sealed length, as text


@blueprint.post("/draft")
@limited("draft")
@access("anyone", json=True, body_limit=DRAFT_BODY)
def keep() -> ResponseReturnValue:
    asked = parse_draft(request.get_data(cache=False))
    return jsonify(answer(draft.keep(db.session(), asked, datetime.now(UTC)))), 201


@blueprint.post("/draft/open")
@limited("follow_up")
@access("anyone", json=True)
def find() -> ResponseReturnValue:
    token = parse_follow_up(request.get_data(cache=False))
    return jsonify(answer(draft.find(db.session(), token, datetime.now(UTC))))


@blueprint.post("/draft/destroy")
@limited("follow_up")
@access("anyone", json=True)
def destroy() -> ResponseReturnValue:
    token = parse_follow_up(request.get_data(cache=False))
    draft.destroy(db.session(), token, datetime.now(UTC))
    db.checkpoint(db.engine())
    return jsonify({"state": "destroyed"})
