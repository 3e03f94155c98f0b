"""How a command reads or fills the whole database: one transaction, as of one moment, however long it takes."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, text

from app import db
from app.services.transaction import READS_ONLY

# What ends a request that takes too long must not end these.
TIMEOUTS = ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout")

FILLING_CACHE = 64 * 1024


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """Read everything as of one moment, while others go on writing."""
    with engine.connect() as connection:
        connection.execution_options(**{READS_ONLY: True})
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        unhurried(connection)
        yield connection


@contextmanager
def filling(engine: Engine) -> Iterator[Connection]:
    """Write everything in one transaction, which is undone where something is raised."""
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # KiB: pages of the indexes are filled all over, and would be written again and again
            connection.exec_driver_sql(f"PRAGMA cache_size=-{FILLING_CACHE}")
        unhurried(connection)
        yield connection


def unhurried(connection: Connection) -> None:
    """For this transaction, PostgreSQL sets no limit of time. SQLite has none."""
    if connection.dialect.name == "postgresql":
        for name in TIMEOUTS:
            connection.execute(text(f"SET LOCAL {name} = 0"))


def revision_of(connection: Connection) -> str | None:
    """The revision that the schema is at."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """The revision that this release needs."""
    return str(_scripts().get_current_head())


def knows(revision: str) -> bool:
    """Whether this release can make a schema of that revision."""
    try:
        return _scripts().get_revision(revision) is not None
    except CommandError:
        return False


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(db.MIGRATIONS))
