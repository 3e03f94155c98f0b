"""The doctor's look at the way in for whoever found a hole: /.well-known/security.txt."""

from datetime import UTC, datetime
from typing import Final

from app.cli.finding import Asked, Check, Complaint, Note, settings
from app.domain.security_contact import expires_on

SOON: Final = 30  # days


def _contact(_asked: Asked) -> str:
    if not settings().security_contact:
        raise Note("nobody who finds a hole knows where to write: set ONESTOP_SECURITY_CONTACT")
    today = datetime.now(UTC).date()
    days = (expires_on(settings().security_expires, today) - today).days
    if days < 0:
        raise Complaint(
            "security.txt has expired: see that its contact is right, and set ONESTOP_SECURITY_EXPIRES anew"
        )
    if days < SOON:
        raise Note(f"security.txt expires in {days} days: ONESTOP_SECURITY_EXPIRES")
    return ""


CONTACT: Final[dict[str, Check]] = {"security.txt": _contact}
