"""What was passed on to this organisation and waits for an answer, and what it passed on itself."""

from datetime import UTC, datetime

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.domain.wire import b64u_encode
from app.forms.labels import LABELS
from app.i18n import language
from app.limits import limited
from app.services import onward_reading
from app.services.signed_in import SignedIn

blueprint = Blueprint("onward", __name__)


@blueprint.get("/onward")
@limited("staff")
@access("caseworker")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    return render_template(
        "onward/overview.html",
        overview=onward_reading.overview(db.session(), caseworker),
        states={**LABELS["referral_states"], **LABELS["onward_states"]},
        b64u=b64u_encode,
        korean=language() == "ko",
        today=day_of(datetime.now(UTC)),
    )
