"""The list of files that browsers are sent, to be compared: a page for people, JSON for programs."""

from flask import Blueprint, Response, current_app

from app.access import access
from app.code_list import CodeList
from app.page import same_for_everybody

blueprint = Blueprint("code", __name__)


def _listed() -> CodeList:
    found: CodeList = current_app.extensions["onestop_code"]
    return found


@blueprint.get("/code")
@access("anyone")
def show() -> Response:
    return same_for_everybody("code/code.html", lambda: {"code": _listed()})


@blueprint.get("/code.json")
@access("anyone", json=True)
def as_json() -> Response:
    return Response(_listed().text(), mimetype="application/json")
