"""What somebody wants to go on with later: kept sealed for some days, given back to whoever has the code, forgotten."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.crypto.receipt import lookup_of
from app.domain.coming_back import KeptDraft
from app.domain.deadline import day_of
from app.errors import NotFound
from app.models import Draft
from app.services import clock, shredding
from app.services.transaction import reads_only

_REPLACED: Final = ("draft_id", "destroy_on", "shred_id", "sealed")


@dataclass(frozen=True, slots=True)
class Kept:
    """What whoever saved is told: `kept_until` is the last day on which it is given back."""

    draft_id: bytes
    kept_until: date


@dataclass(frozen=True, slots=True)
class Found:
    """A draft as it was saved last."""

    draft_id: bytes
    sealed: bytes
    kept_until: date


def keep(session: Session, asked: KeptDraft, now: datetime) -> Kept:
    """Keep a draft under its token, in the place of the one before; its 72 hours begin anew.

    They are counted in whole days, as the hour is not kept.
    """
    kept_until = clock.no_earlier_than_seen(session, day_of(now)) + clock.KEPT_FOR
    lookup = lookup_of(asked.token)
    row = {
        "lookup": lookup,
        "draft_id": asked.draft_id,
        "destroy_on": kept_until,
        **_sealed_columns(session, lookup, asked.sealed),
    }
    session.execute(_insert_or_replace(session.get_bind().dialect.name), row)
    session.commit()
    return Kept(asked.draft_id, kept_until)


def find(session: Session, token: bytes, now: datetime) -> Found:
    """Give the draft of a token (32 bytes), still sealed; it stays.

    Raises NotFound, the same for a token that is unknown, whose draft is past its day, or that is a report's.
    """
    reads_only(session)
    row = session.scalar(select(Draft).where(Draft.lookup == lookup_of(token), Draft.destroy_on >= day_of(now)))
    sealed = None if row is None else shredding.taken_out(session, row)
    if row is None or sealed is None:
        raise NotFound
    return Found(row.draft_id, sealed, row.destroy_on)


def destroy(session: Session, token: bytes, now: datetime) -> None:
    """Delete the draft of a token, for good. Raises NotFound as `find` does."""
    own = delete(Draft).where(Draft.lookup == lookup_of(token), Draft.destroy_on >= day_of(now))
    gone = session.execute(own.returning(Draft.lookup, Draft.shred_id)).all()
    shredding.doom(session, "draft", [(row.lookup, row.shred_id) for row in gone])
    if not gone:
        raise NotFound
    session.commit()


def forget_old(session: Session, today: date) -> int:
    """Delete the drafts that are past their day; say how many there were. Commits nothing."""
    old = delete(Draft).where(Draft.destroy_on < today)
    gone = session.execute(old.returning(Draft.lookup, Draft.shred_id)).all()
    shredding.doom(session, "draft", [(row.lookup, row.shred_id) for row in gone])
    return len(gone)


def _sealed_columns(session: Session, lookup: bytes, sealed: bytes) -> dict[str, bytes]:
    """A draft has one key, however often it is saved; one whose key is gone meanwhile begins with a new one."""
    there = session.scalar(select(Draft.shred_id).where(Draft.lookup == lookup))
    key = None if there is None else shredding.under(session, [there]).key(there)
    if there is None or key is None:
        (taken,) = shredding.take(session, 1)
        there, key = taken.key_id, taken.key
    return {"shred_id": there, "sealed": shredding.put_under(key, sealed, "draft", lookup)}


def _insert_or_replace(dialect: str) -> Any:  # noqa: ANN401 - an insert of either dialect
    """Two tabs may save at once: one statement, and the later one stays."""
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(Draft)
    return insert.on_conflict_do_update(
        index_elements=[Draft.lookup], set_={name: insert.excluded[name] for name in _REPLACED}
    )
