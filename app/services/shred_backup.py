"""The one copy of the store of shred keys: sealed like a backup, apart from the backups, and always only the newest.

An older copy would bring back what was destroyed since, so each takes the place of the one before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Engine

from app.crypto.backup import SealedBackup
from app.domain import backup_reading
from app.domain.backup_record import Head, Table, Totals, Writer, row_values
from app.errors import FormatError
from app.models import ShredStanding
from app.services.shred_store import AT_ONCE, Store, store_of
from app.services.whole_file import whole_file

PLACE: Final = Path("keys") / "onestop.shred"  # in the directory of backups, so that it can be carried apart from them
REVISION: Final = "shred_1"
_STATE: Final = Table("shred_state", (("store_id", "bytes"), ("generation", "int")))
_KEYS: Final = Table("shred_key", (("key_id", "bytes"), ("key", "bytes")))
_NOTED: Final = ("store_id", "generation")
OWNER_ONLY: Final = 0o700


@dataclass(frozen=True, slots=True)
class Noted:
    """A store, and the generation that it is at, or that a backup relies on."""

    store_id: bytes
    generation: int


def write(database: Engine, directory: Path, public_key: bytes, portal_id: bytes, now: datetime) -> Totals:
    """Put a copy of a database's store in the place of the last one, whole or not at all; give its totals.

    To be made once the database's snapshot is taken, and before its backup has its name: then no backup is without the
    keys that it relies on. Raises FormatError for a key that is none, OSError.
    """
    path = directory / PLACE
    path.parent.mkdir(mode=OWNER_ONLY, exist_ok=True)
    store = store_of(database)
    with whole_file(path, replace=True) as file:
        sealed = SealedBackup(file.write, public_key, portal_id)
        writer = Writer(sealed.write)
        writer.head(Head(portal_id, REVISION, now))
        _write_rows(store, writer)
        totals = writer.end()
        sealed.close()
    return totals


def _write_rows(store: Store, writer: Writer) -> None:
    some = {"stream_results": True, "yield_per": AT_ONCE}
    with store.reading() as connection:
        state = connection.exec_driver_sql(f"SELECT store_id, generation FROM {store.state_table}").one()  # noqa: S608 - ours
        writer.table(_STATE)
        writer.row([bytes(state.store_id), state.generation])
        writer.table(_KEYS)
        keys = f"SELECT key_id, key FROM {store.keys}"  # noqa: S608 - a name of ours
        for key_id, key in connection.exec_driver_sql(keys, execution_options=some):
            writer.row([bytes(key_id), bytes(key)])


def noted_in(backup: Path) -> Noted | None:
    """Give what an opened backup relies on, None for one of before. Raises FormatError, OSError."""
    return _standing(backup, ShredStanding.__tablename__)


def state_of(copy: Path) -> Noted:
    """Give what an opened copy of a store is, read from its first byte to its last. Raises FormatError, OSError."""
    found = _standing(copy, _STATE.name)
    if found is None:
        raise FormatError("backup.shred_state")
    return found


def fill(store: Store, copy: Path) -> None:
    """Make a store what an opened copy is, all or nothing. Raises FormatError, OSError."""
    state = state_of(copy)
    with store.writing() as connection:
        for table in (store.keys, store.going):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        into = f"INSERT INTO {store.keys} (key_id, key) VALUES ({store.mark}, {store.mark})"  # noqa: S608 - marks
        some: list[tuple[object, ...]] = []
        for values in _rows(copy, _KEYS.name):
            some.append(tuple(values))
            if len(some) == AT_ONCE:
                connection.exec_driver_sql(into, some)
                some = []
        if some:
            connection.exec_driver_sql(into, some)
        change = f"UPDATE {store.state_table} SET store_id = {store.mark}, generation = {store.mark}, vacuum_due = 1"  # noqa: S608 - marks
        connection.exec_driver_sql(f"{change}, compared_on = 0", (state.store_id, state.generation))


def is_empty(store: Store) -> bool:
    """Say whether a store has no keys."""
    with store.reading() as connection:
        return connection.exec_driver_sql(f"SELECT 1 FROM {store.keys} LIMIT 1").first() is None  # noqa: S608 - ours


def _standing(path: Path, table: str) -> Noted | None:
    found: Noted | None = None
    for values in _rows(path, table, _NOTED):
        store_id, generation = values
        if not isinstance(store_id, bytes) or not isinstance(generation, int):
            raise FormatError(f"backup.{table}")
        found = Noted(store_id, generation)
    return found


def _rows(path: Path, table: str, wanted: tuple[str, ...] = ("key_id", "key")) -> Iterator[list[object]]:
    """Give the wanted columns of one table's rows; the whole file is read, and must be whole."""
    begun: Table | None = None
    with path.open("rb") as stream:
        for record in backup_reading.records(stream):
            if isinstance(record, Table):
                begun = record
            elif isinstance(record, backup_reading.Row) and begun is not None and begun.name == table:
                named = dict(zip((name for name, _kind in begun.columns), _values(record, begun), strict=True))
                if not set(wanted) <= named.keys():
                    raise FormatError(f"backup.{table}")
                yield [named[name] for name in wanted]


def _values(row: backup_reading.Row, table: Table) -> list[object]:
    return [*row_values(row.content, [kind for _name, kind in table.columns])]
