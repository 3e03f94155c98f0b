"""Passing a letter on to another organisation, and answering one that was passed on."""

from datetime import UTC, datetime

from flask import current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.passing_on import parse_answering, parse_passing_on
from app.forms.labels import label_texts
from app.forms.organisation_card import PURPOSES_OF
from app.forms.state_words import state_words
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import onward, queue, standing
from app.services.signed_in import SignedIn

LETTER_BODY = 512 * KIB  # the largest letter, and a message


@blueprint.get("/onward")
@limited("staff")
@access("caseworker")
def show_onward(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    row = queue.row(db.session(), caseworker, id_of(referral_id), datetime.now(UTC))
    hidden = current_app.extensions["onestop_settings"].canary_organisation
    resting = sorted({one.slug for one in standing.resting(db.session())} | ({hidden} if hidden else set()))
    return render_template(
        "onward/compose.html",
        referral=row,
        labels=label_texts(),
        state_words=state_words(caseworker.kind),
        resting=resting,
        purposes_of=dict(PURPOSES_OF),
    )


@blueprint.post("/onward")
@limited("staff")
@access("caseworker", json=True, body_limit=LETTER_BODY)
def pass_on(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    asked = parse_passing_on(request.get_data(cache=False))
    added = onward.pass_on(db.session(), caseworker, id_of(referral_id), asked, datetime.now(UTC))
    return jsonify(answer(added)), 201


@blueprint.post("/onward/answer")
@limited("staff")
@access("caseworker", json=True, body_limit=MESSAGE_BODY)
def answer_onward(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    asked = parse_answering(request.get_data(cache=False))
    return jsonify(answer(onward.answer(db.session(), caseworker, id_of(referral_id), asked, datetime.now(UTC))))
