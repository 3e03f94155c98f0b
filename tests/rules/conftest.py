"""The rules look at the portal itself: one database is enough for them."""

import shutil

import pytest


@pytest.fixture
def database_url(sqlite_file, tmp_path):
    path = tmp_path / "onestop.db"
    shutil.copy(sqlite_file, path)
    return f"sqlite:///{path}"
