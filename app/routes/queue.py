"""What there is to do now."""

from datetime import UTC, datetime

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.forms.labels import label_texts
from app.limits import limited
from app.services import queue
from app.services.queue import QueueFilters
from app.services.queue_counts import COUNTED_TO
from app.services.signed_in import SignedIn

blueprint = Blueprint("queue", __name__)


@blueprint.get("/queue")
@limited("staff")
@access("viewer")
def show(caseworker: SignedIn) -> ResponseReturnValue:
    filters = QueueFilters(state=request.args.get("state", ""), holder=request.args.get("holder", ""))
    after = request.args.get("after", "")
    now = datetime.now(UTC)
    page = queue.page(db.session(), caseworker, filters, after, now)
    return render_template(
        "queue/queue.html",
        rows=page.rows,
        filters=filters,
        after=after,
        next_cursor=page.next_cursor,
        counts=page.counts,
        counted_to=COUNTED_TO,
        labels=label_texts(),
        today=day_of(now),
    )
