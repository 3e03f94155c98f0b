"""The access log, for leads and auditors: reading it, taking it along, and the monthly sign-off."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.domain.wire import fields, parse_request, text
from app.errors import UnsupportedType
from app.forms import log_words
from app.forms.log import FILTERS, asked_for, korean_time, log_csv, read_filters, utc_time
from app.limits import limited
from app.services import log_reading, log_review
from app.services import session as staff_session
from app.services.signed_in import SignedIn

blueprint = Blueprint("log", __name__, url_prefix="/log")

LONGEST = 64


@blueprint.get("")
@limited("staff")
@access("auditor")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    filters = read_filters(request.args)
    page = log_reading.page(db.session(), caseworker, filters, request.args.get("after", ""))
    return render_template(
        "log/log.html",
        page=page,
        filters=asked_for(filters),
        chosen=dict.fromkeys(FILTERS, "") | asked_for(filters),
        people=log_reading.people(db.session(), caseworker),
        months=log_review.months(db.session(), caseworker, datetime.now(UTC)),
        words=log_words,
        korean_time=korean_time,
        utc_time=utc_time,
        done="reviewed" if request.args.get("done") == "reviewed" else "",
    )


@blueprint.post("/export")
@limited("staff")
@access("auditor", json=True)
def export(caseworker: SignedIn) -> ResponseReturnValue:
    now = datetime.now(UTC)
    staff_session.must_be_confirmed(caseworker, now)
    checkers = dict.fromkeys((*FILTERS, "reason"), text(LONGEST))
    asked = fields(parse_request(request.get_data(cache=False)), checkers, "")
    entries = log_reading.export(db.session(), caseworker, read_filters(asked), asked["reason"], now)
    return jsonify(name=f"access-log-{caseworker.slug}-{day_of(now).isoformat()}.csv", csv=log_csv(entries))


@blueprint.post("/review")
@limited("staff")
@access("auditor")
def review(caseworker: SignedIn) -> ResponseReturnValue:
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedType
    log_review.sign_off(db.session(), caseworker, request.form.get("month", ""), datetime.now(UTC))
    return redirect(url_for("log.show", done="reviewed"), 303)
