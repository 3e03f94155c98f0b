"""Requests to operators, the police and regulators, and chat rooms. All of it is sealed; these pages hold scripts."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.access import access
from app.forms.labels import label_texts
from app.forms.request_words import words_in_texts
from app.forms.state_words import state_words
from app.limits import limited
from app.record_page import record_page
from app.services.signed_in import SignedIn

blueprint = Blueprint("requests", __name__)


def _page(template: str, caseworker: SignedIn, record_id: str = "") -> str:
    return record_page(
        template,
        caseworker,
        record_id,
        labels=label_texts("request_states", "room_states", "item_states", "materials", "effort_kinds"),
        words_in_texts=words_in_texts(),
        state_words=state_words(caseworker.kind),
    )


@blueprint.get("/requests")
@limited("staff")
@access("caseworker")
def listed(caseworker: SignedIn) -> ResponseReturnValue:
    return _page("requests/list.html", caseworker)


@blueprint.get("/requests/new")
@limited("staff")
@access("caseworker")
def compose(caseworker: SignedIn) -> ResponseReturnValue:
    return _page("requests/compose.html", caseworker)


@blueprint.get("/requests/<record_id>")
@limited("staff")
@access("caseworker")
def show(caseworker: SignedIn, record_id: str) -> ResponseReturnValue:
    return _page("requests/request.html", caseworker, record_id)


@blueprint.get("/rooms")
@limited("staff")
@access("caseworker")
def rooms(caseworker: SignedIn) -> ResponseReturnValue:
    return _page("rooms/list.html", caseworker)


@blueprint.get("/rooms/<record_id>")
@limited("staff")
@access("caseworker")
def room(caseworker: SignedIn, record_id: str) -> ResponseReturnValue:
    return _page("rooms/room.html", caseworker, record_id)
