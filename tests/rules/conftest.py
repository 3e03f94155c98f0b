"""The rules look at the portal itself: one database is enough for them."""

import pytest

from tests.databases import copy_database


@pytest.fixture
def database_url(sqlite_file, tmp_path):
    path = tmp_path / "onestop.db"
    copy_database(sqlite_file, path)
    return f"sqlite:///{path}"
