"""The store of shred keys alone fails: locked, full, read-only, out of its place or damaged."""

import os
import sqlite3
import subprocess
from contextlib import closing, contextmanager

import pytest
from sqlalchemy import text

from tests.faults.faulty import TAKEN, FaultyPortal, all_stand, report_id_of, says_nothing_of, staff_can_read
from tests.faults.remounting import remount

pytestmark = pytest.mark.slow
ONE = 1  # worker: what it has in hand is then known
FAULT = 500


@pytest.fixture(params=["sqlite", "postgresql"])
def alone(request, tmp_path):
    """A portal with one worker, which has taken no key yet."""
    chosen = {} if request.param == "sqlite" else {"database_url": request.getfixturevalue("postgres_database")()}
    with FaultyPortal(tmp_path / "portal", ONE, **chosen) as running:
        yield running


@contextmanager
def apart(directory, folder):
    """A portal on SQLite whose store lies in a folder of its own."""
    with FaultyPortal(directory / "portal", ONE, shred_url=f"sqlite:///{folder / 'keys.db'}") as running:
        yield running


@contextmanager
def locked(portal):
    if portal.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(portal.databases[1], isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")
        return
    with portal.engine.connect() as other:
        other.execute(text("LOCK TABLE shred.shred_key IN EXCLUSIVE MODE"))
        yield
    portal.engine.dispose()


def ready(portal):
    return portal.ask("GET", "/readyz").json["status"]


def reads_as_before(portal):
    """What was sealed earlier is there for whoever may have it, and pages stand."""
    assert portal.follow_up().status == 200
    return all_stand(portal) and staff_can_read(portal)


def comes_back(portal, *bodies):
    """What was refused is taken as it is, whole and once."""
    assert [portal.until_taken(lambda body=body: portal.report(body)) for body in bodies] == [TAKEN] * len(bodies)
    kept, _messages = portal.kept()
    assert set(map(report_id_of, bodies)) < set(kept)
    assert set(kept.values()) == {1}
    assert ready(portal) == "ok"
    return says_nothing_of(portal, *bodies)


def test_a_locked_store_asks_for_a_moment_and_keeps_nobody_from_reading(alone):
    before, body = alone.kept(), alone.new_report()
    with locked(alone):
        assert alone.report(body).asks_for_a_moment
        assert reads_as_before(alone)
        # A message lies under the key of its letter, which is there.
        assert alone.send_message(alone.message()).status == TAKEN
    assert alone.kept()[0] == before[0]
    assert comes_back(alone, body)


def test_keys_that_are_in_hand_are_durable_and_go_on_while_the_store_is_locked(alone):
    assert alone.report(alone.new_report()).status == TAKEN
    bodies = [alone.new_report() for _number in range(20)]
    with locked(alone):
        assert [alone.report(body).status for body in bodies] == [TAKEN] * len(bodies)
    alone.stop()
    alone.start()
    assert comes_back(alone, *bodies)
    assert reads_as_before(alone)


def test_a_full_disk_under_the_store_alone(tmp_path, small_place):
    with apart(tmp_path, small_place.path) as portal:
        before, bodies = portal.kept()[0], [portal.new_report() for _number in range(3)]
        small_place.fill()
        assert all(portal.report(body).asks_for_a_moment for body in bodies)
        assert reads_as_before(portal)
        assert portal.kept()[0] == before
        small_place.empty()
        assert comes_back(portal, *bodies)
        assert "SQLITE_FULL" in portal.said()


def test_a_store_that_became_read_only_alone(tmp_path):
    if os.getuid() != 0:
        pytest.skip("only root may mount a folder read-only")
    folder = tmp_path / "keys"
    folder.mkdir()
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        with apart(tmp_path, folder) as portal:
            body = portal.new_report()
            portal.kill()
            remount(folder, "ro")
            portal.start()
            assert portal.report(body).asks_for_a_moment
            assert reads_as_before(portal)
            portal.stop()
            remount(folder, "rw")
            portal.start()
            assert comes_back(portal, body)
            assert "SQLITE_READONLY" in portal.said()
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_store_that_is_out_of_its_place_is_waited_for_and_never_replaced(tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir()
    with apart(tmp_path, folder) as portal:
        elsewhere, body = tmp_path / "elsewhere", portal.new_report()
        folder.rename(elsewhere)
        portal.change_workers()
        assert portal.report(body).asks_for_a_moment
        assert ready(portal) == "shred_store"
        assert all_stand(portal)
        assert portal.follow_up().asks_for_a_moment
        assert not folder.exists()
        elsewhere.rename(folder)
        assert comes_back(portal, body)
        assert reads_as_before(portal)


def test_a_damaged_store_is_a_fault_that_is_told_and_the_copy_of_it_serves(tmp_path):
    folder = tmp_path / "keys"
    folder.mkdir()
    with apart(tmp_path, folder) as portal:
        store, body = folder / "keys.db", portal.new_report()
        good = store.read_bytes()
        store.write_bytes(os.urandom(len(good)))
        answer = portal.report(body)
        assert (answer.status, answer.json["code"]) == (FAULT, "fault")
        assert ready(portal) == "shred_store"
        assert all_stand(portal)
        portal.kill()
        for file in folder.iterdir():
            file.unlink()
        store.write_bytes(good)
        portal.start()
        assert comes_back(portal, body)
        assert reads_as_before(portal)
        assert "SQLITE_CORRUPT" in portal.said() or "SQLITE_NOTADB" in portal.said()
