"""The people of an organisation: who is in, who waits, who left; and the next ring, which a lead's browser makes."""

from dataclasses import fields
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app import db
from app.access import REPORT_BODY, access
from app.data import recovery_sheet
from app.domain.answer import answer
from app.domain.people import parse_leaving, parse_ring_change
from app.domain.wire import b64u_decode
from app.errors import FormatError, NotFound
from app.forms.labels import label_texts
from app.limits import limited
from app.services import invitation, people, ring
from app.services.signed_in import SignedIn

blueprint = Blueprint("people", __name__)


DONE: Final = {
    "let_in": _l("Let in. From now on they open what their role opens, as soon as they sign in or open a page anew."),
    "keys": _l("The new keys hold. Letters from now on are closed to whoever left."),
    "role": _l("The role has changed."),
    "left": _l("The access has ended."),
    "factors": _l("The second steps were taken away. Please ask them to add new ones."),
}


@blueprint.get("/people")
@limited("staff")
@access("lead")
def show(caseworker: SignedIn) -> ResponseReturnValue:  # noqa: ARG001 - the page is filled by its script
    return render_template(
        "people/people.html",
        labels=label_texts("roles"),
        recovery_sheet=recovery_sheet(),
        done=DONE.get(request.args.get("done", "")),
        reseal=request.args.get("done") == "keys",
    )


@blueprint.get("/waiting")
@limited("staff")
@access("account")
def wait(caseworker: SignedIn) -> ResponseReturnValue:
    return render_template("people/waiting.html", leads=people.leads(db.session(), caseworker))


@blueprint.get("/people/standing")
@limited("staff")
@access("lead", json=True)
def standing(caseworker: SignedIn) -> ResponseReturnValue:
    pending = invitation.pending(db.session(), caseworker.organisation_id, datetime.now(UTC))
    found = people.standing(db.session(), caseworker)
    return jsonify(
        answer({field.name: getattr(found, field.name) for field in fields(found)} | {"invitations": pending})
    )


@blueprint.post("/keyring")
@limited("staff")
@access("lead", json=True, body_limit=REPORT_BODY)
def change(caseworker: SignedIn) -> ResponseReturnValue:
    wanted = parse_ring_change(request.get_data(cache=False))
    return jsonify({"seq": ring.change(db.session(), caseworker, wanted, datetime.now(UTC))})


@blueprint.post("/people/<kid>/leaving")
@limited("staff")
@access("lead", json=True)
def leave(caseworker: SignedIn, kid: str) -> ResponseReturnValue:
    parse_leaving(request.get_data(cache=False))
    try:
        wanted = b64u_decode(kid, "kid", 16)
    except FormatError:
        raise NotFound from None
    people.leave(db.session(), caseworker, wanted, datetime.now(UTC))
    return jsonify({})
