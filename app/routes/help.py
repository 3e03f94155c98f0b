"""Phone lines and places to turn to."""

from flask import Blueprint, render_template

from app.access import access

blueprint = Blueprint("help", __name__)


@blueprint.get("/help")
@access("anyone")
def show() -> str:
    return render_template("help/help.html")
