"""The least that a database can do: the rows of a report, committed durably by its raw driver, on the server's core.

Run as a process of its own; each line of its input, `clients commits`, is answered with the seconds they took.
"""

import hashlib
import secrets
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta

import psycopg
from sqlalchemy import make_url

from app.sqlite import PRAGMAS
from tests.bench.letters import LETTER, OWN
from tests.bench.method import SERVER_CORE, pinned
from tests.browser.live_portal import ROOT

REPORT = ("report_id", "lookup", "body_hash", "received_on", "state", "shred_id", "own")
REFERRAL = (
    "referral_id", "report_id", "organisation_id", "kid", "origin_kid", "sealed_by", "sealed_hash", "leaf", "size",
    "urgent", "received_on", "due_on", "state", "state_on", "version", "unread_from_reporter", "shred_id",
    "sealed",
)  # fmt: skip
RECIPIENTS = """SELECT organisation.organisation_id, epoch.kid FROM organisation
    JOIN epoch ON epoch.organisation_id = organisation.organisation_id
    WHERE slug IN ('demo-centre', 'demo-commission')"""


def inserting(table, columns, sign):
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join([sign] * len(columns))})"


class Sqlite:
    """One connection; who writes waits in this process, where waiting costs nothing, not in SQLite, which sleeps."""

    writing = threading.Lock()
    sign = "?"

    def __init__(self, url):
        self.connection = sqlite3.connect(url.database, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            self.connection.execute(pragma).close()

    def recipients(self):
        return self.connection.execute(RECIPIENTS).fetchall()

    def commit(self, report, letters):
        with self.writing:
            self.connection.execute("BEGIN IMMEDIATE")
            self.connection.execute(inserting("report", REPORT, "?"), report)
            self.connection.executemany(inserting("referral", REFERRAL, "?"), letters)
            self.connection.execute("COMMIT")


class Postgresql:
    """One connection."""

    def __init__(self, url):
        self.connection = psycopg.connect(url.set(drivername="postgresql").render_as_string(hide_password=False))

    def recipients(self):
        rows = self.connection.execute(RECIPIENTS).fetchall()
        self.connection.commit()
        return rows

    def commit(self, report, letters):
        with self.connection.cursor() as cursor:
            cursor.execute(inserting("report", REPORT, "%s"), report)
            cursor.executemany(inserting("referral", REFERRAL, "%s"), letters)
        self.connection.commit()


def rows_of(recipients):
    """The rows of one report, as the portal would keep them."""
    today, due = (str(datetime.now(UTC).date() + timedelta(days=days)) for days in (0, 7))
    report_id = secrets.token_bytes(16)
    letters = []
    for organisation_id, kid in recipients:
        sealed = secrets.token_bytes(LETTER)
        letters.append((
            secrets.token_bytes(16), report_id, organisation_id, kid, kid, "client", hashlib.sha256(sealed).digest(),
            secrets.token_bytes(32), 1, False, today, due, "received", today, 1, False, secrets.token_bytes(16), sealed,
        ))  # fmt: skip
    own = secrets.token_bytes(OWN)
    return (
        report_id,
        secrets.token_bytes(32),
        secrets.token_bytes(32),
        today,
        "received",
        secrets.token_bytes(16),
        own,
    ), letters


def seconds_of(connections, commits):
    recipients = connections[0].recipients()
    assert len(recipients) == 2
    rows, begin = iter([rows_of(recipients) for _commit in range(commits)]), threading.Event()

    def commit_all(connection):
        begin.wait()
        for report, letters in rows:
            connection.commit(report, letters)

    threads = [threading.Thread(target=commit_all, args=[connection]) for connection in connections]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    begin.set()
    for thread in threads:
        thread.join()
    return time.monotonic() - began


def main(address):
    url = make_url(address)
    kind = Sqlite if url.get_backend_name() == "sqlite" else Postgresql
    connections = []
    for line in sys.stdin:
        clients, commits = map(int, line.split())
        while len(connections) < clients:
            connections.append(kind(url))
        print(seconds_of(connections[:clients], commits), flush=True)


class DurableCommits:
    """That process, on the server's core."""

    def __init__(self, address):
        command = [sys.executable, "-m", "tests.bench.durable_commits", address]
        with pinned(SERVER_CORE):
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def rate(self, clients, commits):
        self.process.stdin.write(f"{clients} {commits}\n")
        self.process.stdin.flush()
        return commits / float(self.process.stdout.readline())

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


if __name__ == "__main__":
    main(sys.argv[1])
