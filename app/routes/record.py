"""Records of the whole organisation: requests, rooms, sites, lists, saved views. All of them are sealed."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.wire import b64u_decode
from app.domain.work_record import parse_removal, parse_work_record
from app.errors import FormatError, NotFound
from app.limits import limited
from app.services import organisation_record
from app.services.signed_in import SignedIn

blueprint = Blueprint("record", __name__, url_prefix="/record")


def id_of(record_id: str) -> bytes:
    """Give the 16 bytes of an id in an address. Raises NotFound: a misspelt one is as unknown as a foreign one."""
    try:
        return b64u_decode(record_id, "record_id", 16)
    except FormatError:
        raise NotFound from None


@blueprint.get("")
@limited("staff")
@access("caseworker", json=True)
def listed(caseworker: SignedIn) -> ResponseReturnValue:
    asked = request.args
    record_type, state, after = (asked.get(name, "") for name in ("type", "state", "after"))
    now = datetime.now(UTC)
    return jsonify(answer(organisation_record.read_page(db.session(), caseworker, record_type, state, after, now)))


@blueprint.get("/<record_id>")
@limited("staff")
@access("caseworker", json=True)
def one(caseworker: SignedIn, record_id: str) -> ResponseReturnValue:
    found = organisation_record.read_one(db.session(), caseworker, id_of(record_id), datetime.now(UTC))
    return jsonify(answer(found))


@blueprint.post("")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def save(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_work_record(request.get_data(cache=False))
    return jsonify(answer(organisation_record.save(db.session(), caseworker, asked, datetime.now(UTC)))), 201


@blueprint.post("/removal")
@limited("staff")
@access("caseworker", json=True)
def remove(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_removal(request.get_data(cache=False))
    organisation_record.remove(db.session(), caseworker, asked, datetime.now(UTC))
    return jsonify({})
