"""What the portal is."""

from flask import Blueprint, render_template

from app.access import access

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
@access("anyone")
def show() -> str:
    return render_template("home/home.html")
