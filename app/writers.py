"""How many threads may write, or wait to write, at once: where a database is stuck, the others must serve pages.

SQLite has one writer anyway, so one thread of a process waits for it and the rest wait here, where they can be told.
"""

import time
from threading import Condition
from typing import Final

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from app.services.transaction import READS_ONLY

MOST: Final = {"sqlite": 1, "postgresql": 6}  # of the eight threads of a process
SLOW: Final = 3.0  # seconds; a writer that takes longer says that the database is stuck
PATIENCE: Final = 6.0  # seconds in the queue for a place, while the writers before are quick
_PLACE: Final = "onestop_writing_since"


class Refused(PoolTimeout):
    """There was no place to wait for the database. Whoever waits already tells the log why."""


class Writers:
    """The places of one engine's writers. Once one was slow, nobody queues until one is quick again."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.inside: list[float] = []
        self.last_was_slow = False
        self.changed = Condition()

    def enter(self) -> float:
        """Take a place, and give the moment. Raises Refused at once behind a stuck database, and after the patience."""
        with self.changed:
            arrived = now = time.monotonic()
            while len(self.inside) >= self.most:
                left = min(min(self.inside) + SLOW, arrived + PATIENCE) - now
                if self.last_was_slow or left <= 0:
                    raise Refused
                self.changed.wait(left)
                now = time.monotonic()
            self.inside.append(now)
            return now

    def leave(self, since: float) -> None:
        """Give the place back, and learn from how long it was held."""
        with self.changed:
            self.inside.remove(since)
            was_slow, self.last_was_slow = self.last_was_slow, time.monotonic() - since > SLOW
            if self.last_was_slow and not was_slow:
                self.changed.notify_all()
            else:
                self.changed.notify()


def watch(engine: Engine) -> None:
    """Let the engine's connections give their places back."""
    writers = Writers(MOST[engine.dialect.name])

    def give_back(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        since = entry.info.pop(_PLACE, None)
        if since is not None:
            writers.leave(since)

    def begin(connection: Connection) -> None:
        if connection.info.get(_PLACE) is None and not connection.get_execution_options().get(READS_ONLY, False):
            connection.info[_PLACE] = writers.enter()

    event.listen(engine, "begin", begin)
    event.listen(engine, "checkin", give_back)
