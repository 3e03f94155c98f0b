"""An evidence package of one referral: made and signed in the browser, with what the portal knows of it."""

from datetime import UTC, datetime

from flask import jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.answer import answer
from app.domain.passing_on import parse_evidence
from app.forms.labels import label_texts
from app.forms.log_words import action_texts
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import evidence, queue
from app.services.signed_in import SignedIn


@blueprint.get("/evidence")
@limited("staff")
@access("caseworker")
def show_evidence(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    row = queue.row(db.session(), caseworker, id_of(referral_id), datetime.now(UTC))
    return render_template("evidence/make.html", referral=row, labels={**label_texts(), "log_actions": action_texts()})


@blueprint.post("/evidence")
@limited("staff")
@access("caseworker", json=True)
def hand_out_evidence(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    reason = parse_evidence(request.get_data(cache=False))
    return jsonify(answer(evidence.hand_out(db.session(), caseworker, id_of(referral_id), reason, datetime.now(UTC))))
