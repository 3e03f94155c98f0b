"""Portals on either database, in places that can be made too small."""

import itertools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from app.db import url_of
from tests.faults.faulty import FaultyPortal

NUMBERS = itertools.count()


def administrator(url):
    return create_engine(url_of(url), isolation_level="AUTOCOMMIT")


@pytest.fixture
def small_place():
    """A file system of 24 MiB in memory, with `fill()` and `empty()`."""
    if os.getuid() != 0:
        pytest.skip("only root may mount a small file system")
    with SmallPlace() as place:
        yield place


class SmallPlace:
    def __enter__(self):
        self.path = Path(tempfile.mkdtemp(prefix="onestop-small-"))
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m,mode=755", "tmpfs", str(self.path)], check=True)
        self.filler = self.path / "filler"
        return self

    def fill(self):
        """Take every byte that is left."""
        with self.filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while file.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue

    def empty(self):
        self.filler.unlink()

    def __exit__(self, *_):
        subprocess.run(["umount", "--lazy", str(self.path)], check=True)
        shutil.rmtree(self.path, ignore_errors=True)


@pytest.fixture
def postgres_database(postgres_url):
    """`make(place=None)` gives the address of an empty PostgreSQL database, in a place of its own if there is one."""
    made, places = [], []
    engine = administrator(postgres_url)

    def make(place=None):
        name, where = f"fault{os.getpid()}_{next(NUMBERS)}", ""
        with engine.connect() as connection:
            if place is not None:
                owner = connection.execute(text("SHOW data_directory")).scalar_one()
                home = place.path / "rows"
                home.mkdir()
                os.chown(home, Path(owner).stat().st_uid, -1)
                connection.execute(text(f"CREATE TABLESPACE {name}_place LOCATION '{home}'"))
                places.append(f"{name}_place")
                where = f" TABLESPACE {name}_place"
            connection.execute(text(f"CREATE DATABASE {name}{where}"))
        made.append(name)
        return postgres_url.replace("/postgres?", f"/{name}?")

    yield make
    with engine.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        for place in places:
            connection.execute(text(f"DROP TABLESPACE {place}"))
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def portal(request, tmp_path):
    """A running portal on either database."""
    with FaultyPortal(tmp_path / "portal", **settings_of(request)) as running:
        yield running


def settings_of(request, place=None):
    """The settings that name the database; which kind is the fixture's parameter."""
    if request.param == "postgresql":
        return {"database_url": request.getfixturevalue("postgres_database")(place)}
    return {"database_url": f"sqlite:///{place.path / 'onestop.db'}"} if place else {}


@pytest.fixture(params=["sqlite", "postgresql"])
def cramped(request, tmp_path, small_place):
    """A running portal whose database lies in a small place, `portal.place`."""
    with FaultyPortal(tmp_path / "portal", **settings_of(request, small_place)) as running:
        running.place = small_place
        yield running
