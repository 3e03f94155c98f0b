"""The database can be read and not written: a file system that the kernel made read-only, a PostgreSQL standby."""

import os
import subprocess
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from app.db import session_for
from app.models import StaffSession
from app.rested import RESTED
from tests.faults.conftest import administrator
from tests.faults.faulty import TAKEN, all_stand, says_nothing_of, staff_can_read
from tests.faults.remounting import remount

pytestmark = pytest.mark.slow


@contextmanager
def read_only_sqlite(portal, _url):
    """As after a crash: the write-ahead log is still there, and root's rights do not help."""
    portal.kill()
    folder = portal.database.parent / "rows"
    remount(folder, "ro")
    portal.start()
    yield
    portal.stop()
    remount(folder, "rw")
    portal.start()


@contextmanager
def read_only_postgresql(portal, url):
    name = portal.engine.url.database
    engine = administrator(url)

    def switch(setting):
        with engine.connect() as connection:
            connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = {setting}"))
            connection.execute(
                text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
            )
        time.sleep(RESTED + 0.1)  # connections in use a moment ago are taken at their word: these were just cut

    switch("on")
    yield
    switch("off")
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def switching(request, tmp_path):
    """A portal, and what makes its database read-only for a while."""
    from tests.faults.faulty import FaultyPortal

    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_database")()
        with FaultyPortal(tmp_path / "portal", database_url=url) as running:
            yield running, read_only_postgresql(running, request.getfixturevalue("postgres_url"))
        return
    if os.getuid() != 0:
        pytest.skip("only root may mount a folder read-only")
    folder = tmp_path / "portal" / "rows"
    folder.mkdir(parents=True)
    subprocess.run(["mount", "--bind", str(folder), str(folder)], check=True)
    try:
        with FaultyPortal(tmp_path / "portal", database_url=f"sqlite:///{folder / 'onestop.db'}") as running:
            yield running, read_only_sqlite(running, "")
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_what_can_only_be_read_is_read_and_whoever_sends_is_asked_for_a_moment(switching):
    portal, read_only = switching
    assert portal.report(first := portal.new_report()).status == TAKEN
    before = portal.kept()
    # Long enough ago that the portal would note that the session is in use.
    with session_for(portal.engine) as session:
        session.query(StaffSession).update({"seen_at": datetime.now(UTC) - timedelta(minutes=5)})
        session.commit()
    portal.engine.dispose()
    second, message = portal.new_report(), portal.message()
    with read_only:
        for _time in range(4):
            assert portal.report(second).asks_for_a_moment
        assert portal.report(first).asks_for_a_moment  # on SQLite even looking it up asks for the right to write
        assert portal.send_message(message).asks_for_a_moment
        assert all_stand(portal)
        assert staff_can_read(portal)
        assert portal.follow_up().status == 200
    assert portal.kept() == before
    # A connection that was cut is noticed by whoever uses it first.
    assert portal.until_taken(lambda: portal.report(second)) == TAKEN
    assert portal.until_taken(lambda: portal.send_message(message)) == TAKEN
    assert "SQLITE_READONLY" in portal.said() or "ReadOnlySqlTransaction" in portal.said()
    assert says_nothing_of(portal, first, second)
