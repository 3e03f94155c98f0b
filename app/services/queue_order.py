"""Which referrals stand on a page of the queue: found along the indexes, passing over none, however many there are."""

import struct
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, bindparam, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from app.domain.referral_state import OPEN
from app.domain.vocabulary import REFERRAL_STATES
from app.domain.wire import b64u_decode, b64u_encode
from app.errors import FormatError
from app.models import Junk, Referral
from app.services import retention
from app.services.signed_in import SignedIn

HOLDERS: Final = ("", "mine", "unassigned")
NEW: Final = "received"
JUNK: Final = "junk"  # a view like those of the states, though no state; so are the next two
GOING: Final = "going"
HELD: Final = "held"
MOST: Final = 1000  # of either: what is beyond these is not the next
_CURSOR: Final = struct.Struct(">?I16s")


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """`state`: one state, `junk`, `going`, `held`, or empty for what is open. `holder`: `mine`, `unassigned`, empty."""

    state: str = ""
    holder: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a referral stands: urgent ones first, then by due day, then by id (16 bytes)."""

    urgent: bool
    due_on: date
    referral_id: bytes


def places(
    session: Session, signed_in: SignedIn, filters: QueueFilters, after: Place | None, most: int, today: date = date.min
) -> list[Place]:
    """Give the first `most` places after `after` (None: from the start), in order. Reads index entries only.

    Raises FormatError for filters that this portal does not have.
    """
    states = _states(filters)
    if filters.state == JUNK:
        return _junk(session, signed_in, after, most)
    if filters.state in {GOING, HELD}:
        return _by_day(session, signed_in, filters.state, after, today)[:most]
    of_whom: dict[str, Any] = {"organisation_id": signed_in.organisation_id, "caseworker_id": signed_in.caseworker_id}
    found: list[Place] = []
    for urgent in (True, False):
        if len(found) >= most or (after is not None and after.urgent < urgent):
            continue
        follows = after is not None and after.urgent == urgent
        statement = _search(states, filters.holder, urgent, follows, most)
        where = of_whom
        if after is not None and follows:
            where = of_whom | {"due_on": after.due_on, "referral_id": after.referral_id}
        rows = sorted((row.due_on, row.referral_id) for row in session.execute(statement, where))
        found += [Place(urgent, due_on, referral_id) for due_on, referral_id in rows]
    return found[:most]


def in_state(state: str, holder: str) -> list[ColumnElement[bool]]:
    """Give the conditions of one state and holder, such that each holder's index is recognised as the one that serves.

    A plan must not depend on parameters that it does not see, so what an index is chosen by stands there literally.
    """
    wanted = [
        Referral.organisation_id == bindparam("organisation_id"),
        Referral.state == literal(state, literal_execute=True),
    ]
    if holder == "mine":
        wanted.append(Referral.assignee_id == bindparam("caseworker_id"))
    elif holder == "unassigned":
        wanted.append(Referral.assignee_id.is_(None))
        if state != NEW:  # nobody holds a new one, so these are found among all new ones; others have their own index
            wanted.append(Referral.state != literal(NEW, literal_execute=True))
    return wanted


def cursor(last: Place) -> str:
    """Give the address part that stands for a place: what follows it is the next page."""
    return b64u_encode(_CURSOR.pack(last.urgent, last.due_on.toordinal(), last.referral_id))


def read_cursor(after: str) -> Place | None:
    """Give the place that a cursor stands for, None for the empty one. Raises FormatError for what is no cursor."""
    if not after:
        return None
    urgent, ordinal, referral_id = _CURSOR.unpack(b64u_decode(after, "after", _CURSOR.size))
    try:
        return Place(urgent, date.fromordinal(ordinal), referral_id)
    except (ValueError, OverflowError) as error:
        raise FormatError("after") from error


def _states(filters: QueueFilters) -> tuple[str, ...]:
    if filters.state not in {"", JUNK, GOING, HELD, *REFERRAL_STATES}:
        raise FormatError("state")
    if filters.holder not in HOLDERS:
        raise FormatError("holder")
    return (filters.state,) if filters.state else tuple(sorted(OPEN))


def _junk(session: Session, signed_in: SignedIn, after: Place | None, most: int) -> list[Place]:
    """What is destroyed soonest stands first; `due_on` is the day from which it may be."""
    wanted = [Junk.organisation_id == signed_in.organisation_id, Referral.state == "closed"]
    if after is not None:
        wanted.append(tuple_(Junk.destroy_on, Junk.referral_id) > tuple_(after.due_on, after.referral_id))
    rows = session.execute(
        select(Junk.destroy_on, Junk.referral_id)
        .join(Referral, Referral.referral_id == Junk.referral_id)
        .where(*wanted)
        .order_by(Junk.destroy_on, Junk.referral_id)
        .limit(most)
    )
    return [Place(False, destroy_on, referral_id) for destroy_on, referral_id in rows]  # noqa: FBT003 - urgent no more


def _by_day(session: Session, signed_in: SignedIn, view: str, after: Place | None, today: date) -> list[Place]:
    """What goes soonest, or whose hold is looked at again soonest, stands first; `due_on` is that day."""
    if view == GOING:
        found = retention.going(session, signed_in.organisation_id, today, MOST)
    else:
        found = retention.held(session, signed_in.organisation_id, MOST)
    last = None if after is None else (after.due_on, after.referral_id)
    return [
        Place(False, one.kept_until, one.referral_id)  # noqa: FBT003 - urgent no more
        for one in found
        if last is None or (one.kept_until, one.referral_id) > last
    ]


@cache
def _search(states: tuple[str, ...], holder: str, urgent: bool, follows: bool, most: int) -> Any:  # noqa: ANN401
    """One search for each state, each along one stretch of one index and no longer than the page."""
    searches = [_stretch(state, holder, urgent, follows, most) for state in states]
    return searches[0] if len(searches) == 1 else union_all(*(select(one.subquery()) for one in searches))


def _stretch(state: str, holder: str, urgent: bool, follows: bool, most: int) -> Select[date, bytes]:
    wanted = [*in_state(state, holder), Referral.urgent.is_(urgent)]
    if follows:
        wanted.append(
            tuple_(Referral.due_on, Referral.referral_id) > tuple_(bindparam("due_on"), bindparam("referral_id"))
        )
    return (
        select(Referral.due_on, Referral.referral_id)
        .where(*wanted)
        .order_by(Referral.due_on, Referral.referral_id)
        .limit(literal(most, literal_execute=True))
    )
