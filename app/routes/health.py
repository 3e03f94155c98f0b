"""One word for the machine that watches: whether the portal can take a report."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.access import access
from app.errors import NotFound
from app.services import portal

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access("anyone", json=True)
def show() -> ResponseReturnValue:
    try:
        portal.current(db.session())
    except NotFound:
        return jsonify(status="not_set_up"), 503
    except SQLAlchemyError:
        return jsonify(status="database_away"), 503
    return jsonify(status="ok")
