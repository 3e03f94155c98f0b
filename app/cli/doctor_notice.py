"""The doctor's look at what waits too long, and at mail that does not arrive."""

from datetime import UTC, datetime
from typing import Final

from app import db
from app.cli.finding import Asked, Check, Complaint, Note
from app.domain.deadline import day_of
from app.errors import NotFound
from app.services import notice, portal


def _letters(_asked: Asked) -> str:
    session = db.session()
    waiting = notice.long_unopened(session, day_of(datetime.now(UTC)))
    if not waiting:
        return ""
    said = f"nobody has opened a letter for three days: {', '.join(waiting)}; see the runbook in docs/operations.md"
    try:
        demo = portal.current(session).demo
    except NotFound:
        demo = False
    raise (Note if demo else Complaint)(said)


def _notices(_asked: Asked) -> str:
    failing = notice.failing(db.session())
    if failing:
        said = ", ".join(f"{slug} since {day}" for slug, day in failing)
        raise Complaint(f"mail did not reach every address of {said}: ask its lead; is the mail server well?")
    return ""


NOTICE: Final[dict[str, Check]] = {"letters": _letters, "notices": _notices}
