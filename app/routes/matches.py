"""What referrals have in common, found by the browser in summaries that it alone opens; this page holds scripts."""

from datetime import UTC, datetime

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.forms.labels import label_texts
from app.forms.state_words import state_words
from app.headers import with_worker
from app.limits import limited
from app.services import commission
from app.services.signed_in import SignedIn

blueprint = Blueprint("matches", __name__)


@blueprint.get("/matches")
@limited("staff")
@access("caseworker")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    shown = render_template(
        "matches/matches.html",
        own=commission.own(db.session(), caseworker),
        today=day_of(datetime.now(UTC)),
        labels=label_texts("item_states", "evidence_reasons", "organisation_kinds"),
        state_words=state_words(caseworker.kind),
    )
    return with_worker(make_response(shown))
