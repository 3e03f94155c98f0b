"""Which databases a test needs. By default each runs on both; where nothing depends on the database, one is enough."""

import contextlib
import itertools
import os
import shutil
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text

from app.db import engine_for, url_of

on_one = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# SQLite lets nobody write in between, so what happens there cannot happen.
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

# For a room whose tests are content with one.
on_both = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)

_NUMBERS = itertools.count()


def copy_database(there, path):
    """Copy a SQLite database that nobody has open, with its store of shred keys."""
    shutil.copy(there, path)
    shutil.copy(there.with_suffix(".shred.db"), path.with_suffix(".shred.db"))


@contextmanager
def a_database(request, directory):
    """The address of a database of its own, with no tables yet; which kind is the fixture's parameter."""
    if request.param == "sqlite":
        yield f"sqlite:///{directory / 'onestop.db'}"
        return
    server, name = request.getfixturevalue("postgres_url"), f"own{os.getpid()}_{next(_NUMBERS)}"
    engine = create_engine(url_of(server), isolation_level="AUTOCOMMIT")
    with engine.connect() as administrator:
        administrator.execute(text(f"CREATE DATABASE {name}"))
    try:
        yield server.replace("/postgres?", f"/{name}?")
    finally:
        with engine.connect() as administrator:
            administrator.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        engine.dispose()


@contextlib.contextmanager
def database_of_its_own(request, directory, name):
    """An engine of a database without any schema, on the kind that the fixture's parameter names; gone afterwards."""
    if request.param == "sqlite":
        engine = engine_for(f"sqlite:///{directory / name}.db")
        yield engine
        engine.dispose()
        return
    url = request.getfixturevalue("postgres_url")
    server = engine_for(url)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:
        admin.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.exec_driver_sql(f"CREATE DATABASE {name}")
        engine = engine_for(url.replace("/postgres?", f"/{name}?"))
        yield engine
        engine.dispose()
        admin.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()
