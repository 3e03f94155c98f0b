"""Phone lines and places to turn to."""

from flask import Blueprint, Response

from app.access import access
from app.page import same_for_everybody

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@access("anyone")
def show() -> Response:
    return same_for_everybody("help/help.html")
