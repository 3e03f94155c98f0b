"""However much there is to back up, open and restore, the commands need no more memory for it."""

import os
import subprocess
import sys

import pytest

from app.db import engine_for, session_for
from tests.browser.live_portal import ROOT, LivePortal
from tests.making import LETTER, Maker
from tests.making_many import fill_referrals

pytestmark = pytest.mark.slow

FEW, MANY = 500, 15_000
DATA = (MANY - FEW) * LETTER
# Half of what the rows alone would take, were they all held at once. SQLite fills a cache of 64 MiB while restoring.
MORE, CACHE = DATA // 2, 64 * 1024 * 1024


# Between us and the command stands a small process: until it starts a program, a child counts what its parent holds.
SMALL = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024)
"""


def peak(command, environment):
    """Run it; give the most memory that it ever held, in bytes."""
    ran = subprocess.run(
        [sys.executable, "-c", SMALL, *command], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    return int(ran.stdout)


class Rounds:
    """The three commands on a portal with so many letters, each with its peak of memory."""

    def __init__(self, directory, new_database):
        self.directory, self.new_database = directory, new_database
        self.flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
        self.client = [sys.executable, "-m", "app.client"]
        public, self.words = directory / "backup.pub", directory / "backup.words"
        subprocess.run(
            [*self.client, "backup-key", "--public", public, "--private", self.words],
            cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        self.recipient = ["--recipient", str(public)]

    def peaks(self, letters):
        place = self.directory / str(letters)
        portal = LivePortal(place, demo=False, database_url=self.new_database(f"full{letters}"))
        engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
        with session_for(engine) as session:
            centre = Maker(session).organisation()
        fill_referrals(engine, centre, letters, letter_bytes=LETTER)
        engine.dispose()
        here = portal.environment
        there = here | {"ONESTOP_DATABASE_URL": self.new_database(f"empty{letters}")}
        made = peak([*self.flask, "backup", "--to", str(place), *self.recipient], here)
        (sealed,) = place.glob("*.backup")
        opened = place / "opened"
        read = peak([*self.client, "open-backup", sealed, "--key", self.words, "--to", opened], here)
        return made, read, peak([*self.flask, "restore", opened], there)


@pytest.fixture(params=["sqlite", "postgresql"])
def rounds(request, tmp_path):
    if request.param == "sqlite":
        yield Rounds(tmp_path, lambda name: f"sqlite:///{tmp_path / name}.db")
        return
    url = request.getfixturevalue("postgres_url")
    server, made = engine_for(url), []
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as admin:

        def new_database(name):
            admin.exec_driver_sql(f"CREATE DATABASE {name}")
            made.append(name)
            return url.replace("/postgres?", f"/{name}?")

        yield Rounds(tmp_path, new_database)
        for name in made:
            admin.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()


def test_memory_stays_flat(rounds):
    few, many = rounds.peaks(FEW), rounds.peaks(MANY)
    more = [much - little for little, much in zip(few, many, strict=True)]
    assert more[0] < MORE, (few, many)
    assert more[1] < MORE, (few, many)
    assert more[2] < MORE + CACHE, (few, many)
    print([round(peak / 2**20) for peak in (*few, *many)])


def test_holding_everything_would_be_seen():
    program = f"import hashlib\nheld = [hashlib.shake_256(b'x').digest({DATA})]"
    assert peak([sys.executable, "-c", program], os.environ) > peak([sys.executable, "-c", "pass"], os.environ) + MORE
