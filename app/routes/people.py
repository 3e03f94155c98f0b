"""The people of an organisation: who is in, who waits, who left; and the next ring, which a lead's browser makes."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import REPORT_BODY, access
from app.domain.answer import answer
from app.domain.people import parse_leaving, parse_ring_change
from app.domain.vocabulary import ROLES
from app.domain.wire import b64u_decode
from app.errors import FormatError, NotFound
from app.forms.labels import label_texts
from app.limits import limited
from app.services import invitation, people, ring
from app.services.signed_in import SignedIn

blueprint = Blueprint("people", __name__)


@blueprint.get("/people")
@limited("staff")
@access("lead")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    found = people.standing(db.session(), caseworker)
    pending = invitation.pending(db.session(), caseworker.organisation_id, datetime.now(UTC))
    return render_template(
        "people/people.html", standing=found, pending=pending, labels=label_texts("roles"), roles=ROLES
    )


@blueprint.get("/people/standing")
@limited("staff")
@access("lead", json=True)
def standing(caseworker: SignedIn) -> ResponseReturnValue:
    return jsonify(answer(people.standing(db.session(), caseworker)))


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
