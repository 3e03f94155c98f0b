"""What SQLite must be told: on every connection, at the start of a transaction, after a destruction."""

import sqlite3
import time
from typing import Any, Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

from app.services.transaction import READS_ONLY

PRAGMAS = (
    "PRAGMA busy_timeout=5000",  # first, since the next may have to wait
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what was acknowledged survives a power cut
    "PRAGMA secure_delete=ON",  # what was destroyed is overwritten
    "PRAGMA foreign_keys=ON",
)

TRIES: Final = 20  # to empty a log that somebody reads
PAUSE: Final = 0.05  # seconds in between


def tell(engine: Engine) -> None:
    """Have each connection hold to PRAGMAS, and each transaction say at its start whether it writes."""
    event.listen(engine, "connect", _tell)
    event.listen(engine, "begin", _note_what_begins)
    # The dialect's own step, which does nothing for SQLite: a statement of SQLAlchemy's costs five times as much.
    engine.dialect.do_begin = _begin  # type: ignore[method-assign]


def _tell(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin` does
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _note_what_begins(connection: Connection) -> None:
    connection.info[READS_ONLY] = connection.get_execution_options().get(READS_ONLY, False)


def _begin(dbapi_connection: PoolProxiedConnection) -> None:
    # A transaction that reads first and writes later could not wait for another writer: it would fail at once.
    driver: Any = dbapi_connection.dbapi_connection
    driver.execute("BEGIN" if dbapi_connection.info[READS_ONLY] else "BEGIN IMMEDIATE").close()


def checkpoint(engine: Engine) -> None:
    """Empty the write-ahead log, or leave it to a later try where somebody reads for longer than a second."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA busy_timeout=0")  # SQLite's own waiting would hold up every writer for as long
        for _try in range(TRIES):
            if cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                break
            time.sleep(PAUSE)
        cursor.execute(PRAGMAS[0])
    finally:
        raw.close()
