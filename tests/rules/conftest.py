"""The rules look at the portal itself: one database is enough for them, but where a test asks for both."""

import pytest

from tests.conftest import empty_database


@pytest.fixture
def database_url(request, tmp_path):
    return empty_database(request, getattr(request, "param", "sqlite"), tmp_path)
