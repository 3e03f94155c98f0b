"""The own organisation, for its leads: who is told when something urgent waits, and what people read meanwhile."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, access
from app.errors import UnsupportedType
from app.forms.organisation import OrganisationForm
from app.forms.organisation_page import PageForm, faults, named
from app.i18n import language
from app.limits import limited
from app.services import commission, keeping, organisation_page, rota
from app.services import standing as standings
from app.services.organisation_page import Own
from app.services.signed_in import SignedIn

blueprint = Blueprint("organisation", __name__)

FORM_BODY = 64 * KIB
DONE = ("saved", "test", "no_address")


@blueprint.get("/organisation")
@limited("staff")
@access("lead")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    standing = rota.standing(db.session(), caseworker)
    own = organisation_page.own_of(db.session(), caseworker)
    return _page(caseworker, OrganisationForm.of(standing.rota), standing, _page_form(own), own)


@blueprint.post("/organisation")
@limited("staff")
@access("lead", body_limit=FORM_BODY)
def save(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    form = OrganisationForm(request.form)
    if not form.validate():
        own = organisation_page.own_of(db.session(), caseworker)
        return _page(caseworker, form, rota.standing(db.session(), caseworker), _page_form(own), own), 422
    rota.save(db.session(), caseworker, form.rota(), datetime.now(UTC))
    return redirect(url_for("organisation.show", done="saved"), 303)


@blueprint.post("/organisation/test-mail")
@limited("staff")
@access("lead")
def ask_test(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    asked = rota.ask_test(db.session(), caseworker, datetime.now(UTC))
    return redirect(url_for("organisation.show", done="test" if asked else "no_address"), 303)


def _must_be_form() -> None:
    """Refuse any other body: one without fields would be read as a form with every field emptied."""
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedType


@blueprint.post("/organisation/page")
@limited("staff")
@access("lead", body_limit=FORM_BODY)
def save_page(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    own = organisation_page.own_of(db.session(), caseworker)
    form = _page_form(own, request.form)
    if not form.validate():
        standing = rota.standing(db.session(), caseworker)
        return _page(caseworker, OrganisationForm.of(standing.rota), standing, form, own), 422
    now = datetime.now(UTC)
    organisation_page.describe(db.session(), caseworker, form.about, now)
    paused, successor = bool(form.paused.data), form.successor.data or ""
    if (own.standing == "paused", own.successor) != (paused, successor):
        standings.pause(db.session(), caseworker, paused=paused, successor=successor, now=now)
    return redirect(url_for("organisation.show", done="saved"), 303)


@blueprint.post("/organisation/commission")
@limited("staff")
@access("lead")
def say_of_commission(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    paused = request.form.get("paused") == "yes"
    commission.pause(db.session(), caseworker, paused=paused, now=datetime.now(UTC))
    return redirect(url_for("organisation.show", done="saved"), 303)


def _page_form(own: Own, sent: Any = None) -> PageForm:  # noqa: ANN401 - what a form was sent with
    chosen = {
        "about_ko": own.about.ko,
        "about_en": own.about.en,
        "paused": own.standing == "paused",
        "successor": own.successor,
    }
    form = PageForm(sent, data=chosen)
    form.successor.choices = named(standings.successors(db.session(), own.slug), language())
    db.session().rollback()
    return form


def _page(caseworker: SignedIn, form: OrganisationForm, standing: rota.Standing, page_form: PageForm, own: Own) -> str:
    done = request.args.get("done", "")
    return render_template(
        "organisation/organisation.html",
        form=form,
        page_form=page_form,
        own=own,
        commission_paused_on=commission.own(db.session(), caseworker).commission_paused_on,
        standing=standing,
        keeping=keeping.own(db.session(), caseworker)[-1],
        faults=[*form.faults(), *faults(page_form)],
        done=done if done in DONE else "",
        mail_on=bool(current_app.extensions["onestop_settings"].smtp_host),
    )
