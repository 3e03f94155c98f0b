"""The doctor's look at what the law wants said: what the operator has not written, and what was checked long ago."""

from datetime import UTC, datetime
from typing import Final

from app import db
from app.cli.finding import Asked, Check, Complaint, Note, settings
from app.data.ages import LOOK_AGAIN_AFTER, old
from app.domain.deadline import day_of
from app.errors import NotFound
from app.forms.law import unsaid
from app.services import portal, public_notice


def _policy(_asked: Asked) -> str:
    missing = [f"ONESTOP_{name.upper()}" for name in unsaid(settings())]
    if not missing:
        return ""
    said = f"the privacy policy cannot say all that the law asks for: set {', '.join(missing)}"
    try:
        demo = portal.current(db.session()).demo
    except NotFound:
        demo = False
    raise (Note if demo else Complaint)(said)


def _dates(_asked: Asked) -> str:
    late = old(day_of(datetime.now(UTC)))
    if late:
        named = ", ".join(f"{name} ({looked})" for name, looked in late.items())
        raise Note(f"not looked at for more than {LOOK_AGAIN_AFTER.days} days, in app/data: {named}; laws change")
    return ""


def _public_notices(_asked: Asked) -> str:
    standing = public_notice.standing(db.session(), day_of(datetime.now(UTC)))
    return f"{len(standing)} on every page" if standing else ""


LAW: Final[dict[str, Check]] = {"policy": _policy, "dates": _dates, "public-notices": _public_notices}
