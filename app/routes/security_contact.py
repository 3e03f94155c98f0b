"""Where somebody may write who found a hole: /.well-known/security.txt (RFC 9116)."""

from datetime import UTC, datetime

from flask import Blueprint, Response, current_app, request

from app.access import access
from app.domain.security_contact import expires_on
from app.errors import NotFound

blueprint = Blueprint("security_contact", __name__)


@blueprint.get("/.well-known/security.txt")
@access("anyone")
def show() -> Response:
    settings = current_app.extensions["onestop_settings"]
    contacts = [one.strip() for one in settings.security_contact.split(",") if one.strip()]
    if not contacts:
        raise NotFound
    until = expires_on(settings.security_expires, datetime.now(UTC).date())
    lines = [
        *(f"Contact: {contact}" for contact in contacts),
        f"Expires: {until.isoformat()}T00:00:00Z",
        "Preferred-Languages: ko, en",
        f"Canonical: {request.host_url}.well-known/security.txt",
    ]
    return Response("\n".join(lines) + "\n", mimetype="text/plain")
