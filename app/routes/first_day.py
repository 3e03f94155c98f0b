"""The first day of a new lead: what there is to do, and how to see that it works."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.limits import limited
from app.services import first_day
from app.services.signed_in import SignedIn

blueprint = Blueprint("first_day", __name__)


@blueprint.get("/first-day")
@limited("staff")
@access("lead")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    return render_template("first_day/first_day.html", done=first_day.of(db.session(), caseworker))
