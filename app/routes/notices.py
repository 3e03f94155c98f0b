"""Notices of the operator's, for everybody: those that stand and those that stood."""

from datetime import UTC, datetime

from flask import Blueprint, Response

from app import db
from app.access import access
from app.domain.deadline import day_of
from app.domain.wire import b64u_encode
from app.page import same_for_everybody
from app.services import public_notice

blueprint = Blueprint("notices", __name__)


@blueprint.get("/notices")
@access("anyone")
def show() -> Response:
    today = day_of(datetime.now(UTC))
    listed = tuple(
        (b64u_encode(one.notice_id), one, one.is_standing(today)) for one in public_notice.begun(db.session(), today)
    )
    return same_for_everybody("law/notices.html", lambda: {"listed": listed}, key=listed)
