"""Connections that rested are asked whether they still live; those in use a moment ago are taken at their word.

Asking each time costs a way to the database and back, which is a fifth of what keeping a report takes. When a database
restarts under load, a request that meets a dead connection is asked to wait a moment, as are those that were under way.
"""

import time
from typing import Final

from sqlalchemy import Engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

RESTED: Final = 1.0  # seconds
_SINCE: Final = "onestop_resting_since"


def ask(engine: Engine) -> None:
    """Let the engine's pool ask; what does not answer is replaced by a new connection."""
    dialect = engine.dialect

    def rest(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
        entry.info[_SINCE] = time.monotonic()

    def wake(connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
        since = entry.info.get(_SINCE)
        if since is None or time.monotonic() - since < RESTED:
            return
        try:
            dialect.do_ping(connection)
        except dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error

    event.listen(engine, "checkin", rest)
    event.listen(engine, "checkout", wake)
