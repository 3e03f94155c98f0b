"""Joining by invitation, and inviting. The secret stands behind the # of the address, which browsers send to nobody."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, access
from app.data import recovery_sheet
from app.domain import invitation as asked
from app.domain.answer import answer
from app.domain.wire import b64u_decode
from app.errors import FormatError, NotFound
from app.forms.labels import label_texts
from app.limits import limited
from app.services import invitation, joining
from app.services.signed_in import SignedIn

blueprint = Blueprint("invitation", __name__)

CEREMONY_BODY = 64 * KIB


@blueprint.get("/invitation")
@access("anyone")
def show() -> ResponseReturnValue:
    return render_template(
        "invitation/invitation.html", labels_of_roles=label_texts("roles")["roles"], recovery_sheet=recovery_sheet()
    )


@blueprint.post("/invitation")
@limited("sign_in")
@access("anyone", json=True)
def look() -> ResponseReturnValue:
    secret = asked.parse_secret(request.get_data(cache=False))
    return jsonify(answer(invitation.look(db.session(), secret, datetime.now(UTC))))


@blueprint.post("/invitation/founding")
@limited("sign_in")
@access("anyone", json=True, body_limit=CEREMONY_BODY)
def found() -> ResponseReturnValue:
    founding = asked.parse_founding(request.get_data(cache=False))
    return jsonify(answer(joining.found(db.session(), founding, datetime.now(UTC)))), 201


@blueprint.post("/invitation/joining")
@limited("sign_in")
@access("anyone", json=True)
def join() -> ResponseReturnValue:
    wanted = asked.parse_joining(request.get_data(cache=False))
    return jsonify(answer(joining.join(db.session(), wanted, datetime.now(UTC)))), 201


@blueprint.post("/people/invitation")
@limited("staff")
@access("lead", json=True)
def invite(caseworker: SignedIn) -> ResponseReturnValue:
    role = asked.parse_role(request.get_data(cache=False))
    now = datetime.now(UTC)
    secret = invitation.invite_colleague(db.session(), caseworker, role, now)
    return jsonify(answer({"secret": secret, "role": role, "expires_at": now + invitation.KEPT})), 201


@blueprint.post("/people/invitation/<invitation_id>/withdrawal")
@limited("staff")
@access("lead", json=True)
def withdraw(caseworker: SignedIn, invitation_id: str) -> ResponseReturnValue:
    try:
        wanted = b64u_decode(invitation_id, "invitation_id", 32)
    except FormatError:
        raise NotFound from None
    invitation.withdraw(db.session(), caseworker, wanted, datetime.now(UTC))
    return jsonify({})
