"""Where staff begin: each role on the page that is theirs."""

from typing import Final

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.access import access
from app.limits import limited
from app.services.signed_in import SignedIn

blueprint = Blueprint("start", __name__)

FIRST_PAGE: Final = {"auditor": "log.show", "operator": "operator.show", "waiting": "people.wait"}


@blueprint.get("/start")
@limited("staff")
@access("account")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    return redirect(url_for(FIRST_PAGE.get(caseworker.role, "queue.show")), 303)
