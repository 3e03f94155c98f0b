"""The page of one referral, as the server knows it; its browser opens the rest."""

from datetime import UTC, datetime

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.domain.retention import REVIEW
from app.forms.labels import label_texts
from app.forms.state_words import state_words
from app.headers import with_worker
from app.limits import limited
from app.routes.referral.blueprint import blueprint, id_of
from app.services import bulk_change, commission, queue
from app.services.signed_in import SignedIn


@blueprint.get("")
@limited("staff")
@access("caseworker")
def show(caseworker: SignedIn, referral_id: str) -> ResponseReturnValue:
    now = datetime.now(UTC)
    row = queue.row(db.session(), caseworker, id_of(referral_id), now)
    shown = render_template(
        "referral/referral.html",
        referral=row,
        colleagues=bulk_change.colleagues(db.session(), caseworker),
        labels=label_texts(),
        state_words=state_words(caseworker.kind),
        today=day_of(now),
        review=REVIEW,
        usual_review=REVIEW / 2,
        commission_paused_on=commission.own(db.session(), caseworker).commission_paused_on,
    )
    return with_worker(make_response(shown))
