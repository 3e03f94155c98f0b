"""Signing in and out, and what a browser needs to open its organisation's keyring again."""

from datetime import UTC, datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import COOKIE, access
from app.domain.answer import answer
from app.domain.casework import parse_sign_in
from app.forms.sign_in import SignInForm
from app.limits import limited
from app.services import keyring
from app.services import session as staff_session
from app.services import sign_in as signing_in
from app.services.signed_in import SignedIn

blueprint = Blueprint("sign_in", __name__)


def _keys(caseworker: SignedIn) -> Response:
    """What only this browser can use: the wrapped seed, the sealed ring, and the session's half of the tab's key."""
    own = keyring.own_keys(db.session(), caseworker)
    members = {
        "caseworker": {
            "login": caseworker.login,
            "slug": caseworker.slug,
            "kid": caseworker.kid,
            "role": caseworker.role,
        },
        "portal_id": own.portal_id,
        "wrapped_seed": own.wrapped_seed,
        "keyring": own.keyring,
        "session_half": caseworker.session_half,
        "csrf": caseworker.csrf,
    }
    return jsonify(answer(members))


@blueprint.get("/sign-in")
@access("anyone")
def show() -> ResponseReturnValue:
    return render_template("sign_in/sign_in.html", form=SignInForm())


@blueprint.post("/sign-in")
@limited("sign_in")
@access("anyone", json=True)
def sign_in() -> ResponseReturnValue:
    asked = parse_sign_in(request.get_data(cache=False))
    started = signing_in.sign_in(db.session(), asked, datetime.now(UTC))
    response = _keys(started.signed_in)
    response.set_cookie(COOKIE, started.cookie, path="/", secure=True, httponly=True, samesite="Strict")
    return response


@blueprint.get("/session")
@limited("staff")
@access("account", json=True)
def resume(caseworker: SignedIn) -> ResponseReturnValue:
    return _keys(caseworker)


@blueprint.post("/sign-out")
@limited("staff")
@access("account")
def sign_out(caseworker: SignedIn) -> ResponseReturnValue:
    staff_session.end(db.session(), caseworker, datetime.now(UTC))
    response = jsonify({}) if request.is_json else make_response(redirect(url_for("sign_in.show"), 303))
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Strict")
    return response
