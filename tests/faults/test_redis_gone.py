"""The shared counter of the limits is away: reports go on being taken, and each process counts for itself."""

import json
import time

import pytest
from limits import parse
from limits.errors import StorageError

from app.counting import ANSWERS_WITHIN, AWAY_FOR, Counts, Windows
from app.limits import Limits
from tests.databases import on_one
from tests.faults.faulty import TAKEN, FaultyPortal, says_nothing_of
from tests.faults.redis import Redis

A_FEW = 3
REQUESTS = 40


@pytest.fixture
def redis(tmp_path):
    found = Redis(tmp_path / "redis")
    yield found
    found.stop()


def portal_of(redis, directory, workers=1, **settings):
    return FaultyPortal(directory / "portal", workers, limits_storage=redis.url, **settings)


def takes(portal, number=REQUESTS):
    """Send so many, all of which are taken; give the bodies."""
    bodies = [portal.new_report() for _number in range(number)]
    assert [portal.report(body).status for body in bodies] == [TAKEN] * number
    assert says_nothing_of(portal, *bodies)
    return bodies


@pytest.mark.slow
def test_redis_that_never_was_there_and_one_that_dies(redis, tmp_path):
    with portal_of(redis, tmp_path, 2) as portal:
        takes(portal, A_FEW)
        assert "limits_storage_away" in portal.said()
        redis.start()
        time.sleep(AWAY_FOR + 1)  # it is not asked before
        takes(portal, A_FEW)
        redis.stop()
        takes(portal, A_FEW)


@pytest.mark.slow
def test_redis_that_hangs_holds_up_whoever_comes_first_and_nobody_else(redis, tmp_path):
    redis.start()
    with portal_of(redis, tmp_path) as portal:
        takes(portal, A_FEW)
        redis.sleep()
        began = time.monotonic()
        takes(portal)
        # Had each waited for Redis even once, it would have been as long as this.
        assert time.monotonic() - began < REQUESTS * ANSWERS_WITHIN / 2
        redis.wake()


@pytest.mark.slow
def test_while_redis_is_gone_each_process_keeps_to_the_budget(redis, tmp_path):
    with portal_of(redis, tmp_path, limit_report_each=f"{A_FEW} per hour") as portal:
        takes(portal, A_FEW)
        refused = portal.report(portal.new_report())
        assert (refused.status, refused.json["retry_after"] > 0) == (429, True)
        assert json.loads(refused.body)["code"] in {"delayed", "proof_required"}
        # A budget of its own: coming back is still possible.
        assert portal.follow_up().status == 200


class Failing(Counts):
    """A storage that does not answer, and counts how often it was asked."""

    STORAGE_SCHEME = ("failing",)
    asked = 0

    def get(self, _key):
        self.asked += 1
        raise StorageError(TimeoutError())


@on_one
def test_a_storage_that_failed_is_left_alone_for_a_while(app, monkeypatch):
    limits: Limits = app.extensions["onestop_limits"]
    storage, moment = Failing(), [1000.0]
    monkeypatch.setattr("app.counting.time.monotonic", lambda: moment[0])
    limits.shared = Windows(storage)
    for _request in range(REQUESTS):
        limits.spend("page", "192.0.2.1")
    assert storage.asked == 1
    moment[0] += AWAY_FOR
    limits.spend("page", "192.0.2.1")
    assert storage.asked == 2
    window = parse("100000 per minute")
    assert limits.fallback.get_window_stats(window, "page", "all").remaining == 100000 - REQUESTS - 1
