"""A worker may open no further file: many connections, a limit that is too low."""

import errno
import http.client
import resource
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.server_worker import FEWEST, FILES_KEPT, PAUSE, PatientWorker, most_connections
from tests.bench.load import cpu_seconds
from tests.faults.faulty import TAKEN, FaultyPortal, report_id_of, says_nothing_of

MORE = 6  # files that are left
HELD = 40
WATCHED = 4.0  # seconds
REFUSED = (http.client.HTTPException, OSError)


def worker_of(portal):
    _master, *workers = portal.pids()
    (worker,) = workers
    return worker


def allow(pid, files):
    subprocess.run(["prlimit", f"--pid={pid}", f"--nofile={files}:"], check=True)


@pytest.mark.slow
def test_a_worker_without_files_neither_dies_nor_spins_and_recovers_by_itself(tmp_path):
    with FaultyPortal(tmp_path / "portal", workers=1) as portal:
        first = portal.new_report()
        assert portal.report(first).status == TAKEN
        worker = worker_of(portal)
        usual = len(list(Path(f"/proc/{worker}/fd").iterdir()))
        allow(worker, usual + MORE)
        bodies = [portal.new_report() for _number in range(MORE)]
        with portal.half_open(HELD):
            time.sleep(1)
            before = cpu_seconds([worker])
            time.sleep(WATCHED)
            # A listener that is ready and cannot be served would keep one core busy: its seconds would be all of these.
            assert cpu_seconds([worker]) - before < WATCHED / 4
        answers = []
        for body in bodies:
            try:
                answers.append(portal.report(body).status)
            except REFUSED:  # no answer: the browser sends again
                answers.append(None)
        assert set(answers) <= {TAKEN, 503, None}
        # Nobody started anything anew, and the limit is as low as before.
        assert worker_of(portal) == worker
        assert [portal.report(body).status for body in bodies] == [TAKEN] * MORE
        kept, _messages = portal.kept()
        assert {report_id_of(body) for body in [first, *bodies]} < set(kept)
        assert set(kept.values()) == {1}
        assert says_nothing_of(portal, *bodies)


def test_connections_leave_enough_files_for_the_rest():
    assert most_connections(1000, 1024) == 1024 - FILES_KEPT
    assert most_connections(1000, 524288) == 1000
    assert most_connections(1000, resource.RLIM_INFINITY) == 1000
    assert most_connections(1000, 20) == FEWEST


class Listener:
    """Fails in a given way."""

    def __init__(self, number):
        self.number = number

    def accept(self):
        raise OSError(self.number, "no")

    def setblocking(self, _flag):
        pass


@pytest.fixture
def worker():
    """A worker as far as it accepts; `registered` counts."""
    made = PatientWorker.__new__(PatientWorker)
    made.closed_until, made._accepting, made.sockets = 0.0, True, [Listener(0)]
    made.poller = SimpleNamespace(open=True)
    made.poller.register = lambda *_: setattr(made.poller, "open", True)
    made.poller.unregister = lambda *_: setattr(made.poller, "open", False)
    return made


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE])
def test_nobody_is_let_in_for_a_while_after_there_was_no_file(worker, monkeypatch, number):
    moment = [100.0]
    monkeypatch.setattr("app.server_worker.time.monotonic", lambda: moment[0])
    worker.accept(Listener(number))
    assert not worker.poller.open
    worker.set_accept_enabled(enabled=True)  # as the worker's loop asks for each time
    assert not worker.poller.open
    moment[0] += PAUSE
    worker.set_accept_enabled(enabled=True)
    assert worker.poller.open


def test_what_is_no_want_of_files_is_as_before(worker):
    worker.accept(Listener(errno.ECONNABORTED))
    assert worker.poller.open
    with pytest.raises(OSError, match="no"):
        worker.accept(Listener(errno.EBADF))
