"""The own organisation, for its leads: who is told when something urgent waits, and what people read meanwhile."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import KIB, access
from app.errors import UnsupportedType
from app.forms.organisation import OrganisationForm
from app.limits import limited
from app.services import rota
from app.services.signed_in import SignedIn

blueprint = Blueprint("organisation", __name__)

FORM_BODY = 64 * KIB
DONE = ("saved", "test", "no_address")


@blueprint.get("/organisation")
@limited("staff")
@access("lead")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    standing = rota.standing(db.session(), caseworker)
    return _page(OrganisationForm.of(standing.rota), standing)


@blueprint.post("/organisation")
@limited("staff")
@access("lead", body_limit=FORM_BODY)
def save(caseworker: SignedIn) -> ResponseReturnValue:
    _must_be_form()
    form = OrganisationForm(request.form)
    if not form.validate():
        return _page(form, rota.standing(db.session(), caseworker)), 422
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


def _page(form: OrganisationForm, standing: rota.Standing) -> str:
    done = request.args.get("done", "")
    return render_template(
        "organisation/organisation.html",
        form=form,
        standing=standing,
        faults=form.faults(),
        done=done if done in DONE else "",
        mail_on=bool(current_app.extensions["onestop_settings"].smtp_host),
    )
