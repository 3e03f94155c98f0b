"""The engine, the session of one request, and what SQLite must be told on every connection."""

import sqlite3
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from flask import Flask, current_app, g
from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app import writers
from app.services.transaction import READS_ONLY

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

PRAGMAS = (
    "PRAGMA busy_timeout=5000",  # first, since the next may have to wait
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # what was acknowledged survives a power cut
    "PRAGMA secure_delete=ON",  # what was destroyed is overwritten
    "PRAGMA foreign_keys=ON",
)

CHECKPOINT_TRIES, CHECKPOINT_PAUSE = 20, 0.05  # seconds in between

# What PostgreSQL calls errors of the transaction and psycopg no operational ones: a transaction that may only read
# (a standby, or an administrator's doing), and one that was ended because it idled.
PASSING = {"25006", "25P03"}


def url_of(database_url: str) -> URL:
    """The address with the driver that is installed: psycopg for any `postgresql://`."""
    url = make_url(database_url)
    return url.set(drivername="postgresql+psycopg") if url.drivername in {"postgres", "postgresql"} else url


def engine_for(database_url: str) -> Engine:
    """An engine for SQLite or PostgreSQL. Connects to nothing yet; its errors never quote what was stored."""
    engine = create_engine(
        url_of(database_url), hide_parameters=True, pool_pre_ping=not database_url.startswith("sqlite")
    )
    writers.watch(engine)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tell_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def is_away(error: SQLAlchemyError) -> bool:
    """Whether the database is locked, full, read-only, too busy or gone: what was asked may be asked again."""
    if isinstance(error, OperationalError | PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in PASSING


def _tell_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: `_begin_sqlite` does
    for pragma in PRAGMAS:
        connection.execute(pragma).close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads first and writes later could not wait for another writer: it would fail at once.
    reads_only = connection.get_execution_options().get(READS_ONLY, False)
    connection.exec_driver_sql("BEGIN" if reads_only else "BEGIN IMMEDIATE")


def session_for(engine: Engine) -> Session:
    """A session whose rows stay readable after its one commit."""
    return Session(engine, expire_on_commit=False)


def init_app(app: Flask, database_url: str) -> None:
    """Give the application its engine, and close each context's session with the context."""
    app.extensions["onestop_engine"] = engine_for(database_url)
    app.teardown_appcontext(_close)


def engine() -> Engine:
    """The current application's engine."""
    found: Engine = current_app.extensions["onestop_engine"]
    return found


def session() -> Session:
    """The session of the current application context, made at its first use."""
    if "onestop_session" not in g:
        g.onestop_session = session_for(engine())
    found: Session = g.onestop_session
    return found


def _close(_error: BaseException | None) -> None:
    open_session: Session | None = g.pop("onestop_session", None)
    if open_session is not None:
        open_session.close()


def checkpoint(engine: Engine) -> None:
    """After a destruction: empty the write-ahead log of SQLite, where destroyed bytes would lie for a while.

    While a backup reads, it cannot be emptied; the end of the backup and each tick do it then.
    """
    if engine.dialect.name != "sqlite":
        return
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA busy_timeout=0")  # SQLite's own waiting would hold up every writer for as long
        for _try in range(CHECKPOINT_TRIES):
            if cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0:
                break
            time.sleep(CHECKPOINT_PAUSE)
        cursor.execute(PRAGMAS[0])
    finally:
        raw.close()


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`, or down to it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    down = revision == "base" or revision.startswith("-")
    (command.downgrade if down else command.upgrade)(config, revision)
