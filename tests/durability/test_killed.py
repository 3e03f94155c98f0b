"""Whatever was acknowledged is there, whole and once, however often the processes that took it in are killed."""

import os
import random
import signal
import socket
import time
import urllib.request
from pathlib import Path

import pytest

from tests.durability.kept import complaints
from tests.durability.sending import ONE_MOMENT, Senders
from tests.durability.serving import NO_LIMITS

pytestmark = pytest.mark.slow

KILLS = 200
WORKERS = 4
SHARED_MEMORY = Path("/dev/shm")
TOKEN = "a token of the tests for reading figures"
BETWEEN = 4  # further reports acknowledged between two kills: each hits a portal at work


def kill_one(portal, killed):
    """Kill a worker that was not killed before. Raises IndexError where the master has none just now."""
    alive = [pid for pid in portal.pids()[1:] if pid not in killed]
    pid = random.choice(alive)
    os.kill(pid, signal.SIGKILL)
    killed.add(pid)


def served(portal, path):
    asked = urllib.request.Request(portal.url + path, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        return answer.status


def assert_kept(url, told):
    assert told.failures == []
    assert complaints(url, told.acknowledged) == []


def test_workers_killed_200_times(set_up, durable_url):
    portal, organisations = set_up(durable_url, WORKERS, metrics_token=TOKEN, **NO_LIMITS)
    killed = set()
    with portal:
        master = portal.pids()[0]
        with Senders(portal.port, organisations) as senders:
            senders.wait_for_more(20)
            while len(killed) < KILLS:
                senders.wait(lambda: set(portal.pids()[1:]) - killed, "a worker in place of one killed")
                time.sleep(random.uniform(0, 0.01))  # in whatever they are doing
                kill_one(portal, killed)
                senders.wait_for_more(BETWEEN)
        assert portal.pids()[0] == master
        assert served(portal, "/readyz") == 200
        assert served(portal, "/metrics") == 200  # though it reads what the killed were writing
    told = senders.told
    print(f"{len(killed)} kills, {senders.count} acknowledged, {told.broken} lines broken, {told.retried} retried")
    assert len(killed) == KILLS
    assert set(told.refusals) <= {ONE_MOMENT}
    # Otherwise nobody was hit, and nothing was tested.
    assert told.broken >= KILLS / 4
    assert told.retried > 0
    assert_kept(durable_url, told)


def test_the_master_killed_and_started_again(set_up, durable_url):
    """Alone, and with all its workers. What is left of it is ended before the next begins, as systemd does."""
    portal, organisations = set_up(durable_url, WORKERS, **NO_LIMITS)
    masters = []
    with portal, Senders(portal.port, organisations) as senders:
        for gently in (True, False, True):
            senders.wait_for_more(50)
            master, *workers = portal.pids()
            masters.append(master)
            os.kill(master, signal.SIGKILL)
            for pid in workers:
                os.kill(pid, signal.SIGTERM if gently else signal.SIGKILL)
            portal.process.wait()
            senders.wait(lambda: nobody_listens(portal.port), "the end of what was left")
            portal.start()
        senders.wait_for_more(50)
    assert senders.told.broken > 0
    assert_kept(durable_url, senders.told)
    # The next master cleared away what a killed one could not.
    assert [path for master in masters for path in SHARED_MEMORY.glob(f"onestop-figures-{master}-*")] == []


def nobody_listens(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
