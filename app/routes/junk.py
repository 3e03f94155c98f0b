"""Taking referrals for junk, several at once; taking that back; and, for leads, not waiting for the day."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from app import db
from app.access import access
from app.domain.answer import answer
from app.domain.casework import Listed, parse_listed
from app.limits import limited
from app.services import junk
from app.services.several import Outcome
from app.services.signed_in import SignedIn

blueprint = Blueprint("junk", __name__, url_prefix="/queue/junk")

Change = Callable[[Session, SignedIn, Sequence[Listed], datetime], Outcome]


def _answer(change: Change, caseworker: SignedIn) -> ResponseReturnValue:
    listed = parse_listed(request.get_data(cache=False))
    return jsonify(answer(change(db.session(), caseworker, listed, datetime.now(UTC))))


@blueprint.post("")
@limited("staff")
@access("caseworker", json=True)
def mark(caseworker: SignedIn) -> ResponseReturnValue:
    return _answer(junk.mark, caseworker)


@blueprint.post("/undo")
@limited("staff")
@access("caseworker", json=True)
def undo(caseworker: SignedIn) -> ResponseReturnValue:
    return _answer(junk.undo, caseworker)


@blueprint.post("/destruction")
@limited("staff")
@access("lead", json=True)
def destroy(caseworker: SignedIn) -> ResponseReturnValue:
    destroyed = _answer(junk.destroy, caseworker)
    db.checkpoint(db.engine())
    return destroyed
