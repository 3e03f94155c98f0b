"""A portal with a row in every table, its backup, a key to open it, and an empty place to restore it into."""

import dataclasses
from datetime import UTC, datetime
from io import BytesIO

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from app import create_app
from app.cli.whole_database import filling, newest_revision, snapshot
from app.client.__main__ import main
from app.db import session_for
from app.domain import backup_reading
from app.domain.backup_record import Head, Writer
from app.models import Base
from app.services import backup, restoration, shred_backup
from tests.databases import database_of_its_own
from tests.migrations.test_migrations import fill

MADE_AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request, tmp_path):
    """An engine of another database, without any schema."""
    with database_of_its_own(request, tmp_path, "restored") as engine:
        yield engine


@pytest.fixture
def filled(engine):
    with session_for(engine) as session:
        fill(session)
    return engine


def written(engine, revision=None, head=None):
    """The records of a whole backup, unsealed."""
    pieces = []
    with snapshot(engine) as connection:
        head = head or Head(bytes(16), revision or newest_revision(), MADE_AT)
        totals = backup.write(connection, head, Writer(pieces.append))
    return b"".join(pieces), totals


def restored(engine, content):
    """Restore unsealed records into an engine whose schema is there."""
    with filling(engine) as connection:
        return restoration.restore(connection, backup_reading.records(BytesIO(content)))


def rows_of(engine):
    """Every row of every table that a backup has, in no order."""
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(*table.columns)).all()))
            for table in Base.metadata.sorted_tables
            if table.name not in backup.LEFT_OUT
        }


class Commands:
    """The portal's commands and the client's, as somebody would type them; each gives its exit code and its output."""

    def __init__(self, directory, settings):
        self.directory, self.settings, self.apps = directory, settings, []
        self.public, self.words = directory / "backup.pub", directory / "backup.words"
        self.backups = directory / "backups"
        self.backups.mkdir()

    def portal(self, *arguments, **changes):
        app = create_app(dataclasses.replace(self.settings, **changes))
        self.apps.append(app)
        ran = app.test_cli_runner().invoke(args=[str(argument) for argument in arguments])
        return ran.exit_code, ran.output

    def client(self, *arguments, typed=None):
        ran = CliRunner().invoke(main, [str(argument) for argument in arguments], input=typed)
        return ran.exit_code, ran.output

    def make_key(self):
        return self.client("backup-key", "--public", self.public, "--private", self.words)

    def back_up(self, *arguments):
        return self.portal("backup", "--to", self.backups, "--recipient", self.public, *arguments)

    def open(self, path=None, name="opened"):
        path = path or max(self.backups.glob("*.backup"))
        return self.client("open-backup", path, "--key", self.words, "--to", self.directory / name)

    def open_keys(self, name="keys"):
        """The copy of the store of shred keys."""
        return self.open(self.backups / shred_backup.PLACE, name)

    def restore(self, url, name="opened", keys="keys"):
        opened = self.directory / keys
        given = ["--keys", opened] if opened.exists() else []
        return self.portal("restore", self.directory / name, *given, database_url=url)


@pytest.fixture
def commands(settings, tmp_path):
    made = Commands(tmp_path, settings)
    yield made
    for app in made.apps:
        app.extensions["onestop_engine"].dispose()


@pytest.fixture
def ready(filled, commands):
    """A portal with rows, and a key to seal its backups to."""
    assert commands.make_key()[0] == 0
    return commands


@pytest.fixture
def opened(ready):
    """A backup was made and opened: what the three commands printed."""
    backed_up, opened = ready.back_up(), ready.open()
    assert ready.open_keys()[0] == 0
    assert (backed_up[0], opened[0]) == (0, 0), (backed_up, opened)
    return backed_up[1], opened[1]


def url_of(tmp_path, name="restored"):
    return f"sqlite:///{tmp_path / name}.db"
