"""What a browser needs to search the queue by what it alone can read, and to make summaries of new letters."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.domain.queue_asking import parse_openings, parse_summaries
from app.limits import limited
from app.services import first_opening, queue_listing, viewing
from app.services.signed_in import SignedIn

blueprint = Blueprint("queue_listing", __name__, url_prefix="/queue")


@blueprint.get("/rows")
@limited("staff")
@access("viewer", json=True)
def rows(caseworker: SignedIn) -> ResponseReturnValue:
    return jsonify(answer(queue_listing.page(db.session(), caseworker, request.args.get("after", ""))))


@blueprint.post("/summaries")
@limited("staff")
@access("viewer", json=True)
def summaries(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_summaries(request.get_data(cache=False))
    return jsonify(answer({"summaries": queue_listing.summaries(db.session(), caseworker, asked)}))


@blueprint.post("/openings")
@limited("staff")
@access("caseworker", json=True)
def openings(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_openings(request.get_data(cache=False))
    return jsonify(answer({"letters": first_opening.hand_out(db.session(), caseworker, asked, datetime.now(UTC))}))


@blueprint.get("/viewing")
@limited("staff")
@access("caseworker", json=True)
def looking(caseworker: SignedIn) -> ResponseReturnValue:
    return jsonify(answer({"viewing": viewing.of_others(db.session(), caseworker, datetime.now(UTC))}))
