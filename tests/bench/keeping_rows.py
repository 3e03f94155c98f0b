"""What a worker keeps in memory, and how soon a portal that was stopped serves its first page."""

import http.client
import re
import time
from pathlib import Path

from tests.bench.letters import recipients, submission
from tests.bench.load import Connection, drive, expect
from tests.bench.method import SERVER_CORE, pinned, ratios, row, spread, steady
from tests.bench.serving import Hello, portal_on

MIB = 1024
MOST_MIB, FLAT = 120, 1.1
TENTHS = 10


def resident(portal):
    """What the worker holds in MiB, the pages that it shares with the master included."""
    worker = portal.pids()[1]
    rollup = Path(f"/proc/{worker}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Rss:\s+(\d+) kB", rollup, re.MULTILINE)[1]) / MIB


def memory_rows(submissions):
    """Idle after the first page, and then after so many submissions; flat is what the last nine tenths add."""
    with portal_on() as portal:
        connection = Connection(portal.port)
        expect(connection.ask("GET", "/report"), 200)
        connection.close()
        idle, held = resident(portal), []
        chosen = recipients(portal)

        def submit(connection, number):
            expect(connection.ask("POST", "/report", submission(chosen)[0]), 201)

        for _tenth in range(TENTHS):
            drive(portal, submissions // TENTHS, submit, clients=8)
            held.append(resident(portal))
    after = f"after {submissions:,} submissions"
    return [
        row("memory", "a worker, idle", [idle], "MiB", goal=("value", "<=", MOST_MIB)),
        row("memory", f"a worker, {after}", [held[-1]], "MiB", goal=("value", "<=", MOST_MIB)),
        row(
            "memory", f"a worker, {after}, against the first tenth of them", [held[-1]], "MiB",
            against=f"{held[0]:.1f} MiB", ratio=[held[-1] / held[0]], goal=("ratio", "<=", FLAT),
        ),
    ]  # fmt: skip


def seconds_to_page(server, path):
    """From the start of the server to the last byte of its first page."""
    began = time.monotonic()
    while True:
        asking = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        try:
            asking.request("GET", path)
            answer = asking.getresponse()
            assert answer.status == 200
            answer.read()
            return time.monotonic() - began
        except ConnectionRefusedError:
            assert time.monotonic() - began < 60
            time.sleep(0.002)
        finally:
            asking.close()


def start_rows():
    """A portal with its tables made and its files compressed, none of it running."""
    with portal_on() as portal:

        def ours():
            portal.stop()
            with pinned(SERVER_CORE):
                portal.launch()
            return seconds_to_page(portal, "/report")

        def hello():
            with Hello(wait=False) as server:
                return seconds_to_page(server, "/")

        ours()
        samples, left_out = steady({"ours": ours, "hello": hello}, lambda taken: taken["hello"])
    return [
        row(
            "start", "from the start of gunicorn to the first GET /report answered", samples["ours"], "s",
            against=f"hello-world {spread(samples['hello']).median:.2f} s",
            ratio=ratios(samples["ours"], samples["hello"]), goal=("value", "<=", 2), left_out=left_out,
        )
    ]  # fmt: skip
