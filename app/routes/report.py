"""Making a report: the page, and where its browser sends what it sealed."""

import hashlib
from datetime import UTC, datetime

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import REPORT_BODY, access
from app.domain.answer import answer
from app.domain.deadline import day_of
from app.domain.submission import parse_submission
from app.forms.offered import not_offered, offered
from app.forms.report import ReportForm
from app.headers import with_worker
from app.i18n import language
from app.limits import limited
from app.page import portal_id, same_for_everybody
from app.services import report as reports

blueprint = Blueprint("report", __name__)


@blueprint.get("/report")
@access("anyone")
def show() -> ResponseReturnValue:
    hidden = current_app.extensions["onestop_settings"].canary_organisation
    cards = offered(db.session(), language(), day_of(datetime.now(UTC)), hidden=hidden)
    resting = not_offered(db.session(), hidden=hidden)
    context = {"organisations": cards, "resting": resting}
    page = same_for_everybody(
        "report/report.html",
        lambda: context | {"form": ReportForm(), "portal_id": portal_id()},
        key=(cards, resting),
    )
    return with_worker(page)


@blueprint.post("/report")
@limited("report")
@access("anyone", json=True, body_limit=REPORT_BODY)
def submit() -> ResponseReturnValue:
    body = request.get_data(cache=False)
    submission = parse_submission(body)
    body_hash, grace_days = hashlib.sha256(body).digest(), current_app.extensions["onestop_settings"].epoch_grace_days
    received = reports.submit(db.session(), submission, body_hash, datetime.now(UTC), grace_days=grace_days)
    return jsonify(answer(received)), 201
