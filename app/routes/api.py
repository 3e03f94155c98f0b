"""What programs and browsers fetch: the directory of organisations and their keys."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.services import organisation

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/directory")
@access("anyone", json=True)
def directory() -> ResponseReturnValue:
    return jsonify(answer(organisation.directory(db.session())))
