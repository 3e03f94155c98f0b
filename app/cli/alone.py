"""One at a time: a lock that ends with the process that holds it, however that ended."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Engine, text

OWNER_ONLY: Final = 0o600
# PostgreSQL names its advisory locks by numbers, for each database: these are ours.
NUMBERS: Final = {"tick": 0x6F6E6573746F7001}


@contextmanager
def alone(engine: Engine, name: str) -> Iterator[bool]:
    """Hold the lock of that name on the engine's database, and say whether it was free; waits for nobody."""
    held = _lock_file(engine, name) if engine.dialect.name == "sqlite" else _advisory_lock(engine, name)
    with held as free:
        yield free


@contextmanager
def _lock_file(engine: Engine, name: str) -> Iterator[bool]:
    """A file beside the database. It stays: a file that is taken away could be locked twice."""
    descriptor = os.open(f"{engine.url.database}.{name}", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, OWNER_ONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)


@contextmanager
def _advisory_lock(engine: Engine, name: str) -> Iterator[bool]:
    """On a connection of its own and in no transaction, so that nothing that it would hold back has to wait."""
    number = {"number": NUMBERS[name]}
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        free = bool(connection.execute(text("SELECT pg_try_advisory_lock(:number)"), number).scalar())
        try:
            yield free
        finally:
            if free:
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), number)
