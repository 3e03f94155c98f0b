"""Somebody holds the database's lock, or it takes for ever: few threads wait for it, the others serve."""

import sqlite3
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import InterfaceError, InternalError, NoResultFound, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from app.access import access
from app.models import StaffSession
from app.writers import SLOW, Refused, Writers
from tests.faults.faulty import TAKEN, FaultyPortal, all_stand, report_id_of, says_nothing_of, staff_can_read
from tests.staff_browser import StaffBrowser

SENDERS = 24  # more than the portal has threads
TRIED_AT_LEAST = 3 * SENDERS
PAGES = 20
WAITED = 4  # seconds: nearly as long as the lock is waited for


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
    pages = 0
    with Senders(portal) as senders:
        senders.until_told()
        senders.seconds.clear()
        while len(senders.answers) < TRIED_AT_LEAST or pages < PAGES:
            assert portal.ask("GET", "/report").status == 200
            assert portal.ask("GET", "/healthz").status == 200
            pages += 2
        waited = sum(seconds > WAITED for seconds in senders.seconds)
        assert all_stand(portal)
        assert staff_can_read(portal)
        assert portal.send_message(portal.message()).asks_for_a_moment
    assert all(answer.asks_for_a_moment for answer in senders.answers)
    # If every thread waited for the lock, a page would have to wait until some of them give up, many for each page.
    assert waited < 2 * pages
    return senders


def comes_back(portal, senders):
    assert [portal.report(body).status for body in senders.bodies] == [TAKEN] * SENDERS
    kept, _messages = portal.kept()
    assert set(map(report_id_of, senders.bodies)) < set(kept)
    assert set(kept.values()) == {1}
    assert says_nothing_of(portal, *senders.bodies)


@pytest.mark.slow
def test_a_locked_database_costs_few_threads_and_loses_nothing(portal):
    before, _messages = portal.kept()
    with locked(portal):
        senders = stands_while_nobody_can_write(portal)
    assert portal.kept()[0] == before
    assert "SQLITE_BUSY" in portal.said() or "LockNotAvailable" in portal.said()
    comes_back(portal, senders)


@pytest.mark.slow
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


@pytest.fixture
def moment(monkeypatch):
    """The time that writers go by, to be moved."""
    now = [100.0]
    monkeypatch.setattr("app.writers.time.monotonic", lambda: now[0])
    return now


def test_nobody_queues_behind_a_writer_that_is_slow_until_one_is_quick_again(moment):
    writers = Writers(1)
    stuck = writers.enter()
    moment[0] += SLOW
    with pytest.raises(Refused):
        writers.enter()
    moment[0] += SLOW
    writers.leave(stuck)
    tries = writers.enter()  # one goes and sees
    with pytest.raises(Refused):
        writers.enter()
    writers.leave(tries)
    assert writers.enter()
    assert not writers.last_was_slow


def test_quick_writers_are_waited_for_in_any_number():
    writers, done = Writers(2), []

    def write():
        since = writers.enter()
        done.append(len(writers.inside))
        writers.leave(since)

    threads = [threading.Thread(target=write) for _number in range(SENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == SENDERS
    assert max(done) <= 2
    assert writers.inside == []


def test_whoever_waits_is_told_when_the_one_before_turns_out_to_be_stuck(moment):
    writers, told = Writers(1), []

    def wait():
        try:
            writers.enter()
        except Refused:
            told.append(1)

    stuck = writers.enter()
    threads = [threading.Thread(target=wait) for _number in range(3)]
    for thread in threads:
        thread.start()
    moment[0] += 2 * SLOW
    with writers.changed:
        writers.changed.notify_all()
    for thread in threads:
        thread.join()
    writers.leave(stuck)
    assert told == [1, 1, 1]


class Told(Exception):
    def __init__(self, sqlstate):
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("insert", {}, Told("53100")), True),
        (InternalError("insert", {}, Told("25006")), True),
        (InternalError("insert", {}, Told("25P02")), False),
        (ProgrammingError("insert", {}, Told("42601")), False),
        (InterfaceError("insert", {}, Told(None), connection_invalidated=True), True),
        (PoolTimeout(), True),
        (Refused(), True),
        (NoResultFound(), False),
    ],
)
def test_what_passes_asks_for_a_moment_and_what_does_not_is_a_fault(app, error, away, caplog):
    def fail():
        raise error

    app.add_url_rule("/t/fail", "fail", access("anyone", json=True)(fail))
    answer = app.test_client().get("/t/fail")
    assert answer.status_code == (503 if away else 500)
    assert ("Retry-After" in answer.headers) == away
    assert bool(caplog.records) == (not isinstance(error, Refused))  # whoever waits for the lock tells the log


def test_a_session_is_read_where_nothing_can_be_written_down(app, session, make):
    browser = StaffBrowser(app)
    assert browser.sign_in(make.organisation().people["caseworker"]).status_code == 200

    def seen(ago):
        session.query(StaffSession).update({"seen_at": datetime.now(UTC) - ago})
        session.commit()

    @event.listens_for(app.extensions["onestop_engine"], "before_cursor_execute")
    def only_read(_connection, _cursor, statement, *_):
        if statement.startswith(("UPDATE", "DELETE")):
            raise OperationalError(statement, {}, Told("53100"))

    seen(timedelta(minutes=5))
    assert browser.get("/queue").status_code == 200
    seen(timedelta(minutes=35))
    assert browser.get("/session").status_code == 401
