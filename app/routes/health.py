"""For the machines that watch: whether a process answers, whether the portal can take a report, and its figures."""

import hmac
from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CONTENT_TYPE_LATEST

from app import db, metrics
from app.access import access
from app.domain.deadline import day_of
from app.errors import NotFound
from app.services import readiness

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access("anyone", json=True)
def alive() -> ResponseReturnValue:
    """Say that this process answers. It asks nobody else: a portal whose database is away need not be restarted."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
@access("anyone", json=True)
def ready() -> ResponseReturnValue:
    state = readiness.state(db.session())
    return jsonify(status=state), 200 if state == "ok" else 503


@blueprint.get("/metrics")
@access("anyone", json=True)
def figures() -> ResponseReturnValue:
    """Give the figures to whoever has the token; to anybody else there is no such page."""
    token = current_app.extensions["onestop_settings"].metrics_token
    given = request.headers.get("Authorization", "")
    if not token or not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        raise NotFound
    session = db.session()
    state = readiness.state(session)
    late = readiness.waiting(session) if state == "ok" else ()
    text = metrics.exposition(ready=state == "ok", waiting=late, today=day_of(datetime.now(UTC)))
    return Response(text, content_type=CONTENT_TYPE_LATEST)
