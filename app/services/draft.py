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
from app.services import clock
from app.services.transaction import reads_only

_REPLACED: Final = ("draft_id", "destroy_on", "sealed")


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
    row = {
        "lookup": lookup_of(asked.token),
        "draft_id": asked.draft_id,
        "destroy_on": kept_until,
        "sealed": asked.sealed,
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
    if row is None:
        raise NotFound
    return Found(row.draft_id, row.sealed, row.destroy_on)


def destroy(session: Session, token: bytes, now: datetime) -> None:
    """Delete the draft of a token, for good. Raises NotFound as `find` does."""
    own = delete(Draft).where(Draft.lookup == lookup_of(token), Draft.destroy_on >= day_of(now))
    if session.execute(own.returning(Draft.draft_id)).first() is None:
        raise NotFound
    session.commit()


def forget_old(session: Session, today: date) -> int:
    """Delete the drafts that are past their day; say how many there were. Commits nothing."""
    return len(session.execute(delete(Draft).where(Draft.destroy_on < today).returning(Draft.lookup)).all())


def _insert_or_replace(dialect: str) -> Any:  # noqa: ANN401 - an insert of either dialect
    """Two tabs may save at once: one statement, and the later one stays."""
    insert = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(Draft)
    return insert.on_conflict_do_update(
        index_elements=[Draft.lookup], set_={name: insert.excluded[name] for name in _REPLACED}
    )
