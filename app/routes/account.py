"""One's own account: passkeys, an authenticator, codes on paper, sessions, the passphrase."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import db, i18n
from app.access import access, arrived
from app.domain.answer import answer
from app.domain.signing_in import (
    in_groups,
    parse_named,
    parse_new_passkey,
    parse_nothing,
    parse_passphrase,
    parse_typed_code,
)
from app.domain.wire import b64u_decode
from app.limits import limited
from app.services import account, authenticator, one_time_code, passkey, passphrase, second_factor
from app.services.signed_in import SignedIn

blueprint = Blueprint("account", __name__)


def _portal_name() -> str:
    settings = current_app.extensions["onestop_settings"]
    name: str = settings.portal_name_ko if i18n.language() == "ko" else settings.portal_name_en
    return name


@blueprint.get("/account")
@limited("staff")
@access("account")
def show(caseworker: SignedIn) -> ResponseReturnValue:  # noqa: ARG001 - the page is filled by its script
    return render_template("account/account.html", host=arrived().host)


@blueprint.get("/account/standing")
@limited("staff")
@access("account", json=True)
def standing(caseworker: SignedIn) -> ResponseReturnValue:
    return jsonify(answer(account.standing(db.session(), caseworker, datetime.now(UTC))))


@blueprint.post("/account/passkey")
@limited("staff")
@access("account", json=True)
def begin_passkey(caseworker: SignedIn) -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    begun = passkey.begin_adding(db.session(), caseworker, _portal_name(), arrived(), datetime.now(UTC))
    return jsonify(answer(begun))


@blueprint.post("/account/passkey/answer")
@limited("staff")
@access("account", json=True)
def add_passkey(caseworker: SignedIn) -> ResponseReturnValue:
    new = parse_new_passkey(request.get_data(cache=False))
    passkey.add(db.session(), caseworker, new, arrived(), datetime.now(UTC))
    return jsonify({}), 201


@blueprint.post("/account/passkey/removal")
@limited("staff")
@access("account", json=True)
def remove_passkey(caseworker: SignedIn) -> ResponseReturnValue:
    passkey_id = parse_named(request.get_data(cache=False), "passkey_id")
    passkey.remove(db.session(), caseworker, passkey_id, datetime.now(UTC))
    return jsonify({})


@blueprint.post("/account/authenticator")
@limited("staff")
@access("account", json=True)
def begin_authenticator(caseworker: SignedIn) -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    return jsonify(answer(authenticator.begin(db.session(), caseworker, _portal_name(), arrived(), datetime.now(UTC))))


@blueprint.post("/account/authenticator/answer")
@limited("sign_in")
@access("account", json=True)
def set_authenticator(caseworker: SignedIn) -> ResponseReturnValue:
    typed = parse_typed_code(request.get_data(cache=False))
    authenticator.finish(db.session(), caseworker, typed, arrived(), datetime.now(UTC))
    return jsonify({}), 201


@blueprint.post("/account/authenticator/removal")
@limited("staff")
@access("account", json=True)
def remove_authenticator(caseworker: SignedIn) -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    authenticator.remove(db.session(), caseworker, datetime.now(UTC))
    return jsonify({})


@blueprint.post("/account/codes")
@limited("staff")
@access("account", json=True)
def make_codes(caseworker: SignedIn) -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    codes = one_time_code.make_anew(db.session(), caseworker, datetime.now(UTC))
    return jsonify({"codes": [in_groups(code) for code in codes]}), 201


@blueprint.post("/account/session/ending")
@limited("staff")
@access("account", json=True)
def end_session(caseworker: SignedIn) -> ResponseReturnValue:
    session_id = parse_named(request.get_data(cache=False), "session_id")
    account.end_session(db.session(), caseworker, session_id, datetime.now(UTC))
    return jsonify({})


@blueprint.post("/account/sessions/ending")
@limited("staff")
@access("account", json=True)
def end_other_sessions(caseworker: SignedIn) -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    account.end_others(db.session(), caseworker, datetime.now(UTC))
    return jsonify({})


@blueprint.post("/passphrase")
@limited("staff")
@access("account", json=True)
def change_passphrase(caseworker: SignedIn) -> ResponseReturnValue:
    new = parse_passphrase(request.get_data(cache=False))
    passphrase.change(db.session(), caseworker, new, datetime.now(UTC))
    return jsonify({})


@blueprint.post("/people/<kid>/factors/removal")
@limited("staff")
@access("lead", json=True)
def clear_factors(caseworker: SignedIn, kid: str) -> ResponseReturnValue:
    parse_nothing(request.get_data(cache=False))
    second_factor.clear(db.session(), caseworker, b64u_decode(kid, "kid", 16), datetime.now(UTC))
    return jsonify({})
