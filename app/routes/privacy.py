"""What the server sees: the whole list."""

from flask import Blueprint, Response
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.access import access
from app.page import same_for_everybody
from app.services import statistics

blueprint = Blueprint("privacy", __name__)


@blueprint.get("/privacy")
@access("anyone")
def show() -> Response:
    public = _statistics_public()
    return same_for_everybody("privacy/privacy.html", lambda: {"statistics_public": public}, key=public)


def _statistics_public() -> bool:
    """Say whether there is something to link to; a database that is away must not take this page along."""
    try:
        return statistics.is_anything_public(db.session())
    except SQLAlchemyError:
        return False
