"""Several processes, one budget: counted in Redis, under keys that name nobody and are gone after their window."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis as Client

from app import create_app
from config import Settings
from tests.browser.live_portal import LivePortal
from tests.conftest import ASSETS
from tests.faults.redis import Redis
from tests.several.asking import ask

pytestmark = pytest.mark.slow
SECRET = secrets.token_hex(32)
EACH, ALL = 12, 30
ADDRESSES = ("192.0.2.77", "192.0.2.78", "2001:db8:1:2:3:4:5:6", "198.51.100.9")
HOUR, DAY = 3600, 86400


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    running = Redis(tmp_path_factory.mktemp("redis"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="module")
def portals(redis, tmp_path_factory):
    """Two masters, three workers in all; one master by TCP, one by a socket. No machine outlasts an hour here."""
    limits = {"limit_follow_up_each": f"{EACH} per hour", "limit_follow_up_all": f"{ALL} per hour"}
    shared = {"secret_key": SECRET, "demo": False, "trusted_proxies": "1", **limits}
    place = tmp_path_factory.mktemp("limits")
    with (
        LivePortal(place / "one", limits_storage=redis.url, **shared) as one,
        LivePortal(place / "other", workers=1, limits_storage=redis.socket_url, **shared) as other,
    ):
        yield one, other


@pytest.fixture
def counted(redis):
    """What Redis holds, emptied first: `counted()` gives {key: (value, seconds to live)}."""
    with Client(port=redis.port) as client:
        client.flushall()
        yield lambda: {key.decode(): (client.get(key), client.ttl(key)) for key in client.scan_iter()}


def statuses(portals, address, times):
    """Ask in turn and at once, all from one address; sorted."""

    def once(number):
        headers = {"X-Forwarded-For": address}
        return ask(portals[number % len(portals)], "POST", "/follow-up", {"token": "x"}, **headers).status

    with ThreadPoolExecutor(6) as several:
        return sorted(several.map(once, range(times)))


def test_an_address_has_one_share_at_all_workers(portals, counted):
    assert statuses(portals, ADDRESSES[0], EACH + 6) == [400] * EACH + [429] * 6
    assert statuses(portals[:1], ADDRESSES[1], 1) == [400]


def test_the_whole_budget_is_one(portals, counted):
    found = [status for address in ADDRESSES for status in statuses(portals, address, EACH - 2)]
    assert sorted(found) == [400] * ALL + [429] * (len(ADDRESSES) * (EACH - 2) - ALL)


def test_nothing_in_redis_is_an_address_and_nothing_stays(portals, counted):
    for address in ADDRESSES[:3]:
        statuses(portals, address, 2)
    found = counted()
    limits = create_app(Settings(secret_key=SECRET, asset_cache=str(ASSETS))).extensions["onestop_limits"]
    now = datetime.now(UTC)
    keys = {limits.key(address, day) for address in ADDRESSES[:3] for day in (now, now - timedelta(minutes=10))}
    of_addresses = {name for name in found if any(key in name for key in keys)}
    assert len(of_addresses) >= 3
    written = " ".join(f"{name} {value.decode()}" for name, (value, _ttl) in found.items())
    for piece in ("192.0.2", "198.51", "2001:db8", "2001:0db8", "c000024d", "127.0.0.1"):
        assert piece not in written
    assert all(value.isdigit() for value, _ttl in found.values())
    assert all(0 < ttl <= DAY for _value, ttl in found.values()), found
    assert all(found[name][1] <= HOUR + 2 for name in of_addresses)
