"""Somebody holds the database's lock, or it takes for ever: few threads wait for it, the others serve."""

import sqlite3
import statistics
import threading
import time
from contextlib import contextmanager

import pytest
from sqlalchemy import text

from tests.faults.faulty import TAKEN, FaultyPortal, all_stand, report_id_of, says_nothing_of, staff_can_read

pytestmark = pytest.mark.slow
SENDERS = 24  # more than the portal has threads
TRIED_AT_LEAST = 3 * SENDERS


class Senders:
    """Browsers that send, are told to wait a moment, and do not wait."""

    def __init__(self, portal):
        self.portal, self.over = portal, threading.Event()
        self.bodies = [portal.new_report() for _number in range(SENDERS)]
        self.answers, self.seconds = [], []
        self.threads = [threading.Thread(target=self._send, args=(body,)) for body in self.bodies]

    def _send(self, body):
        while not self.over.is_set():
            began = time.monotonic()
            self.answers.append(self.portal.report(body))
            self.seconds.append(time.monotonic() - began)
            time.sleep(0.2)

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        for thread in self.threads:
            thread.join()

    def until_told(self):
        """Wait until those who came first have given up waiting for the lock."""
        while not self.answers:
            time.sleep(0.2)


@contextmanager
def locked_sqlite(portal):
    other = sqlite3.connect(portal.database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.execute("ROLLBACK")
    other.close()


@contextmanager
def locked_postgresql(portal):
    with portal.engine.connect() as other:
        other.execute(text("LOCK TABLE report, message IN EXCLUSIVE MODE"))
        yield
    portal.engine.dispose()


def locked(portal):
    return (locked_sqlite if portal.engine.dialect.name == "sqlite" else locked_postgresql)(portal)


def stands_while_nobody_can_write(portal):
    """Reads are answered as if nothing were; give the senders, who all were told to send again."""
    times = []
    with Senders(portal) as senders:
        senders.until_told()
        while len(senders.answers) < TRIED_AT_LEAST or len(times) < 10:
            began = time.monotonic()
            assert portal.ask("GET", "/report").status == 200
            assert portal.ask("GET", "/healthz").status == 200
            times.append((time.monotonic() - began) / 2)
        assert all_stand(portal)
        assert staff_can_read(portal)
        assert portal.send_message(portal.message()).asks_for_a_moment
    assert all(answer.asks_for_a_moment for answer in senders.answers)
    # Whoever waits for the lock waits for seconds. If pages had to wait for such a thread, they would take as long.
    assert statistics.median(times) < max(senders.seconds) / 4
    return senders


def comes_back(portal, senders):
    assert [portal.report(body).status for body in senders.bodies] == [TAKEN] * SENDERS
    kept, _messages = portal.kept()
    assert set(map(report_id_of, senders.bodies)) < set(kept)
    assert set(kept.values()) == {1}
    assert says_nothing_of(portal, *senders.bodies)


def test_a_locked_database_costs_few_threads_and_loses_nothing(portal):
    before, _messages = portal.kept()
    with locked(portal):
        senders = stands_while_nobody_can_write(portal)
    assert portal.kept()[0] == before
    assert "SQLITE_BUSY" in portal.said() or "LockNotAvailable" in portal.said()
    comes_back(portal, senders)


def test_a_slow_database_is_waited_for_but_not_for_ever(tmp_path, postgres_database):
    """PostgreSQL alone: SQLite is slow only behind a lock."""
    with FaultyPortal(tmp_path / "portal", database_url=postgres_database()) as portal:
        with portal.engine.begin() as connection:
            connection.execute(
                text(
                    "CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS"
                    " $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$"
                )
            )
            for table in ("report", "message"):
                connection.execute(
                    text(f"CREATE TRIGGER slow BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION dawdle()")
                )
        senders = stands_while_nobody_can_write(portal)
        with portal.engine.begin() as connection:
            connection.execute(text("DROP FUNCTION dawdle() CASCADE"))
        assert "QueryCanceled" in portal.said()
        comes_back(portal, senders)
