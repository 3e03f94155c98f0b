"""What the server sees: the whole list."""

from flask import Blueprint, render_template

from app.access import access

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/privacy")
@access("anyone")
def show() -> str:
    return render_template("privacy/privacy.html")
