"""Which organisations are to be told by mail that something waits, and remembering that they were.

Reading what is due and noting what was sent are two transactions, and the mail goes between them: no mail server holds
up anybody's report, and what could not be sent, or noted, is due again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.domain import notice
from app.domain.deadline import day_of
from app.domain.notice import Duty, Kind, Urgent
from app.domain.referral_state import LIVING, OPEN
from app.models import Junk, Notice, Organisation, Referral, Told
from app.services.rota import duties_of
from app.services.transaction import reads_only

MOST_AT_ONCE: Final = 10_000  # letters of one mail; a flood beyond that is told again after the quiet time
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Due:
    """One mail: to whom, and to whom else if none of them can be reached.

    `new`: the urgent letters of which nobody was told before. `kind` None: nothing to send, only to be noted.
    """

    organisation_id: bytes
    kind: Kind | None
    addresses: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()
    new: tuple[bytes, ...] = ()


def due(session: Session, secret: bytes, now: datetime) -> tuple[Due, ...]:
    """Give every mail that is due, and what is to be noted without one; organisations without a rota have none.

    `secret` keys the time of each day's look. Ends its own transaction.
    """
    reads_only(session)
    rows = session.scalars(select(Notice).execution_options(populate_existing=True)).all()
    rotas = duties_of(session, [row.organisation_id for row in rows])
    found: list[Due] = []
    for row in rows:
        duties = rotas[row.organisation_id]
        if duties:
            found += _of(session, row, duties, secret, now)
    session.commit()
    return tuple(found)


def note_sent(session: Session, sent: Due, now: datetime, *, whole: bool = True) -> None:
    """Note that a mail went out, to everybody or (`whole` False) not to all; the same mail is not due again."""
    values: dict[str, object] = {}
    if sent.kind is not None:
        values["failing_since"] = None if whole else func.coalesce(Notice.failing_since, day_of(now))
    if sent.kind == "test":
        values |= {"test_asked_at": None, "test_sent_at": now}
    elif sent.kind == "urgent":
        values["quiet_until"] = notice.quiet_after(now)
    else:
        values["looked_on"] = day_of(now)
    session.execute(update(Notice).where(Notice.organisation_id == sent.organisation_id).values(values))
    for start in range(0, len(sent.new), _CHUNK):
        chunk = select(Referral.referral_id).where(
            Referral.referral_id.in_(sent.new[start : start + _CHUNK]), ~_was_told()
        )
        session.execute(insert(Told).from_select(["referral_id"], chunk))
    if "looked_on" in values:
        _forget(session, sent.organisation_id)
    session.commit()


def note_failed(session: Session, unsent: Due, now: datetime) -> None:
    """Note the day since which mail cannot be sent: the lead is shown it, and the mail stays due."""
    since = func.coalesce(Notice.failing_since, day_of(now))
    session.execute(update(Notice).where(Notice.organisation_id == unsent.organisation_id).values(failing_since=since))
    session.commit()


def long_unopened(session: Session, today: date) -> tuple[str, ...]:
    """Give the slugs of organisations where a letter has lain unopened for three days, rota or not."""
    reads_only(session)
    organisations = session.execute(select(Organisation.organisation_id, Organisation.slug).order_by(Organisation.slug))
    return tuple(slug for organisation_id, slug in organisations.all() if _waits_long(session, organisation_id, today))


def failing(session: Session) -> tuple[tuple[str, date], ...]:
    """Give the slugs of organisations to which mail fails, with the day since when."""
    reads_only(session)
    rows = session.execute(
        select(Organisation.slug, Notice.failing_since)
        .join(Notice, Notice.organisation_id == Organisation.organisation_id)
        .where(Notice.failing_since.is_not(None))
        .order_by(Organisation.slug)
    )
    return tuple((slug, day) for slug, day in rows if day is not None)


def _of(session: Session, row: Notice, duties: Sequence[Duty], secret: bytes, now: datetime) -> Iterator[Due]:
    organisation_id, today = row.organisation_id, day_of(now)
    everybody, on_duty = notice.everybody(duties), notice.whom(duties, now)
    others = tuple(address for address in everybody if address not in on_duty)
    if row.test_asked_at is not None:
        yield Due(organisation_id, "test", everybody)
    new = _untold(session, organisation_id)
    urgent = Urgent(
        new=bool(new),
        told=_is_any(session, organisation_id, Referral.urgent.is_(True), _was_told()),
        fresh=_is_any(
            session,
            organisation_id,
            Referral.urgent.is_(True),
            _was_told(),
            Referral.received_on > notice.long_before(today),
        ),
    )
    if notice.is_urgent_due(urgent, row.quiet_until, now):
        yield Due(organisation_id, "urgent", on_duty, others, new)
    if notice.is_look_due(secret, organisation_id, row.looked_on, now):
        kind = notice.daily_kind(
            digest=row.digest,
            unread=row.digest and _is_unread(session, organisation_id),
            long_unopened=_waits_long(session, organisation_id, today),
        )
        if kind == "digest":
            yield Due(organisation_id, kind, on_duty, others)
        else:
            yield Due(organisation_id, kind, everybody if kind else ())


def _unopened(organisation_id: bytes) -> tuple[ColumnElement[bool], ...]:
    """What a referral that lies unopened is; withdrawn and destroyed ones are none, nor junk, which is closed."""
    return (
        Referral.organisation_id == organisation_id,
        Referral.state.in_(sorted(OPEN)),
        Referral.opened_at.is_(None),
    )


def _was_told() -> ColumnElement[bool]:
    return select(Told.referral_id).where(Told.referral_id == Referral.referral_id).exists()


def _untold(session: Session, organisation_id: bytes) -> tuple[bytes, ...]:
    wanted = select(Referral.referral_id).where(*_unopened(organisation_id), Referral.urgent.is_(True), ~_was_told())
    return tuple(session.scalars(wanted.limit(MOST_AT_ONCE)))


def _is_any(session: Session, organisation_id: bytes, *such: ColumnElement[bool]) -> bool:
    found = select(Referral.referral_id).where(*_unopened(organisation_id), *such).limit(1)
    return session.scalar(found) is not None


def _waits_long(session: Session, organisation_id: bytes, today: date) -> bool:
    """Say whether the oldest letter, urgent or not, has lain for long: an index begins with it, however many follow."""
    unopened = select(Referral.received_on).where(*_unopened(organisation_id)).order_by(Referral.received_on).limit(1)
    oldest = [session.scalar(unopened.where(Referral.urgent.is_(urgent))) for urgent in (True, False)]
    return any(day is not None and day <= notice.long_before(today) for day in oldest)


def _is_unread(session: Session, organisation_id: bytes) -> bool:
    """Say whether anything waits to be read: a letter, or words of a reporter."""
    words = select(Referral.referral_id).where(
        Referral.organisation_id == organisation_id,
        Referral.state.in_(sorted(LIVING)),
        Referral.unread_from_reporter.is_(True),
        ~select(Junk.referral_id).where(Junk.referral_id == Referral.referral_id).exists(),
    )
    return _is_any(session, organisation_id) or session.scalar(words.limit(1)) is not None


def _forget(session: Session, organisation_id: bytes) -> None:
    """Drop what was told and no longer waits, and the hour with it."""
    waiting = select(Referral.referral_id).where(*_unopened(organisation_id))
    own = select(Referral.referral_id).where(Referral.organisation_id == organisation_id)
    session.execute(delete(Told).where(Told.referral_id.in_(own), Told.referral_id.not_in(waiting)))
    if session.scalar(select(Told.referral_id).where(Told.referral_id.in_(own)).limit(1)) is None:
        session.execute(update(Notice).where(Notice.organisation_id == organisation_id).values(quiet_until=None))
