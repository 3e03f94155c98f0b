"""Rows under shred keys: put under them when they are written, taken out when they are read, gone with them.

Whoever dooms a key here destroys it with the session's commit, and before it: first the key, durably, in the store of
its own; then the rows. Where the second does not happen, `shred_sweep` makes up for it, and nobody can read the rows.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import event, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session, SessionTransaction

from app.crypto import shred
from app.errors import FormatError, Withdrawn
from app.models import Referral, ShredStanding
from app.services.shred_store import Doomed, ShredKey, store_of

_SEEN: Final = "onestop_shred_seen"
_RELIED_ON: Final = "onestop_shred_relied_on"
_DOOMED: Final = "onestop_shred_doomed"


class Under:
    """The keys that some rows lie under, as far as there still are any."""

    def __init__(self, keys: dict[bytes, bytes | None]) -> None:
        self._keys = keys

    def has(self, shred_id: bytes | None) -> bool:
        """Say whether a row can still be read: its key is there, or it is from before there were keys."""
        return shred_id is None or self._keys.get(shred_id) is not None

    def key(self, shred_id: bytes) -> bytes | None:
        """Give one of them; None where it is gone."""
        return self._keys.get(shred_id)

    def take_out(self, stored: bytes | None, shred_id: bytes | None, table: str, *row_id: bytes) -> bytes | None:
        """Give what was put under; None where there is nothing, or where its key is gone.

        What is no such thing is given as it lies: a worker of the release before may have written it there.
        """
        if stored is None or shred_id is None:
            return stored
        key = self._keys.get(shred_id)
        if key is None:
            return None
        try:
            return shred.take_out(key, shred.shred_aad(table, *row_id), stored)
        except FormatError:
            return stored


def take(session: Session, number: int) -> list[ShredKey]:
    """Take new keys for rows of this transaction. Best before it begins: the store may have to write."""
    keys = store_of(session).take(number)
    session.info[_RELIED_ON] = max(session.info.get(_RELIED_ON, 0), *(one.generation for one in keys))
    seen = session.info.setdefault(_SEEN, {})
    seen.update((one.key_id, one.key) for one in keys)
    return keys


def put_under(key: bytes, content: bytes, table: str, *row_id: bytes) -> bytes:
    """Give what is stored of a row."""
    return shred.put_under(key, shred.shred_aad(table, *row_id), content)


def under(session: Session, shred_ids: Iterable[bytes | None]) -> Under:
    """Look the keys of many rows up at once; what one transaction has seen it does not ask for again."""
    seen: dict[bytes, bytes | None] = session.info.setdefault(_SEEN, {})
    wanted = {one for one in shred_ids if one is not None} - seen.keys()
    if wanted:
        found = store_of(session).find(wanted)
        seen.update((one, found.get(one)) for one in wanted)
    return Under(seen)


def letter(session: Session, held: Referral) -> bytes | None:
    """Give the letter of a referral as its sender sealed it; None where it is destroyed."""
    return under(session, [held.shred_id]).take_out(held.sealed, held.shred_id, "referral", held.referral_id)


def taken_out(session: Session, row: Any, content: str = "sealed") -> bytes | None:  # noqa: ANN401 - any model with a shred_id
    """Give one row's bytes as they came; None where there are none, or none that can be read any more."""
    row_id = [getattr(row, column.name) for column in row.__table__.primary_key]
    name = row.__tablename__
    return under(session, [row.shred_id]).take_out(getattr(row, content), row.shred_id, name, *row_id)


def beside(session: Session, referral_id: bytes, content: bytes, table: str, *row_id: bytes) -> dict[str, Any]:
    """Give the columns of what is written beside a referral, under the referral's own key where it has one.

    Raises Withdrawn where that key is gone.
    """
    shred_id = session.scalar(select(Referral.shred_id).where(Referral.referral_id == referral_id))
    return _columns(session, shred_id, content, "sealed", table, *row_id)


def again(session: Session, row: Any, content: bytes | None, column: str = "sealed") -> None:  # noqa: ANN401 - as above
    """Replace what a row holds, under the same key as before. Raises Withdrawn where that is gone."""
    row_id = [getattr(row, one.name) for one in row.__table__.primary_key]
    if content is None:
        setattr(row, column, None)
        return
    for name, value in _columns(session, row.shred_id, content, column, row.__tablename__, *row_id).items():
        setattr(row, name, value)


def _columns(
    session: Session, shred_id: bytes | None, content: bytes, column: str, table: str, *row_id: bytes
) -> dict[str, Any]:
    if shred_id is None:
        return {"shred_id": None, column: content}
    key = under(session, [shred_id]).key(shred_id)
    if key is None:
        raise Withdrawn
    return {"shred_id": shred_id, column: put_under(key, content, table, *row_id)}


def doom(session: Session, table: str, rows: Iterable[tuple[bytes, bytes | None]]) -> None:
    """Let the keys of these rows (id, key's id) go when the session commits, before the rows do."""
    doomed: list[Doomed] = session.info.setdefault(_DOOMED, [])
    doomed.extend(Doomed(shred_id, table, row_id) for row_id, shred_id in rows if shred_id is not None)


def _before_commit(session: Session) -> None:
    doomed, relied_on = session.info.get(_DOOMED), session.info.get(_RELIED_ON, 0)
    if session.in_nested_transaction() or not (doomed or relied_on):
        return
    store = store_of(session)
    if doomed:
        session.flush()  # what fails must fail before a key is gone
        relied_on = store.destroy(doomed)
        session.info[_DOOMED] = []
        session.info[_RELIED_ON] = relied_on
    if relied_on > store.noted:
        # Last of all, so that whoever has this one row locked waits for nothing else.
        note(session, store.state().store_id, relied_on)


def _after_commit(session: Session) -> None:
    relied_on = session.info.pop(_RELIED_ON, 0)
    if relied_on:
        store = store_of(session)
        store.noted = max(store.noted, relied_on)


def _after_end(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        for name in (_SEEN, _RELIED_ON, _DOOMED):
            session.info.pop(name, None)


def note(session: Session, store_id: bytes, generation: int) -> None:
    """Write down in the database which generation of the store it relies on; never a lower one. Commits nothing."""
    insert: Any = (sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert)(ShredStanding)
    noted = {"only_row": 1, "store_id": store_id, "generation": generation}
    higher = insert.excluded.generation > ShredStanding.generation
    session.execute(
        insert.values(noted).on_conflict_do_update(
            index_elements=["only_row"], set_={"generation": insert.excluded.generation}, where=higher
        )
    )


event.listen(Session, "before_commit", _before_commit)
event.listen(Session, "after_commit", _after_commit)
event.listen(Session, "after_transaction_end", _after_end)
