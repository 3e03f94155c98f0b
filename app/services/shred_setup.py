"""Making the store of shred keys, bringing it to this release's form, and finding what is wrong with it.

One wrong thing would be worse than all others: a store that is missing must never be replaced by an empty one where the
database relies on it. Everything in it would then count as destroyed.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from sqlalchemy import Connection, Engine, inspect, select, text
from sqlalchemy.engine import URL

from app.models import ShredStanding
from app.services.shred_store import ID_LENGTH, Store, store_of
from app.services.transaction import READS_ONLY

OWNER_ONLY: Final = 0o600
_FILE: Final = "file:"
# Each step brings the store from one version to the next; what is in a release is never changed again.
STEPS: Final = (
    """
    CREATE TABLE {keys} (key_id {bytes} NOT NULL PRIMARY KEY, key {bytes} NOT NULL, seen_on INTEGER) {rowless};
    CREATE TABLE {going} (
        key_id {bytes} NOT NULL PRIMARY KEY, table_name VARCHAR NOT NULL, row_id {bytes} NOT NULL
    ) {rowless};
    CREATE TABLE {state} (
        only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1), version INTEGER NOT NULL,
        store_id {bytes} NOT NULL, generation BIGINT NOT NULL, vacuum_due INTEGER NOT NULL, compared_on INTEGER NOT NULL
    )
    """,
    "{unsampled}",
)
# PostgreSQL copies samples of columns into its statistics, where a key would outlive its destruction, for all who may
# read the table. So it takes none of keys; to give the column its own type again deletes those that it took before.
_UNSAMPLED: Final = """
    ALTER TABLE shred.shred_key ALTER COLUMN key SET STATISTICS 0;
    ALTER TABLE shred.shred_key ALTER COLUMN key TYPE BYTEA
"""


def address(database: URL, shred_url: URL | None) -> URL:
    """Give where the store of a database is: as it was said, or beside it. A file is opened, and never made, by it."""
    if shred_url is None and database.get_backend_name() == "postgresql":
        return database
    if shred_url is None:
        beside = Path(database.database or ":memory:")
        shred_url = database.set(database=str(beside.with_suffix(f".shred{beside.suffix}")), query={})
    if shred_url.get_backend_name() != "sqlite":
        return shred_url
    name = f"{_FILE}{quote(str(Path(shred_url.database or '').absolute()))}"
    return shred_url.set(database=name, query={"mode": "rw", "uri": "true"})


def file_of(store: Store) -> Path | None:
    """Give the store's file, None on PostgreSQL."""
    name = store.engine.url.database or ""
    return Path(unquote(name.removeprefix(_FILE))) if store.sqlite else None


def is_there(store: Store) -> bool:
    """Say whether there is a store where it should be."""
    file = file_of(store)
    if file is not None and not file.exists():
        return False
    with store.reading() as connection:
        return _has_state(connection, store)


def _has_state(connection: Connection, store: Store) -> bool:
    return inspect(connection).has_table("shred_state", schema=None if store.sqlite else "shred")


def standing(database: Engine) -> tuple[bytes, int] | None:
    """Give the store's id and generation that a database relies on, None where it relies on none yet."""
    with _looking(database) as connection:
        if not inspect(connection).has_table(ShredStanding.__tablename__):
            return None
        row = connection.execute(select(ShredStanding.store_id, ShredStanding.generation)).one_or_none()
    return None if row is None else (row.store_id, row.generation)


@contextmanager
def _looking(database: Engine) -> Iterator[Connection]:
    with database.connect() as connection:
        yield connection.execution_options(**{READS_ONLY: True})


def trouble(database: Engine) -> str:
    """Say what is wrong between a database and its store, in words for whoever runs the portal; empty when nothing is.

    A store that is newer than the database is well: what was destroyed since stays destroyed. Raises SQLAlchemyError
    where one of them does not answer.
    """
    store = store_of(database)
    with _looking(database) as connection:
        if not inspect(connection).has_table(ShredStanding.__tablename__):
            return ""  # the schema is of before: that is what is wrong
    noted = standing(database)
    if not is_there(store):
        mend = "run `flask migrate`, which makes it" if noted is None else _MEND
        return f"the store of shred keys is missing: {mend}"
    if noted is None:
        return ""
    state = store.state()
    if state.store_id != noted[0]:
        return f"the store of shred keys is another database's: {_MEND}"
    if state.generation < noted[1]:
        return f"the store of shred keys is older than the database: {_MEND}"
    return ""


_MEND: Final = "put the newest copy of it back (docs/operations.md, “The store of shred keys”)"


def prepare(database: Engine) -> None:
    """Make the store, unless the database relies on one that is missing; bring one that is there to this release."""
    store = store_of(database)
    if not is_there(store):
        if standing(database) is not None:
            return
        _make_place(store)
    with store.engine.begin() as connection:
        there = _has_state(connection, store)
        version = connection.scalar(text(f"SELECT version FROM {store.state_table}")) if there else 0  # noqa: S608 - ours
        for step in STEPS[version or 0 :]:
            for words in filter(str.strip, step.format(**_words(store)).split(";")):
                connection.execute(text(words))
        if not there:
            connection.execute(
                text(f"INSERT INTO {store.state_table} VALUES (1, :version, :store_id, 0, 0, 0)"),  # noqa: S608 - ours
                {"version": len(STEPS), "store_id": secrets.token_bytes(ID_LENGTH)},
            )
        elif (version or 0) < len(STEPS):
            connection.execute(text(f"UPDATE {store.state_table} SET version = {len(STEPS)}"))  # noqa: S608 - ours


def _make_place(store: Store) -> None:
    file = file_of(store)
    if file is not None:
        os.close(os.open(file, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, OWNER_ONLY))
        return
    with store.engine.begin() as connection:
        connection.execute(text("CREATE SCHEMA IF NOT EXISTS shred"))


def _words(store: Store) -> dict[str, str]:
    return {
        "keys": store.keys,
        "going": store.going,
        "state": store.state_table,
        "bytes": "BLOB" if store.sqlite else "BYTEA",
        "rowless": "WITHOUT ROWID" if store.sqlite else "",
        "unsampled": "" if store.sqlite else _UNSAMPLED,
    }
