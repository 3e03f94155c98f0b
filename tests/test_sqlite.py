"""What every connection to SQLite must hold to, and how a session begins."""

import dataclasses
import sqlite3
import threading

import pytest
from sqlalchemy import text

from app import create_app
from app.db import checkpoint, engine_for, migrate, open_early, session_for
from app.services.transaction import reads_only
from app.sqlite import TRIES
from app.writers import Refused


@pytest.fixture
def sqlite(tmp_path):
    engine = engine_for(f"sqlite:///{tmp_path / 'new.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1), ("busy_timeout", 5000)],
)
def test_a_fresh_connection_is_told(sqlite, pragma, value):
    sqlite.dispose()
    with sqlite.connect() as connection:
        assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_the_connection_that_worked_last_works_next(sqlite):
    """Each remembers the pages that it read; one that rested has to read them again."""
    first, second = sqlite.connect(), sqlite.connect()
    last = second.connection.dbapi_connection
    first.close()
    second.close()
    with sqlite.connect() as again:
        assert again.connection.dbapi_connection is last


def test_a_process_connects_once_to_each_file_before_anybody_asks(tmp_path, settings):
    """On a disk that is full SQLite could not make its index of the log then, and nobody could read."""
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'new.db'}", shred_url=""))
    engine = app.extensions["onestop_engine"]
    migrate(engine)
    engine.dispose()
    indexes = [tmp_path / "new.db-shm", tmp_path / "new.shred.db-shm"]
    assert not any(index.exists() for index in indexes)
    open_early(app)
    assert all(index.exists() for index in indexes)
    engine.dispose()


def test_a_database_that_is_away_keeps_no_process_from_beginning_and_is_not_made(tmp_path, settings):
    away = tmp_path / "unmounted"
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{away / 'new.db'}", shred_url=""))
    open_early(app)
    assert not away.exists()


def test_a_damaged_file_keeps_no_process_from_beginning(tmp_path, settings):
    for name in ("new.db", "new.shred.db"):
        (tmp_path / name).write_bytes(b"no database at all" * 1000)
    app = create_app(dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'new.db'}", shred_url=""))
    open_early(app)
    assert app.extensions["onestop_engine"].pool.checkedin() == 0


def test_a_session_may_read_first_and_write_later_while_others_do(sqlite):
    """Without BEGIN IMMEDIATE this fails at once with "database is locked", however long the timeout."""
    barrier, failures = threading.Barrier(4), []

    def work(_number):
        barrier.wait()
        written = 0
        while written < 20 and not failures:
            with session_for(sqlite) as session:
                try:
                    session.execute(text("SELECT count(*) FROM destroyed_report")).scalar()
                    session.execute(text("INSERT INTO destroyed_report VALUES (randomblob(32), '2026-11-22')"))
                    session.commit()
                    written += 1
                except Refused:  # a machine so slow that one is asked to come again
                    continue
                except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
                    failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with session_for(sqlite) as session:
        assert session.execute(text("SELECT count(*) FROM destroyed_report")).scalar() == 80


def test_reading_waits_for_no_writer(sqlite):
    with session_for(sqlite) as writer, session_for(sqlite) as reader:
        writer.execute(text("INSERT INTO destroyed_report VALUES (randomblob(32), '2026-11-22')"))
        reads_only(reader)
        assert reader.execute(text("SELECT count(*) FROM destroyed_report")).scalar() == 0
        reader.rollback()
        writer.commit()


def test_what_was_deleted_is_in_neither_file_after_a_checkpoint(sqlite, tmp_path):
    secret = b"a secret of 32 bytes to look for"
    with session_for(sqlite) as session:
        session.execute(text("INSERT INTO destroyed_report VALUES (:secret, '2026-11-22')"), {"secret": secret})
        session.commit()

    def found():
        return any(secret in path.read_bytes() for path in tmp_path.glob("new.db*"))

    assert found()
    with session_for(sqlite) as session:
        session.execute(text("DELETE FROM destroyed_report"))
        session.commit()
    assert found()  # still in the write-ahead log
    checkpoint(sqlite)
    assert not found()


def test_a_backup_that_reads_keeps_no_checkpoint_waiting_and_no_checkpoint_a_writer(sqlite, tmp_path, monkeypatch):
    """SQLite's own way to wait for an old reader shuts every writer out for as long."""
    log, written = tmp_path / "new.db-wal", []
    writer = sqlite3.connect(tmp_path / "new.db", timeout=0)

    def write(_seconds=0):
        with writer:
            written.append(writer.execute("INSERT INTO destroyed_report VALUES (randomblob(32), '2026-11-22')"))

    with session_for(sqlite) as backup:
        write()
        reads_only(backup)
        assert backup.execute(text("SELECT count(*) FROM destroyed_report")).scalar() == 1
        write()
        monkeypatch.setattr("app.sqlite.time.sleep", write)
        checkpoint(sqlite)
        assert len(written) == 2 + TRIES
        assert log.stat().st_size > 0
        assert backup.execute(text("SELECT count(*) FROM destroyed_report")).scalar() == 1
    checkpoint(sqlite)
    assert log.stat().st_size == 0
    with sqlite.connect() as connection:
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 5000
    writer.close()


def test_sqlite_itself_is_new_enough():
    assert sqlite3.sqlite_version_info >= (3, 35)  # RETURNING
