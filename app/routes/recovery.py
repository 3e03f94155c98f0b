"""Recovery from paper, when every lead has lost their keys: the page, and what its browser asks and sends."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import MESSAGE_BODY, access
from app.data import recovery_sheet
from app.domain.answer import answer
from app.domain.recovery import parse_beginning, parse_ending, parse_proof
from app.forms.labels import label_texts
from app.headers import with_camera
from app.limits import limited
from app.services import recovery
from app.services.signed_in import SignedIn

blueprint = Blueprint("recovery", __name__)


@blueprint.get("/recovery")
@access("anyone")
def show() -> ResponseReturnValue:
    page = render_template(
        "recovery/recovery.html", labels_of_roles=label_texts("roles")["roles"], recovery_sheet=recovery_sheet()
    )
    return with_camera(make_response(page))


@blueprint.post("/recovery/begin")
@limited("sign_in")
@access("anyone", json=True)
def begin() -> ResponseReturnValue:
    slug = parse_beginning(request.get_data(cache=False))
    return jsonify(answer(recovery.begin(db.session(), slug, datetime.now(UTC))))


@blueprint.post("/recovery/open")
@limited("sign_in")
@access("anyone", json=True)
def open_copy() -> ResponseReturnValue:
    proof = parse_proof(request.get_data(cache=False))
    return jsonify(answer(recovery.open_copy(db.session(), proof, datetime.now(UTC))))


@blueprint.post("/recovery/ending")
@limited("sign_in")
@access("anyone", json=True, body_limit=MESSAGE_BODY)
def end() -> ResponseReturnValue:
    asked = parse_ending(request.get_data(cache=False))
    return jsonify(answer(recovery.end(db.session(), asked, datetime.now(UTC)))), 201


@blueprint.post("/recovery/known")
@limited("staff")
@access("lead")
def acknowledge(caseworker: SignedIn) -> ResponseReturnValue:
    recovery.acknowledge(db.session(), caseworker, datetime.now(UTC))
    return redirect(url_for("keys.show"), 303)
