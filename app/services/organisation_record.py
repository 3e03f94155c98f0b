"""Records of a whole organisation: requests, rooms, sites, lists, views. Which referrals they are about is sealed.

They are listed state by state, and within a state by the day that they are due, those without a day last.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import Session

from app.domain import record_state
from app.domain.vocabulary import RECORD_TYPES
from app.domain.wire import b64u_decode, b64u_encode
from app.domain.work_record import Removal
from app.domain.work_record import WorkRecord as Asked
from app.errors import FormatError, NotAllowed, NotFound, VersionConflict
from app.models import Caseworker, WorkRecord
from app.services import access_log, referral, work_record
from app.services.signed_in import SignedIn
from app.services.transaction import reads_only
from app.services.work_record import RecordStanding, Saved

PAGE: Final = 200
PAGE_BYTES: Final = 2 * 1024 * 1024  # a page ends after so much, whatever the number
REMOVABLE: Final = frozenset({"view", "match", "list"})  # what is kept for convenience; the others say what was done
# Whoever reads these is noted, as the law asks.
ABOUT_PEOPLE: Final = frozenset({"request", "room", "match", "list", "effort", "recheck"})
REMINDED: Final = ("request", "room")
_CURSOR: Final = struct.Struct(">B?I16s")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records in order, and the address part that the next page begins after; None at the end."""

    records: tuple[RecordStanding, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """How many records of a type are due: before today, and today. A campaign is due on each day of its window."""

    type: str
    late: int
    today: int


@dataclass(frozen=True, slots=True)
class _Place:
    stretch: int
    dated: bool
    due_on: date
    record_id: bytes


def save(session: Session, signed_in: SignedIn, asked: Asked, now: datetime) -> Saved:
    """Keep version 1 of a new record, or current + 1 of a known one; the same bytes again change nothing.

    Raises NotAllowed, VersionConflict, MessageExists (the id is used elsewhere), TransitionRefused, or FormatError for
    a key that is not the organisation's.
    """
    signed_in.must("caseworker")
    current = work_record.found(session, asked.record_id)
    if not work_record.is_kept(session, signed_in, current, asked, None):
        work_record.keep(session, signed_in, current, asked, now, None)
        session.commit()
    return Saved(asked.record_id, asked.version)


def read_page(
    session: Session, signed_in: SignedIn, record_type: str, state: str, after: str, now: datetime
) -> RecordPage:
    """Give a page as `listed` does; that records about people were handed out is noted in the log."""
    page = listed(session, signed_in, record_type, state, after)
    if page.records:
        _note_reading(session, signed_in, record_type, now)
    return page


def read_one(session: Session, signed_in: SignedIn, record_id: bytes, now: datetime) -> RecordStanding:
    """Give one record as `one` does; that a record about people was handed out is noted in the log."""
    found = one(session, signed_in, record_id)
    _note_reading(session, signed_in, found.type, now)
    return found


def listed(session: Session, signed_in: SignedIn, record_type: str, state: str, after: str) -> RecordPage:
    """Give a page of one type, of one state or (empty) of all. Raises NotAllowed, or FormatError for what is no filter.

    Of types that have no states, the empty one is the only one.
    """
    signed_in.must("caseworker")
    if record_type not in RECORD_TYPES:
        field = "type"
        raise FormatError(field)
    if state:
        record_state.check_state(record_type, state)
    states = (state,) if state else record_state.states(record_type)
    reads_only(session)
    rows = _rows(session, signed_in, record_type, states, _read_cursor(after, len(states)))
    shown: list[RecordStanding] = []
    size = 0
    last: _Place | None = None
    for place, one in rows:
        if last is not None and (len(shown) >= PAGE or size + len(one.sealed) > PAGE_BYTES):
            return RecordPage(tuple(shown), _cursor(last))
        shown.append(one)
        size += len(one.sealed)
        last = place
    return RecordPage(tuple(shown), None)


def one(session: Session, signed_in: SignedIn, record_id: bytes) -> RecordStanding:
    """Give one record of the organisation's own. Raises NotAllowed, NotFound."""
    signed_in.must("caseworker")
    reads_only(session)
    row = session.execute(_listed().where(*_own(signed_in), WorkRecord.record_id == record_id)).one_or_none()
    if row is None:
        raise NotFound
    return work_record.standing(row[0], row[1], row[0].sealed)


def due(session: Session, signed_in: SignedIn, today: date) -> tuple[Due, ...]:
    """Say how many requests, rooms and campaigns wait by today; what is over waits for nobody. Raises NotAllowed."""
    signed_in.must("caseworker")
    reads_only(session)
    found = [_due(session, signed_in, kind, record_state.states(kind)[:-1], today) for kind in REMINDED]
    found.append(_campaigns(session, signed_in, today))
    return tuple(one for one in found if one.late or one.today)


def remove(session: Session, signed_in: SignedIn, asked: Removal, now: datetime) -> None:
    """Take away a saved view, a match group or a list.

    Raises NotAllowed (also for what says what was done, which stays), NotFound (gone already, too) or VersionConflict.
    """
    signed_in.must("caseworker")
    current = work_record.found(session, asked.record_id)
    own = current is not None and current.organisation_id == signed_in.organisation_id
    if current is None or not own or current.referral_id is not None:
        raise NotFound
    if current.type not in REMOVABLE:
        raise NotAllowed
    if current.version != asked.version:
        changed_by = referral.login_of(session, current.saved_by)
        raise VersionConflict(current.version, changed_by or "", current.saved_at)
    access_log.record(session, signed_in, "record_removed", now, detail=current.type)
    session.delete(current)
    session.commit()


def _due(session: Session, signed_in: SignedIn, record_type: str, states: Sequence[str], today: date) -> Due:
    rows = session.scalars(
        select(WorkRecord.due_on).where(
            *_own(signed_in),
            WorkRecord.type == record_type,
            WorkRecord.state.in_(states),
            WorkRecord.due_on <= today,
        )
    ).all()
    late = sum(day is not None and day < today for day in rows)
    return Due(record_type, late, len(rows) - late)


def _campaigns(session: Session, signed_in: SignedIn, today: date) -> Due:
    """A planned one waits from its first day on; one that runs is work of every day, and late after its last."""
    planned = _due(session, signed_in, "campaign", ("planned",), today)
    running = session.scalars(
        select(WorkRecord.due_on).where(*_own(signed_in), WorkRecord.type == "campaign", WorkRecord.state == "running")
    ).all()
    over = sum(day is not None and day < today for day in running)
    return Due("campaign", planned.late + over, planned.today + len(running) - over)


def _note_reading(session: Session, signed_in: SignedIn, record_type: str, now: datetime) -> None:
    if record_type not in ABOUT_PEOPLE:
        return
    session.rollback()  # what was read is at hand; a transaction that only reads cannot write this down
    access_log.record(session, signed_in, "records_read", now, detail=record_type)
    session.commit()


def _own(signed_in: SignedIn) -> tuple[ColumnElement[bool], ...]:
    return (WorkRecord.organisation_id == signed_in.organisation_id, WorkRecord.referral_id.is_(None))


def _listed() -> Select[WorkRecord, str]:
    return select(WorkRecord, Caseworker.login).join(Caseworker, Caseworker.caseworker_id == WorkRecord.saved_by)


def _rows(
    session: Session, signed_in: SignedIn, record_type: str, states: tuple[str, ...], after: _Place | None
) -> Iterator[tuple[_Place, RecordStanding]]:
    """Give the records after a place, along one stretch of the index after another."""
    start = (0, True) if after is None else (after.stretch, after.dated)
    for number, state in enumerate(states):
        for dated in (True, False):
            if (number, not dated) < (start[0], not start[1]):
                continue
            wanted = [*_own(signed_in), WorkRecord.type == record_type, WorkRecord.state == state]
            wanted.append(WorkRecord.due_on.is_not(None) if dated else WorkRecord.due_on.is_(None))
            if after is not None and (number, dated) == start:
                wanted.append(_following(after))
            order = (WorkRecord.due_on, WorkRecord.record_id)  # the index's own, also where there is no day
            statement = _listed().where(*wanted).order_by(*order).limit(PAGE + 1)
            for row, login in session.execute(statement):
                yield (
                    _Place(number, dated, row.due_on or date.min, row.record_id),
                    work_record.standing(row, login, row.sealed),
                )


def _following(after: _Place) -> ColumnElement[bool]:
    if after.dated:
        return tuple_(WorkRecord.due_on, WorkRecord.record_id) > tuple_(after.due_on, after.record_id)
    return WorkRecord.record_id > after.record_id


def _cursor(last: _Place) -> str:
    return b64u_encode(_CURSOR.pack(last.stretch, last.dated, last.due_on.toordinal(), last.record_id))


def _read_cursor(after: str, stretches: int) -> _Place | None:
    if not after:
        return None
    stretch, dated, ordinal, record_id = _CURSOR.unpack(b64u_decode(after, "after", _CURSOR.size))
    field = "after"
    if stretch >= stretches:
        raise FormatError(field)
    try:
        return _Place(stretch, dated, date.fromordinal(ordinal), record_id)
    except (ValueError, OverflowError) as error:
        raise FormatError(field) from error
