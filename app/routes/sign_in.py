"""Signing in and out, in one step or two, and what a browser needs to open its organisation's keyring again."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import COOKIE, KNOWN_COOKIE, access, arrived
from app.domain.answer import answer
from app.domain.casework import parse_sign_in
from app.domain.signing_in import parse_confirmation, parse_nothing, parse_second, parse_signed
from app.forms.sign_in import SignInForm
from app.limits import limited
from app.services import keyring, known_browser, passkey
from app.services import session as staff_session
from app.services import sign_in as signing_in
from app.services.signed_in import SignedIn

blueprint = Blueprint("sign_in", __name__)


def _keys(caseworker: SignedIn, **more: object) -> Response:
    """What only this browser can use: the wrapped seed, the sealed ring, and the session's half of the tab's key."""
    own = keyring.own_keys(db.session(), caseworker)
    members: dict[str, Any] = {
        "caseworker": {
            "login": caseworker.login,
            "slug": caseworker.slug,
            "kid": caseworker.kid,
            "role": caseworker.role,
        },
        "portal_id": own.portal_id,
        "wrapped_seed": own.wrapped_seed,
        "parameter_set": own.parameter_set,
        "keyring": own.keyring,
        "unlocks_here": passkey.unlocks(db.session(), caseworker.caseworker_id, arrived().host),
        "session_half": caseworker.session_half,
        "csrf": caseworker.csrf,
    }
    return jsonify(answer(members | more))


def _with_cookie(started: signing_in.Started, **more: object) -> Response:
    response = _keys(started.signed_in, **more)
    response.set_cookie(COOKIE, started.cookie, path="/", secure=True, httponly=True, samesite="Strict")
    response.set_cookie(
        KNOWN_COOKIE,
        known_browser.cookie_for(arrived(), started.signed_in.login),
        max_age=known_browser.KEPT,
        path="/",
        secure=True,
        httponly=True,
        samesite="Strict",
    )
    return response


@blueprint.get("/sign-in")
@access("anyone")
def show() -> ResponseReturnValue:
    return render_template("sign_in/sign_in.html", form=SignInForm(), host=arrived().host)


@blueprint.post("/sign-in")
@limited("sign_in")
@access("anyone", json=True)
def sign_in() -> ResponseReturnValue:
    asked = parse_sign_in(request.get_data(cache=False))
    found = signing_in.sign_in(db.session(), asked, datetime.now(UTC), arrived())
    return jsonify(answer(found)) if isinstance(found, signing_in.Pending) else _with_cookie(found)


@blueprint.post("/sign-in/second")
@limited("sign_in")
@access("anyone", json=True)
def second() -> ResponseReturnValue:
    given = parse_second(request.get_data(cache=False))
    return _with_cookie(signing_in.second(db.session(), given, datetime.now(UTC), arrived()))


@blueprint.post("/sign-in/passkey")
@limited("sign_in")
@access("anyone", json=True)
def begin_passkey() -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    return jsonify(answer(signing_in.begin_passkey(db.session(), datetime.now(UTC), arrived())))


@blueprint.post("/sign-in/passkey/answer")
@limited("sign_in")
@access("anyone", json=True)
def by_passkey() -> ResponseReturnValue:
    signed = parse_signed(request.get_data(cache=False))
    started = signing_in.by_passkey(db.session(), signed, datetime.now(UTC), arrived())
    return _with_cookie(started, prf_wrapped=started.prf_wrapped)


@blueprint.post("/confirm/passkey")
@limited("sign_in")
@access("account", json=True)
def begin_confirming(caseworker: SignedIn) -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    return jsonify(answer(signing_in.begin_confirming(db.session(), caseworker, datetime.now(UTC), arrived())))


@blueprint.post("/confirm")
@limited("sign_in")
@access("account", json=True)
def confirm(caseworker: SignedIn) -> ResponseReturnValue:
    given = parse_confirmation(request.get_data(cache=False))
    wrapped = signing_in.confirm(db.session(), caseworker, given, datetime.now(UTC), arrived())
    return jsonify(answer({"prf_wrapped": wrapped}))


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
