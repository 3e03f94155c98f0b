"""Taking a report down for somebody on the telephone: the reporter's own form, filled in and sent by a caseworker."""

import hashlib
from datetime import UTC, datetime
from typing import Final

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import REPORT_BODY, access
from app.domain.answer import answer
from app.domain.deadline import day_of
from app.domain.submission import parse_submission
from app.forms.offered import not_offered, offered
from app.forms.report import ReportForm
from app.i18n import language
from app.limits import limited
from app.page import portal_id
from app.services import report as reports
from app.services.signed_in import SignedIn

blueprint = Blueprint("caller", __name__)

SEALED_BY: Final = ("caseworker",)


@blueprint.get("/caller")
@limited("staff")
@access("caseworker")
def show(_caseworker: SignedIn) -> ResponseReturnValue:
    hidden = current_app.extensions["onestop_settings"].canary_organisation
    cards = offered(db.session(), language(), day_of(datetime.now(UTC)), hidden=hidden)
    return render_template(
        "caller/caller.html",
        organisations=cards,
        resting=not_offered(db.session(), hidden=hidden),
        form=ReportForm(),
        portal_id=portal_id(),
        taken_down=True,
    )


@blueprint.post("/caller")
@limited("staff")
@access("caseworker", json=True, body_limit=REPORT_BODY)
def submit(_caseworker: SignedIn) -> ResponseReturnValue:
    """Nothing is noted of who took it down: `sealed_by` says that somebody of the staff did."""
    body = request.get_data(cache=False)
    submission = parse_submission(body, SEALED_BY)
    body_hash, grace_days = hashlib.sha256(body).digest(), current_app.extensions["onestop_settings"].epoch_grace_days
    received = reports.submit(db.session(), submission, body_hash, datetime.now(UTC), grace_days=grace_days)
    return jsonify(answer(received)), 201
