"""A portal with every place in which a word could be left: all of them are searched, and one can be planted in each."""

import contextlib
import gzip
import smtplib
import sqlite3
import stat
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import text

from tests.browser.canaries import Search
from tests.browser.live_portal import ROOM
from tests.browser.searched_portal import SearchedPortal, held_request
from tests.cli.mail_server import HOST

DUTY = "duty@centre.example"


class FullPortal(SearchedPortal):
    """With Redis for the limits, a mail server, and a temporary directory of its own: every place that there can be."""

    def __init__(self, directory, redis, port, server=None):
        mail = {"smtp_host": HOST, "smtp_port": str(port), "smtp_tls": "off", "mail_from": "notice@portal.example"}
        database = {} if server is None else {"database_url": server.database()}
        super().__init__(directory, limits_storage=redis.url, **mail, **ROOM, **database)
        self.redis, self.inbox, self.server = redis, None, server
        self.temporary = self.directory / "temporary"
        self.temporary.mkdir()
        self.environment["TMPDIR"] = str(self.temporary)

    def pids(self):
        return [*super().pids(), self.redis.process.pid]

    def answers(self):
        """The workers are there, Redis left aside."""
        return super().answers() and len(self.pids()) > self.workers + 1

    def places(self):
        """Files with a name, in memory or on a disk, and those that a process has open without one."""
        found = [*super().places(), *Path("/dev/shm").glob(f"onestop-figures-{self.process.pid}-*/*")]
        for pid in self.pids():
            found += [_named(path) for path in Path(f"/proc/{pid}/fd").iterdir() if _is_regular(path)]
        return list(dict.fromkeys(found))

    def is_the_database(self, place):
        """Whether that is where what was published may lie: rows, their log, and the memory of whoever reads them."""
        if place.startswith("process "):
            return True
        if self.server is None:
            return place in {self.database.name, f"{self.database.name}-wal"}
        rows = Path(self.server.server.pgdata)
        return any(path.name == place for part in ("base", "pg_wal") for path in (rows / part).rglob("*"))

    def look(self, canaries, mark):
        """Search all of it."""
        search = Search(canaries, mark)
        for path in self.places():
            with contextlib.suppress(FileNotFoundError):
                search.file(path)
        for pid in self.pids():
            search.process(pid)
        for _address, message in self.inbox.taken:
            search.chunks("mail", [message.as_bytes(), message.get_content().encode()])
        return search


def _is_regular(path):
    with contextlib.suppress(FileNotFoundError):
        return stat.S_ISREG(path.stat().st_mode)
    return False


def _named(path):
    """By its name where it has one; a file that was deleted, and is still open, has only its number."""
    return path.resolve() if path.resolve().is_file() else path


@contextlib.contextmanager
def in_a_file(portal, planted, name="scratch"):
    path = portal.directory / name
    path.write_text(planted, encoding="utf-8")
    yield name
    path.unlink()


@contextlib.contextmanager
def packed(portal, planted):
    path = portal.temporary / "scratch.gz"
    path.write_bytes(gzip.compress(planted.encode()))
    yield "scratch.gz"
    path.unlink()


@contextlib.contextmanager
def in_the_log(portal, planted):
    with portal.log.open("a", encoding="utf-8") as log:
        log.write(planted)
    yield "portal.log"


@contextlib.contextmanager
def in_the_database(portal, planted):
    if portal.server is not None:
        with portal.session() as session:
            session.execute(text("UPDATE organisation SET languages = :planted"), {"planted": planted})
            session.commit()
        yield "0000000100000000000000"  # its write-ahead log
        return
    with sqlite3.connect(portal.database) as database:
        database.execute("UPDATE organisation SET languages = ?", (planted,))
        database.commit()
        yield "onestop.db-wal"
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


@contextlib.contextmanager
def in_redis(portal, planted):
    from redis import Redis as Client

    with Client.from_url(portal.redis.url) as client:
        client.set("planted", planted)
        yield f"process {portal.redis.process.pid}"
        client.delete("planted")


@contextlib.contextmanager
def in_a_mail(portal, planted):
    message = EmailMessage()
    message["To"], message["From"] = DUTY, DUTY
    message.set_content(planted)
    with smtplib.SMTP(HOST, int(portal.environment["ONESTOP_SMTP_PORT"])) as server:
        server.send_message(message)
    yield "mail"


@contextlib.contextmanager
def in_memory(portal, planted):
    with held_request(portal, planted.encode()):
        yield "process "


LEAKS = {
    "file": in_a_file,
    "journal": lambda portal, planted: in_a_file(portal, planted, "scratch.db-journal"),
    "temporary file": lambda portal, planted: in_a_file(portal, planted, "temporary/tmp1234"),
    "packed file": packed,
    "log": in_the_log,
    "database": in_the_database,
    "Redis": in_redis,
    "mail": in_a_mail,
    "memory": in_memory,
}
