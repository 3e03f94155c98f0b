"""A portal that is searched, after a story, for every word that was typed in it."""

import contextlib
import socket
from pathlib import Path

from app.db import engine_for, session_for
from tests.browser.canaries import Search
from tests.browser.live_portal import LivePortal
from tests.durability.postgres import DurablePostgres


class SearchedPortal(LivePortal):
    """Of one story, so that what is searched is what that left; `server`: its PostgreSQL, if it has one."""

    server = None

    def pids(self):
        """Every process that holds what the portal was sent: its own, and the database's."""
        return super().pids() + ([] if self.server is None else self.server.pids())

    def places(self):
        """Every file of the portal and its database but the list of sign-ins, which is meant to hold passphrases."""
        directories = [self.directory] + ([] if self.server is None else [self.server.server.pgdata])
        found = [path for directory in directories for path in sorted(Path(directory).rglob("*")) if path.is_file()]
        return [path for path in found if path != self.accounts_file]

    @contextlib.contextmanager
    def session(self):
        engine = engine_for(self.environment["ONESTOP_DATABASE_URL"])
        with session_for(engine) as session:
            yield session
        engine.dispose()


@contextlib.contextmanager
def small_postgres():
    """A PostgreSQL of its own with little memory in common: all of it is searched."""
    with DurablePostgres() as server:
        server.set(shared_buffers="16MB")
        server.stop("fast")
        yield server


def look(portal, canaries):
    search = Search(canaries)
    for path in portal.places():
        with contextlib.suppress(FileNotFoundError):  # a database takes files of its own away
            search.file(path)
    for pid in portal.pids():
        search.process(pid)
    return search


@contextlib.contextmanager
def held_request(portal, body):
    """A report that is still arriving: its bytes lie in the memory of a worker that waits for the rest."""
    with socket.create_connection(("localhost", portal.port)) as connection:
        head = (
            f"POST /report HTTP/1.1\r\nHost: localhost:{portal.port}\r\nContent-Type: application/json\r\n"
            f"Sec-Fetch-Site: same-origin\r\nContent-Length: {len(body) + 1000}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        connection.settimeout(1)
        with contextlib.suppress(TimeoutError):
            connection.recv(1)  # the worker has it now, and has nothing to answer yet
        yield
