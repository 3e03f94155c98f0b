"""What the server does for its money: a page, and whole journeys."""

from tests.bench.letters import recipients, submission
from tests.bench.load import drive, expect
from tests.bench.method import ratios, row, spread, steady

PAGES, HELLOS, JOURNEYS, WARM_UP = 300, 600, 100, 20


def show_page(connection, _number):
    expect(connection.ask("GET", "/report"), 200)


def say_hello(connection, _number):
    expect(connection.ask("GET", "/"), 200)


def page_rows(portal, hello):
    """The page of a report, against the least that Flask can do."""
    drive(portal, WARM_UP, show_page)
    sides = {"page": lambda: drive(portal, PAGES, show_page), "hello": lambda: drive(hello, HELLOS, say_hello)}
    taken, left_out = steady(sides, lambda samples: [one.rate for one in samples["hello"]])
    rates = {side: [one.rate for one in samples] for side, samples in taken.items()}
    spent = {side: [one.cpu_ms for one in samples] for side, samples in taken.items()}
    steadiness = {"left_out": left_out}
    return [
        row(
            "pages", "GET /report", rates["page"], "1/s",
            against=f"hello-world {spread(rates['hello']).median:.0f}/s",
            ratio=ratios(rates["page"], rates["hello"]), goal=("ratio", ">=", 0.1), **steadiness,
        ),
        row(
            "pages", "GET /report: CPU of the worker", spent["page"], "ms",
            against=f"hello-world {spread(spent['hello']).median:.2f} ms",
            ratio=ratios(spent["page"], spent["hello"]), goal=("ratio", "<=", 8), **steadiness,
        ),
    ]  # fmt: skip


def journey_rows(portal, hello):
    """Page, directory, submit, follow-up."""
    chosen = recipients(portal)

    def journeys(rounds):
        prepared = [submission(chosen) for _number in range(rounds)]

        def journey(connection, number):
            body, follow_up = prepared[number]
            expect(connection.ask("GET", "/report"), 200)
            expect(connection.ask("GET", "/api/v1/directory"), 200)
            expect(connection.ask("POST", "/report", body), 201)
            expect(connection.ask("POST", "/follow-up", follow_up), 200)

        return drive(portal, rounds, journey)

    journeys(WARM_UP)
    sides = {"ours": lambda: journeys(JOURNEYS), "hello": lambda: drive(hello, HELLOS, say_hello)}
    taken, left_out = steady(sides, lambda samples: [one.rate for one in samples["hello"]])
    rates = [one.rate for one in taken["ours"]]
    spent = [one.cpu_ms for one in taken["ours"]]
    four_hellos = [one.cpu_ms * 4 for one in taken["hello"]]
    steadiness = {"left_out": left_out}
    return [
        row("journeys", "page, directory, submit, follow-up", rates, "1/s", goal=("value", ">=", 20), **steadiness),
        row(
            "journeys", "page, directory, submit, follow-up: CPU of the worker", spent, "ms",
            against=f"four hello-worlds {spread(four_hellos).median:.2f} ms", ratio=ratios(spent, four_hellos),
            goal=("value", "<=", 5), **steadiness,
        ),
    ]  # fmt: skip
