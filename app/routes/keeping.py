"""For how long the own organisation keeps letters, for its leads."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.retention import NOTICE, Policy
from app.errors import UnsupportedType
from app.forms.keeping import KeepingForm
from app.limits import limited
from app.services import keeping
from app.services.signed_in import SignedIn

blueprint = Blueprint("keeping", __name__, url_prefix="/keeping")


@blueprint.get("")
@limited("staff")
@access("lead")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    said = keeping.own(db.session(), caseworker)
    return _page(KeepingForm.of(said[-1]), said, done=request.args.get("done") == "saved")


@blueprint.post("")
@limited("staff")
@access("lead")
def save(caseworker: SignedIn) -> ResponseReturnValue:
    if request.mimetype != "application/x-www-form-urlencoded":
        raise UnsupportedType
    form = KeepingForm(request.form)
    closed_days, quiet_days = form.closed_days.data, form.quiet_days.data
    if not form.validate() or closed_days is None or quiet_days is None:
        return _page(form, keeping.own(db.session(), caseworker)), 422
    keeping.choose(db.session(), caseworker, closed_days, quiet_days, datetime.now(UTC))
    return redirect(url_for("keeping.show", done="saved"), 303)


def _page(form: KeepingForm, said: tuple[Policy, ...], *, done: bool = False) -> str:
    return render_template(
        "organisation/keeping.html", form=form, said=said, faults=form.faults(), notice=NOTICE.days, done=done
    )
