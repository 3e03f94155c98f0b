"""What there is to do now."""

from datetime import UTC, datetime

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.forms.labels import label_texts
from app.forms.state_words import state_words
from app.headers import with_worker
from app.limits import limited
from app.services import bulk_change, onward_reading, organisation_record, queue
from app.services.queue import QueueFilters, QueueRow
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
    shown = render_template(
        "queue/queue.html",
        rows=page.rows,
        plain_row=plain_row,
        filters=filters,
        after=after,
        next_cursor=page.next_cursor,
        counts=page.counts,
        counted_to=COUNTED_TO,
        due_records=organisation_record.due(db.session(), caseworker, day_of(now))
        if caseworker.may("caseworker")
        else (),
        onward=onward_reading.waiting(db.session(), caseworker) if caseworker.may("caseworker") else None,
        colleagues=bulk_change.colleagues(db.session(), caseworker),
        labels=label_texts(),
        state_words=state_words(caseworker.kind),
        today=day_of(now),
    )
    return with_worker(make_response(shown))


def plain_row(row: QueueRow) -> dict[str, object]:
    """Give a row as the page's scripts take it: like one of `GET /queue/rows`, with what only the page knows."""
    return {
        "referral_id": row.referral_id,
        "state": row.state,
        "urgent": row.urgent,
        "received_on": row.received_on.isoformat(),
        "due_on": row.due_on.isoformat(),
        "assignee": row.assignee,
        "opened": row.opened,
        "unread": row.unread_from_reporter,
        "sealed_by": row.sealed_by,
        "size": row.size,
        "version": row.version,
        "summary_version": row.summary.version if row.summary else 0,
        "lost": row.lost_on is not None,
        "junk": row.junk is not None,
        "items": row.item_count,
        "messages": row.message_count,
    }
