"""Debian's PostgreSQL, which `make test-all` installs, carries what the newest one carries."""

import os
import re
import subprocess
import sys

import pytest
from sqlalchemy import text

from app.db import engine_for
from tests.browser.live_portal import ROOT
from tests.several.debian_postgres import DebianPostgres

pytestmark = pytest.mark.slow
SUITES = (
    "tests/services",
    "tests/migrations",
    "tests/cli/test_tick.py",
    "tests/test_db_waiting.py",
    "tests/test_db.py",
)


@pytest.fixture(scope="module")
def server():
    with DebianPostgres() as running:
        yield running


def test_the_services_and_the_migrations_work_on_it_as_on_the_newest(server):
    engine = engine_for(server.url)
    with engine.connect() as connection:
        version = connection.execute(text("SHOW server_version")).scalar_one()
    engine.dispose()
    assert version.partition(".")[0] == server.programs.parent.name
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not slow", "-k", "postgresql"]
    ran = subprocess.run(
        [*command, *SUITES],
        cwd=ROOT, env={**os.environ, "TEST_POSTGRES_URL": server.url}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-6000:] + ran.stderr[-2000:]
    passed = int(re.search(r"(\d+) passed", ran.stdout)[1])
    assert passed > 150
