"""Both databases as in service: what they say is kept is on the disk."""

import pytest

from tests.durability.postgres import DurablePostgres
from tests.durability.serving import fresh, portal_on


@pytest.fixture(scope="session")
def durable_postgres():
    with DurablePostgres() as running:
        yield running


@pytest.fixture(params=["sqlite", "postgresql"])
def durable_url(request, tmp_path):
    return fresh(request, tmp_path)


@pytest.fixture
def set_up(tmp_path):
    """`set_up(url, workers=4, **settings)` gives a portal, not yet started, and two organisations to write to."""
    return lambda url, *workers, **settings: portal_on(url, tmp_path, *workers, **settings)
