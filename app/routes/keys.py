"""The organisation's keys, for its leads: how old they are, new ones, and what still lies under older ones."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.errors import FormatError, UnsupportedType
from app.headers import with_worker
from app.limits import limited
from app.services import rotation
from app.services.signed_in import SignedIn

blueprint = Blueprint("keys", __name__)


@blueprint.get("/keys")
@limited("staff")
@access("lead")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    now = datetime.now(UTC)
    page = render_template(
        "keys/keys.html",
        standing=rotation.standing(db.session(), caseworker, now),
        schedules=rotation.SCHEDULES,
        grace_days=current_app.extensions["onestop_settings"].epoch_grace_days,
        saved=request.args.get("done") == "saved",
    )
    return with_worker(make_response(page))


@blueprint.get("/keys/unused")
@limited("staff")
@access("lead", json=True)
def unused(caseworker: SignedIn) -> ResponseReturnValue:
    """Say which keys may leave the ring with its next change."""
    grace_days = current_app.extensions["onestop_settings"].epoch_grace_days
    found = rotation.unused(db.session(), caseworker, datetime.now(UTC), grace_days=grace_days)
    return jsonify(answer({"unused": found}))


@blueprint.post("/keys/schedule")
@limited("staff")
@access("lead")
def set_schedule(caseworker: SignedIn) -> ResponseReturnValue:
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedType
    try:
        months = int(request.form.get("rotate_months", ""))
    except ValueError:
        raise FormatError("rotate_months") from None
    rotation.set_schedule(db.session(), caseworker, months, datetime.now(UTC))
    return redirect(url_for("keys.show", done="saved"), 303)
