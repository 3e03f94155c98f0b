"""Coming back with a receipt code: the page, and what its browser asks and says with the token."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, MESSAGE_BODY, access
from app.domain.answer import answer
from app.domain.coming_back import (
    REFERRALS_MOST,
    parse_addition,
    parse_follow_up,
    parse_follow_up_message,
    parse_withdrawal,
)
from app.domain.deadline import day_of
from app.forms.follow_up import FollowUpForm
from app.forms.offered import offered
from app.headers import with_worker
from app.i18n import language
from app.limits import limited
from app.page import filled_up, same_for_everybody
from app.services import addition, follow_up, rota, withdrawal

blueprint = Blueprint("follow_up", __name__)

ADDITION_BODY = 768 * KIB  # the largest letter and the largest own record
WITHDRAWAL_BODY = REFERRALS_MOST * 8 * KIB


@blueprint.get("/follow-up")
@access("anyone")
def show() -> ResponseReturnValue:
    hidden = current_app.extensions["onestop_settings"].canary_organisation
    cards = offered(db.session(), language(), day_of(datetime.now(UTC)), hidden=hidden)
    context = {"organisations": cards}
    page = same_for_everybody("follow_up/follow_up.html", lambda: context | {"form": FollowUpForm()}, key=cards)
    return with_worker(page)


@blueprint.post("/follow-up")
@limited("follow_up")
@access("anyone", json=True)
def open_report() -> ResponseReturnValue:
    token = parse_follow_up(request.get_data(cache=False))
    found = follow_up.open_report(db.session(), token)
    said = rota.reachable(db.session(), day_of(datetime.now(UTC)))
    own = {one.organisation: said[one.organisation] for one in found.referrals if one.organisation in said}
    return filled_up(jsonify(answer({"report": found.report, "referrals": found.referrals, "reach": own})))


@blueprint.post("/follow-up/message")
@limited("follow_up")
@access("anyone", json=True, body_limit=MESSAGE_BODY)
def send_message() -> ResponseReturnValue:
    asked = parse_follow_up_message(request.get_data(cache=False))
    return jsonify(answer(follow_up.send_message(db.session(), asked, datetime.now(UTC)))), 201


@blueprint.post("/follow-up/organisation")
@limited("follow_up")
@access("anyone", json=True, body_limit=ADDITION_BODY)
def add_organisation() -> ResponseReturnValue:
    asked = parse_addition(request.get_data(cache=False))
    grace_days = current_app.extensions["onestop_settings"].epoch_grace_days
    added = addition.add_organisation(db.session(), asked, datetime.now(UTC), grace_days=grace_days)
    return jsonify(answer(added)), 201


@blueprint.post("/follow-up/withdrawal")
@limited("follow_up")
@access("anyone", json=True, body_limit=WITHDRAWAL_BODY)
def withdraw() -> ResponseReturnValue:
    asked = parse_withdrawal(request.get_data(cache=False))
    withdrew = withdrawal.withdraw(db.session(), asked, datetime.now(UTC))
    if asked.when == "now":
        db.checkpoint(db.engine())
    return jsonify(answer(withdrew))
