"""Reports a second, against the least that the web and the least that a database can do."""

import os
from contextlib import contextmanager

from tests.bench.durable_commits import DurableCommits
from tests.bench.letters import recipients, submission
from tests.bench.load import drive, expect
from tests.bench.method import ratios, row, spread, steady
from tests.bench.serving import portal_on
from tests.browser.live_portal import LivePortal

TABLE = "submissions"
CLIENTS = (1, 8, 32)
SUBMISSIONS = int(os.environ.get("BENCH_SUBMISSIONS", "200"))
HELLOS = 3 * SUBMISSIONS
GOAL = 0.3


def say_hello(connection, _number):
    expect(connection.ask("GET", "/"), 200)


class Submitting:
    """Reports to two organisations, none sent twice."""

    def __init__(self, portal):
        self.portal, self.chosen = portal, recipients(portal)

    def measured(self, clients, submissions=SUBMISSIONS):
        bodies = [submission(self.chosen)[0] for _number in range(submissions)]

        def submit(connection, number):
            expect(connection.ask("POST", "/report", bodies[number]), 201)

        return drive(self.portal, submissions, submit, clients)


@contextmanager
def beside(directory, address):
    """The bare loop on a database of its own, just like the portal's."""
    portal = LivePortal(directory, **({} if address is None else {"database_url": address}))
    with DurableCommits(portal.environment["ONESTOP_DATABASE_URL"]) as commits:
        yield commits


def at(clients, name, submitting, hello, commits):
    """The rows of one database at one concurrency."""
    sides = {
        "ours": lambda: submitting.measured(clients),
        "hello": lambda: drive(hello, HELLOS, say_hello, clients).rate,
        "commits": lambda: commits.rate(clients, SUBMISSIONS),
    }
    for warm_up in sides.values():
        warm_up()

    def lower(samples):
        return min((samples["hello"], samples["commits"]), key=lambda side: spread(side).median)

    samples, left_out = steady(sides, lower)
    against = (
        f"hello-world {spread(samples['hello']).median:.0f}/s, "
        f"durable commits {spread(samples['commits']).median:.0f}/s"
    )
    ours = [one.rate for one in samples["ours"]]
    at_once = f"{clients} at once"
    share = ratios(ours, lower(samples))
    rate = row(
        TABLE, f"{name}, {at_once}", ours, "1/s",
        against=against, ratio=share, goal=("ratio", ">=", GOAL), left_out=left_out,
    )  # fmt: skip
    cpu = row(
        TABLE, f"{name}, {at_once}: CPU of the worker", [one.cpu_ms for one in samples["ours"]], "ms", left_out=left_out
    )  # fmt: skip
    return [rate, cpu]


def rows(directory, hello, name, addresses):
    """All concurrencies on one kind of database; `addresses` gives that of a new one, or None for SQLite in a file."""
    with portal_on(addresses("portal")) as portal, beside(directory, addresses("bare")) as commits:
        submitting = Submitting(portal)
        for clients in CLIENTS:
            yield from at(clients, name, submitting, hello, commits)
