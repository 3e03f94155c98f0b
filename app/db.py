"""The engine and the session of one request, on either database."""

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, current_app, g
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from app import rested, sqlite, writers
from app.services import shred_setup, shred_store

if TYPE_CHECKING:
    import psycopg

    from config import Settings

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"

CONNECTIONS: Final = 8  # a process has eight threads, each with at most one
STORE_CONNECTIONS: Final = 4  # to the store of shred keys on PostgreSQL, where each is held for a moment only
POOL_WAIT: Final = 3  # seconds; who gets no connection by then is asked to wait a moment
# What each connection to PostgreSQL begins with, unless the address says otherwise: a server that cannot be reached, or
# that vanished without a word, holds nobody up for long.
REACHING: Final = {
    "application_name": "onestop",
    "connect_timeout": 5,  # seconds
    "keepalives_idle": 15,  # seconds
    "tcp_user_timeout": 15_000,  # milliseconds
}
LOCK_WAIT: Final = 5  # seconds for which one request waits for what another one does to the same rows
IDLE_WAIT: Final = 30  # seconds after which a transaction that does nothing is ended, with the locks that it holds

# What PostgreSQL calls errors of the transaction and psycopg no operational ones: a transaction that may only read
# (a standby, or an administrator's doing), and one that was ended because it idled.
PASSING = {"25006", "25P03"}


def url_of(database_url: str) -> URL:
    """The address with the driver that is installed: psycopg for any `postgresql://`."""
    url = make_url(database_url)
    return url.set(drivername="postgresql+psycopg") if url.drivername in {"postgres", "postgresql"} else url


def engine_for(
    database_url: str, *, shred_url: str = "", connections: int = CONNECTIONS, statement_timeout: int = 0
) -> Engine:
    """An engine for SQLite or PostgreSQL, and its store of shred keys beside it, which goes with it.

    Connects to nothing yet; its errors never quote what was stored. `statement_timeout` in whole seconds: PostgreSQL
    ends what takes longer, and what waits or idles for too long. With 0, as for commands, nothing is ended.
    """
    engine = _engine(url_of(database_url), connections, statement_timeout)
    beside = shred_setup.address(engine.url, url_of(shred_url) if shred_url else None)
    few = connections if beside.get_backend_name() == "sqlite" else min(connections, STORE_CONNECTIONS)
    shred_store.attach(engine, _engine(beside, few, statement_timeout))
    return engine


def _engine(url: URL, connections: int, statement_timeout: int) -> Engine:
    postgresql = url.get_backend_name() == "postgresql"
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=POOL_WAIT,
        pool_use_lifo=True,  # the one that worked last still knows what it read
        connect_args={name: value for name, value in REACHING.items() if postgresql and name not in url.query},
    )
    writers.watch(engine)
    if postgresql:
        rested.ask(engine)
    if postgresql and statement_timeout:
        event.listen(engine, "connect", _hurried(statement_timeout))
    if not postgresql:
        sqlite.tell(engine)
    return engine


def _hurried(statement_timeout: int) -> Any:  # noqa: ANN401 - a listener
    limits = {
        "statement_timeout": statement_timeout,
        "lock_timeout": LOCK_WAIT,
        "idle_in_transaction_session_timeout": IDLE_WAIT,
    }
    words = "SELECT " + ", ".join(f"set_config('{name}', '{seconds}s', false)" for name, seconds in limits.items())

    def tell(connection: "psycopg.Connection[Any]", _entry: ConnectionPoolEntry) -> None:
        connection.autocommit = True
        connection.execute(words.encode())
        connection.autocommit = False

    return tell


def is_away(error: SQLAlchemyError) -> bool:
    """Whether the database is locked, full, read-only, too busy or gone: what was asked may be asked again."""
    if isinstance(error, OperationalError | PoolTimeout):
        return True
    if not isinstance(error, DBAPIError):
        return False
    return error.connection_invalidated or getattr(error.orig, "sqlstate", None) in PASSING


def session_for(engine: Engine) -> Session:
    """A session whose rows stay readable after its one commit."""
    return Session(engine, expire_on_commit=False)


def init_app(app: Flask, settings: "Settings") -> None:
    """Give the application its engine, and close each context's session with the context."""
    app.extensions["onestop_engine"] = engine_for(
        settings.database_url,
        shred_url=settings.shred_url,
        connections=settings.database_pool,
        statement_timeout=settings.database_statement_timeout,
    )
    app.teardown_appcontext(_close)


def take_time(app: Flask) -> None:
    """Let a command take as long as it needs: what is ended for a page's sake must not end a migration or a backup."""
    hurried: Engine = app.extensions["onestop_engine"]
    if hurried.dialect.name == "postgresql":
        settings = app.extensions["onestop_settings"]
        app.extensions["onestop_engine"] = engine_for(settings.database_url, shred_url=settings.shred_url)
        hurried.dispose()


def refusal(settings: "Settings") -> str:
    """Say in one line why a portal with these settings must not begin to serve; empty where it may.

    A database that is away is no reason: it may come back, and until then everybody is told to wait.
    """
    engine = engine_for(settings.database_url, shred_url=settings.shred_url)
    try:
        return shred_setup.trouble(engine)
    except SQLAlchemyError:
        return ""
    finally:
        engine.dispose()


def open_early(app: Flask) -> None:
    """Make a first connection to each SQLite file, for the pool to keep; a database that is away is waited for later.

    SQLite makes its index of the log with a file's first connection. Were there none before the disk is full, nobody
    could even read.
    """
    found: Engine = app.extensions["onestop_engine"]
    for one in (found, shred_store.store_of(found).engine):
        if one.dialect.name == "sqlite":
            with suppress(SQLAlchemyError):
                one.connect().close()


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
    if open_session is None:
        return
    try:
        open_session.close()
    except SQLAlchemyError:
        # What was read or committed is answered all the same; the connection, which died at the end, is thrown away.
        open_session.invalidate()


def checkpoint(engine: Engine) -> None:
    """After a destruction: empty the write-ahead logs of SQLite, where destroyed bytes would lie for a while.

    While a backup reads, they cannot be emptied; the end of the backup and each tick do it then.
    """
    for one in (shred_store.store_of(engine).engine, engine):
        if one.dialect.name == "sqlite":
            sqlite.checkpoint(one)


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to `revision`, or down to it, and the store of shred keys to this release."""
    from alembic import command  # noqa: PLC0415 - the web processes need none of it
    from alembic.config import Config  # noqa: PLC0415 - likewise

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["engine"] = engine
    down = revision == "base" or revision.startswith("-")
    (command.downgrade if down else command.upgrade)(config, revision)
    shred_setup.prepare(engine)
