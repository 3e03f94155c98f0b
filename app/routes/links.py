"""Working by link: a page that holds scripts, letters handed out for their links, and lists that leave as files."""

from datetime import UTC, datetime

from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, access
from app.domain.answer import answer
from app.domain.deadline import day_of
from app.domain.link_asking import parse_link_list
from app.domain.queue_asking import parse_openings
from app.forms.labels import label_texts
from app.forms.state_words import state_words
from app.limits import limited
from app.services import commission, link_work
from app.services.signed_in import SignedIn

blueprint = Blueprint("links", __name__, url_prefix="/links")


@blueprint.get("")
@limited("staff")
@access("caseworker")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    return render_template(
        "links/links.html",
        own=commission.own(db.session(), caseworker),
        today=day_of(datetime.now(UTC)),
        labels=label_texts("item_states", "link_kinds", "spread", "commercial", "age_groups", "evidence_reasons"),
        state_words=state_words(caseworker.kind),
    )


@blueprint.post("/openings")
@limited("staff")
@access("caseworker", json=True)
def openings(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_openings(request.get_data(cache=False))
    return jsonify(answer({"letters": link_work.hand_out(db.session(), caseworker, asked, datetime.now(UTC))}))


@blueprint.post("/list")
@limited("staff")
@access("caseworker", json=True, body_limit=64 * KIB)
def listed(caseworker: SignedIn) -> ResponseReturnValue:
    asked = parse_link_list(request.get_data(cache=False))
    made_at = link_work.note_list(db.session(), caseworker, asked.referrals, asked.reason, datetime.now(UTC))
    return jsonify(answer({"made_at": made_at}))
