"""The page of one referral, as the server knows it; its browser opens the rest."""

from datetime import UTC, datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import queue
from app.services.signed_in import SignedIn


@blueprint.get("")
@limited("staff")
@access("viewer")
def show(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    row = queue.row(db.session(), caseworker, id_of(referral_id), datetime.now(UTC))
    return render_template("referral/referral.html", referral=row)
