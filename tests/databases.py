"""Which databases a test needs. By default each runs on both; where nothing depends on the database, one is enough."""

import pytest

on_one = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
# SQLite lets nobody write in between, so what happens there cannot happen.
on_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
