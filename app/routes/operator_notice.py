"""The operator's notices to everybody: on every page, since nobody's address is known."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.data import breach_notice
from app.domain.deadline import day_of
from app.domain.public_notice import KINDS, OF_A_BREACH
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError, NotFound, UnsupportedType
from app.forms.organisation_page import faults
from app.forms.public_notice import KIND_WORDS, NoticeForm, begun
from app.limits import limited
from app.page import board
from app.services import public_notice
from app.services.signed_in import SignedIn

blueprint = Blueprint("operator_notice", __name__, url_prefix="/operator/notices")


@blueprint.get("")
@limited("staff")
@access("operator")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    listed = [(b64u_encode(one.notice_id), one) for one in public_notice.everything(db.session(), caseworker)]
    return _page("notices", listed=listed, today=day_of(datetime.now(UTC)))


@blueprint.get("/new/<kind>")
@limited("staff")
@access("operator")
def new(caseworker: SignedIn, kind: str) -> ResponseReturnValue:  # noqa: ARG001 - alike for every operator
    if kind not in KINDS:
        raise NotFound
    return _form(begun(kind, day_of(datetime.now(UTC))))


@blueprint.post("")
@limited("staff")
@access("operator")
def post(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    form = NoticeForm(request.form)
    if not form.validate():
        return _form(form, 422)
    public_notice.post(db.session(), caseworker, form.notice, datetime.now(UTC))
    board().changed()
    return redirect(url_for("operator_notice.show"), 303)


@blueprint.post("/<notice_id>/ending")
@limited("staff")
@access("operator")
def end(caseworker: SignedIn, notice_id: str) -> ResponseReturnValue:
    _must_be_form()
    try:
        known = b64u_decode(notice_id, "notice_id", 16)
    except FormatError:
        raise NotFound from None
    public_notice.end(db.session(), caseworker, known, datetime.now(UTC))
    board().changed()
    return redirect(url_for("operator_notice.show"), 303)


def _form(form: NoticeForm, status: int = 200) -> Response:
    steps = breach_notice()["steps"] if form.kind.data in OF_A_BREACH else []
    return _page("notice", status, form=form, faults=faults(form), steps=steps)


def _must_be_form() -> None:
    """Refuse any other body: one without fields would be read as a form with every field emptied."""
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedType


def _page(name: str, status: int = 200, **said: Any) -> Response:  # noqa: ANN401 - what a template is given
    response = make_response(render_template(f"operator/{name}.html", kinds=KIND_WORDS, **said))
    response.status_code = status
    return response
