"""A portal without demo, on either database, whose database waits for the disk as in service."""

import pytest

from app.db import engine_for, session_for
from tests.browser.live_portal import LivePortal
from tests.durability.postgres import DurablePostgres
from tests.making import Maker

# The portal's budgets are not what is tested, and a load from one address would be spent in a second.
NO_LIMITS = {"limit_report_all": "1000000 per minute", "limit_report_each": "1000000 per minute"}


@pytest.fixture(scope="session")
def durable_postgres():
    with DurablePostgres() as running:
        yield running


def fresh(request, directory):
    """The address of an empty database that keeps what it says it keeps; which kind is the fixture's parameter."""
    if request.param == "sqlite":
        return f"sqlite:///{directory / 'onestop.db'}"
    return request.getfixturevalue("durable_postgres").database()


@pytest.fixture(params=["sqlite", "postgresql"])
def durable_url(request, tmp_path):
    return fresh(request, tmp_path)


@pytest.fixture
def set_up(tmp_path):
    """`set_up(url, workers=4, **settings)` gives a portal, not yet started, and two organisations to write to."""
    return lambda url, *workers, **settings: portal_on(url, tmp_path, *workers, **settings)


def portal_on(url, directory, workers=4, **settings):
    portal = LivePortal(directory / "portal", workers, demo=False, database_url=url, **settings)
    return portal, organisations_in(url)


def organisations_in(url):
    """Two new organisations."""
    engine = engine_for(url)
    with session_for(engine) as session:
        make = Maker(session)
        made = [make.organisation(slug) for slug in ("centre", "commission")]
    engine.dispose()
    return made
