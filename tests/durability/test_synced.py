"""A page cache survives a kill, but no power cut: so the logs must be on the disk before each 201 leaves. By strace."""

import pytest

from tests.durability.sending import Line, report_to
from tests.durability.tracing import Trace, events, synced

REPORTS = 20
SQLITE_LOG, KEYS_LOG, POSTGRES_LOG = "/onestop.db-wal", "/onestop.shred.db-wal", "/pg_wal/"
SMALL, UNSYNCED = "tests.durability.small_batches:application", "tests.durability.unsynced:application"


def traced(portal, organisations, pids, directory, *logs):
    """Send reports one after another, and tell of each whether its logs were synced before its 201, log by log."""
    with portal:
        line = Line(portal.port)
        assert line.post(report_to(organisations)).status == 201
        with Trace([*portal.pids()[1:], *pids()], directory / "trace") as trace:
            for _report in range(REPORTS):
                assert line.post(report_to(organisations)).status == 201
        line.close()
    reports = [trace.reports(log) for log in logs]
    assert {len(found) for found in reports} == {REPORTS}, "the trace does not show every report"
    return reports


@pytest.mark.slow
@pytest.mark.parametrize("application", [(SMALL,), (UNSYNCED,)], ids=["as it is", "unsynced"])
def test_sqlite_has_synced_a_report_and_its_keys_before_each_201(set_up, tmp_path, application):
    portal, organisations = set_up(f"sqlite:///{tmp_path / 'onestop.db'}", 2)
    portal.application = application
    for reports in traced(portal, organisations, list, tmp_path, SQLITE_LOG, KEYS_LOG):
        assert all(reports) if application == (SMALL,) else not any(reports)


@pytest.mark.slow
def test_sqlite_has_synced_where_keys_are_made_ahead(set_up, tmp_path):
    portal, organisations = set_up(f"sqlite:///{tmp_path / 'onestop.db'}", 2)
    (reports,) = traced(portal, organisations, list, tmp_path, SQLITE_LOG)
    assert all(reports)


@pytest.mark.slow
@pytest.mark.parametrize("switched_off", [None, "fsync", "synchronous_commit"])
def test_postgresql_has_synced_before_each_201(set_up, durable_postgres, tmp_path, switched_off):
    url = durable_postgres.database()
    if switched_off:
        # The process that writes the log at its own leisure would otherwise now and then come in time.
        durable_postgres.set(wal_writer_delay="10s", **{switched_off: "off"})
    try:
        portal, organisations = set_up(url, 2)
        (reports,) = traced(portal, organisations, durable_postgres.pids, tmp_path, POSTGRES_LOG)
    finally:
        durable_postgres.reset()
    assert all(reports) != bool(switched_off)


WRITE = 'pwrite64(5</x/onestop.db-wal>, "\\0"..., 24, 32) = 24'
SYNC = "fdatasync(5</x/onestop.db-wal>) = 0"


@pytest.mark.parametrize(
    ("window", "enough"),
    [
        ([("1", WRITE), ("1", SYNC)], True),
        ([("1", WRITE), ("2", SYNC)], True),
        ([("1", WRITE)], False),
        ([("1", SYNC)], False),
        ([("1", SYNC), ("1", WRITE)], False),
        ([("1", WRITE), ("1", SYNC), ("1", WRITE)], False),
        ([("1", WRITE), ("1", SYNC.replace("= 0", "= -1 EIO (Input/output error)"))], False),
        ([("1", WRITE), ("1", SYNC.replace("-wal", "-shm"))], False),
    ],
)
def test_only_a_sync_after_the_last_write_is_enough(window, enough):
    assert synced(window, SQLITE_LOG) is enough


def test_what_ends_later_counts_later_but_an_answer_counts_from_its_beginning():
    trace = (
        '1 sendto(9<socket:[1]>, "HTTP/1.1 201 CREATED"..., 755, 0, NULL, 0 <unfinished ...>\n'
        "2 fdatasync(5</x/onestop.db-wal> <unfinished ...>\n"
        "1 <... sendto resumed>) = 755\n"
        "3 +++ exited with 0 +++\n"
        "2 <... fdatasync resumed>) = 0\n"
    )
    calls = [call for _pid, call in events(trace)]
    assert [call.partition("(")[0] for call in calls] == ["sendto", "+++ exited with 0 +++", "fdatasync"]
    assert calls[-1] == SYNC
