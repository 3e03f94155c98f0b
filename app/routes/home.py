"""What the portal is."""

from flask import Blueprint, Response

from app.access import access
from app.page import same_for_everybody

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access("anyone")
def show() -> Response:
    return same_for_everybody("home/home.html")
