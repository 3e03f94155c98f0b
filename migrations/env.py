"""Runs migrations: for `app.db.migrate` on its engine, for the `alembic` command on the configured database."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from sqlalchemy import Connection, Engine

from app.db import engine_for
from app.models import Base


def run(engine: Engine) -> None:
    """All of one run in one transaction: a migration that fails leaves the schema as it was."""
    with engine.connect() as connection, _references_asleep(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            _nothing_dangles(connection)


@contextmanager
def _references_asleep(connection: Connection) -> Iterator[None]:
    """SQLite's own way to write a table anew: else, to drop the old one would delete what refers to it.

    It can only be said between transactions, and to the driver.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF").close()  # type: ignore[union-attr]
    try:
        yield
    finally:
        connection.rollback()
        driver.execute("PRAGMA foreign_keys=ON").close()  # type: ignore[union-attr]


def _nothing_dangles(connection: Connection) -> None:
    """Fail, and leave the schema as it was, where a row refers to nothing."""
    if connection.dialect.name != "sqlite":
        return
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if dangling is not None:
        message = f"a row of {dangling[0]} refers to a row of {dangling[2]} that is not there"
        raise RuntimeError(message)


def configured_engine() -> Engine:
    """The database of the environment's settings."""
    from config import Settings  # noqa: PLC0415 (needs a whole environment, which a given engine does not)

    return engine_for(Settings.from_env(os.environ).database_url)


given = context.config.attributes.get("engine")
run(given if given is not None else configured_engine())
