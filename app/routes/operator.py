"""For whoever runs the portal: organisations, health, and how the portal is set up. No letter is in reach from here."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.errors import NotFound, SetUpRefused, UnsupportedType
from app.forms.labels import label_texts
from app.forms.operator_settings import shown
from app.forms.organisation_page import SLUG_TAKEN, STANDING_WORDS, AddForm, StandingForm, faults, named
from app.i18n import language
from app.limits import limited
from app.services import backup, operator, readiness, standing
from app.services.operator import Looked
from app.services.organisation import Name
from app.services.signed_in import SignedIn

blueprint = Blueprint("operator", __name__, url_prefix="/operator")


@blueprint.get("")
@limited("staff")
@access("operator")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    session, now = db.session(), datetime.now(UTC)
    listed = operator.organisations(session, caseworker, now)
    health = {
        "state": readiness.state(session),
        "last_tick": operator.last_tick(session, caseworker),
        "backup": _newest_backup(),
    }
    return _page("operator", organisations=listed, health=health, now=now)


@blueprint.get("/settings")
@limited("staff")
@access("operator")
def settings(caseworker: SignedIn) -> ResponseReturnValue:  # noqa: ARG001 - alike for every operator
    return _page("settings", groups=shown(current_app.extensions["onestop_settings"]))


@blueprint.get("/new-organisation")
@limited("staff")
@access("operator")
def new(caseworker: SignedIn) -> ResponseReturnValue:  # noqa: ARG001 - alike for every operator
    return _page("new", form=AddForm(), faults=[])


@blueprint.post("/organisation")
@limited("staff")
@access("operator")
def add(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    form = AddForm(request.form)
    if not form.validate():
        return _page("new", 422, form=form, faults=faults(form))
    name = Name(form.name_ko.data or "", form.name_en.data or "")
    slug, now = form.slug.data or "", datetime.now(UTC)
    try:
        operator.add(db.session(), caseworker, slug, kind=form.kind.data, name=name, region=form.region.data, now=now)
    except SetUpRefused:
        db.session().rollback()
        form.slug.errors = [*form.slug.errors, SLUG_TAKEN]
        return _page("new", 422, form=form, faults=faults(form))
    return redirect(url_for("operator.organisation", slug=slug), 303)


@blueprint.get("/organisation/<slug>")
@limited("staff")
@access("operator")
def organisation(caseworker: SignedIn, slug: str) -> ResponseReturnValue:
    return _organisation(caseworker, slug)


@blueprint.post("/organisation/<slug>/invitation")
@limited("staff")
@access("operator")
def invite(caseworker: SignedIn, slug: str) -> ResponseReturnValue:
    _must_be_form()
    secret = operator.invite_first_lead(db.session(), caseworker, slug, datetime.now(UTC))
    return _organisation(caseworker, slug, 201, address=url_for("invitation.show", _external=True) + "#" + secret)


@blueprint.post("/organisation/<slug>/invitation/withdrawal")
@limited("staff")
@access("operator")
def withdraw(caseworker: SignedIn, slug: str) -> ResponseReturnValue:
    _must_be_form()
    operator.withdraw_first_lead(db.session(), caseworker, slug, datetime.now(UTC))
    return redirect(url_for("operator.organisation", slug=slug), 303)


@blueprint.post("/organisation/<slug>/standing")
@limited("staff")
@access("operator")
def decide(caseworker: SignedIn, slug: str) -> ResponseReturnValue:
    _must_be_form()
    form = _standing_form(slug, request.form)
    if not form.validate():
        return _organisation(caseworker, slug, 422, form=form)
    standing.decide(db.session(), caseworker, slug, form.standing.data, form.successor.data or "", datetime.now(UTC))
    return redirect(url_for("operator.organisation", slug=slug), 303)


def _organisation(
    caseworker: SignedIn, slug: str, status: int = 200, *, address: str = "", form: StandingForm | None = None
) -> Response:
    one = _one(caseworker, slug)
    if form is None:
        form = _standing_form(slug, None, standing=one.standing, successor=one.successor)
    return _page("organisation", status, one=one, form=form, faults=faults(form), address=address)


def _one(caseworker: SignedIn, slug: str) -> Looked:
    for one in operator.organisations(db.session(), caseworker, datetime.now(UTC)):
        if one.slug == slug:
            return one
    raise NotFound


def _standing_form(slug: str, sent: Any, **chosen: str) -> StandingForm:  # noqa: ANN401 - what a form was sent with
    form = StandingForm(sent, data=chosen)
    form.successor.choices = named(standing.successors(db.session(), slug), language())
    db.session().rollback()
    return form


def _newest_backup() -> datetime | None:
    directory = current_app.extensions["onestop_settings"].backup_directory
    try:
        newest = backup.newest(Path(directory)) if directory else None
    except OSError:
        return None
    return None if newest is None else newest.made_at


def _must_be_form() -> None:
    """Refuse any other body: one without fields would be read as a form with every field emptied."""
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedType


def _page(name: str, status: int = 200, **said: Any) -> Response:  # noqa: ANN401 - what a template is given
    labels = label_texts("organisation_kinds", "regions")
    said = {"labels": labels, "standings": STANDING_WORDS, "today": day_of(datetime.now(UTC)), **said}
    response = make_response(render_template(f"operator/{name}.html", **said))
    response.status_code = status
    return response
