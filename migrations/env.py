"""Runs migrations: for `app.db.migrate` on its engine, for the `alembic` command on the configured database."""

import os

from alembic import context
from sqlalchemy import Engine

from app.db import engine_for
from app.models import Base


def run(engine: Engine) -> None:
    """All of one run in one transaction: a migration that fails leaves the schema as it was."""
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()


def configured_engine() -> Engine:
    """The database of the environment's settings."""
    from config import Settings  # noqa: PLC0415 (needs a whole environment, which a given engine does not)

    return engine_for(Settings.from_env(os.environ).database_url)


given = context.config.attributes.get("engine")
run(given if given is not None else configured_engine())
