"""`make bench` and `make bench-large`: see docs/performance.md, whose tables they write.

BENCH_ROUNDS=3 and names of tables (`python -m tests.bench bench submissions queue`) give a quick look; none is kept.
"""

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench import (
    backup_rows,
    browser_rows,
    keeping_rows,
    phone_rows,
    queue_rows,
    rekeying_rows,
    searching_rows,
    server_rows,
    shred_rows,
    submission_rows,
    tables,
    telling_rows,
)
from tests.bench.method import CLIENT_CORE, pinned
from tests.bench.serving import Hello, portal_on, postgres


def in_a_file(_name):
    """SQLite, in a file of its own."""


def of_the_server():
    with portal_on() as portal, Hello() as hello:
        yield from server_rows.page_rows(portal, hello)
        yield from server_rows.journey_rows(portal, hello)
        yield from browser_rows.rows(portal)
        yield from phone_rows.rows(portal)


def of_submissions():
    with ExitStack() as stack:
        hello = stack.enter_context(Hello())
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onestop-bench-")))
        yield from submission_rows.rows(directory / "sqlite", hello, "SQLite", in_a_file)
        database = stack.enter_context(postgres())
        yield from submission_rows.rows(directory / "postgresql", hello, "PostgreSQL", database)


def of_shredding():
    yield from shred_rows.rows("SQLite", in_a_file)
    with postgres() as database:
        yield from shred_rows.rows("PostgreSQL", database)


def of_queues(*sizes):
    yield from queue_rows.rows("SQLite", sizes, in_a_file)
    with postgres() as database:
        yield from queue_rows.rows("PostgreSQL", sizes, database)


def of_keys():
    with portal_on() as portal:
        yield from rekeying_rows.rows(portal)


def of_searching():
    with portal_on() as portal:
        yield from searching_rows.rows(portal)


def of_large_backups():
    yield from backup_rows.rows("SQLite", 100_000, 1, in_a_file)
    with postgres() as database:
        yield from backup_rows.rows("PostgreSQL", 100_000, 1, database)


RUNS = {
    "bench": {
        "server": of_the_server,
        "submissions": of_submissions,
        "shredding": of_shredding,
        "start": keeping_rows.start_rows,
        "memory": lambda: keeping_rows.memory_rows(10_000),
        "queue": lambda: of_queues(100_000),
        "keys": of_keys,
        "searching": of_searching,
        "telling": telling_rows.rows,
        "backup": lambda: backup_rows.rows("SQLite", 10_000, 3, in_a_file),
    },
    "large": {
        "memory": lambda: keeping_rows.memory_rows(100_000),
        "queue": lambda: of_queues(1_000_000),
        "backup": of_large_backups,
    },
}


def main(name="bench", *only):
    began, rows = time.monotonic(), []
    for part, measure in RUNS[name].items():
        if only and part not in only:
            continue
        for line in measure():
            rows.append(line | {"table": f"{line['table']}_large"} if name == "large" else line)
            print(tables.shown(line), flush=True)
        print(f"        ({part}: {time.monotonic() - began:.0f} s so far)", flush=True)
    if not only and "BENCH_ROUNDS" not in os.environ:
        tables.keep(name, rows, (time.monotonic() - began) / 60)


if __name__ == "__main__":
    with pinned(CLIENT_CORE):
        main(*sys.argv[1:])
