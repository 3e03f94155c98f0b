"""What the server sees: the whole list."""

from flask import Blueprint, Response

from app.access import access
from app.page import same_for_everybody

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/privacy")
@access("anyone")
def show() -> Response:
    return same_for_everybody("privacy/privacy.html")
