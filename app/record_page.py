"""Pages of sealed records: scripts that open and seal them, and no content of their own."""

from datetime import UTC, datetime

from flask import render_template

from app import db
from app.domain.deadline import day_of
from app.domain.wire import b64u_decode
from app.errors import FormatError, NotFound
from app.services import commission
from app.services.signed_in import SignedIn


def record_page(template: str, caseworker: SignedIn, record_id: str = "", **more: object) -> str:
    """Render a page of records. Raises NotFound for what is no id: a misspelt one is as unknown as a foreign one."""
    if record_id:
        try:
            b64u_decode(record_id, "record_id", 16)
        except FormatError:
            raise NotFound from None
    own, today = commission.own(db.session(), caseworker), day_of(datetime.now(UTC))
    return render_template(template, record_id=record_id, own=own, today=today, **more)
