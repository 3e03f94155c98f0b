"""Leaving quickly. `/x` is a link that works without scripts; `/n` is what a script puts in place of the page."""

from flask import Blueprint, Response, current_app, make_response, redirect

from app.access import access
from app.page import same_for_everybody

blueprint = Blueprint("exit", __name__)

# Also drops the copies of pages that the browser keeps for its Back button.
CLEAR = '"cache", "cookies", "storage"'


@blueprint.get("/x")
@access("anyone")
def leave() -> Response:
    response = make_response(redirect(current_app.extensions["onestop_settings"].exit_url, 303))
    response.headers["Clear-Site-Data"] = CLEAR
    return response


@blueprint.get("/n")
@access("anyone")
def neutral() -> Response:
    response = same_for_everybody("exit/neutral.html")
    response.headers["Clear-Site-Data"] = CLEAR
    return response
