"""What programs and browsers fetch: the directory of organisations and their keys."""

from flask import Blueprint, Response

from app import db
from app.access import access
from app.page import same_json_for_everybody
from app.services import organisation

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/directory")
@access("anyone", json=True)
def directory() -> Response:
    return same_json_for_everybody(organisation.directory(db.session()))
