"""Watches how a database finds rows while something is done: which tables it walks through, how much it touches."""

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import event

from app.domain.vocabulary import REFERRAL_STATES
from app.services.log_reading import LogFilters
from tests.making import NOW

# Tables that grow with what is reported, worked on or tried.
LARGE = {
    "report", "referral", "referral_item", "message", "summary", "work_record", "access_log", "destroyed_report",
    "sign_in_failure", "draft",
}  # fmt: skip
PAGE = 51
# Far more than a page needs when numbers are counted up to twenty, and far less than a walk through a filled table.
MOST_ROWS = 1_000
MOST_STEPS = 12_000
STEP = 100  # of SQLite's virtual machine, between two calls of the counter
GENERIC_PLANS_FROM = 16_00_00  # the first PostgreSQL that explains them
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# What grows with a table, and would be seen.
BAD = {
    "a day without an index": "SELECT referral_id FROM referral WHERE received_on = '2026-11-01'",
    "a page in another order": "SELECT referral_id FROM referral WHERE organisation_id = (SELECT organisation_id FROM"
    " organisation WHERE slug = 'centre') AND state = 'closed' ORDER BY received_on LIMIT 50",
    "counting all": "SELECT state, count(*) FROM referral GROUP BY state",
    "passing over": "SELECT due_on FROM referral WHERE organisation_id = (SELECT organisation_id FROM organisation"
    " WHERE slug = 'centre')"
    " AND state = 'closed' AND version = 7 ORDER BY urgent, due_on, referral_id LIMIT 50",
    "a log by a word": "SELECT number FROM access_log WHERE detail = 'received'",
}
# What the queue can be asked to show.
VIEWS = ("", "junk", "going", "held", *REFERRAL_STATES)
# What the access log is looked through for.
LOGS = {
    "all": LogFilters(),
    "somebody who did much": LogFilters(by="centre-lead"),
    "somebody who did little": LogFilters(by="centre-caseworker"),
    "somebody unknown": LogFilters(by="nobody"),
    "a kind": LogFilters(kind="letters"),
    "a kind that is rare": LogFilters(kind="keys"),
    "what somebody who did little did of a kind": LogFilters(by="centre-caseworker", kind="letters"),
    "a rare kind by somebody who did much": LogFilters(by="centre-lead", kind="keys"),
    "days": LogFilters(first_day=NOW.date() - timedelta(days=400), last_day=NOW.date() - timedelta(days=300)),
    "somebody's days": LogFilters(by="centre-caseworker", first_day=NOW.date() - timedelta(days=30)),
    "a referral": LogFilters(referral_id=bytes(16)),
}


@dataclass
class Watched:
    """`statements`: what was asked, each once. `complaints`: what was found on a large table that grows with it."""

    statements: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def complain(self, what, statement):
        self.complaints.append(f"{what}: {' '.join(statement.split())[:300]}")


@contextmanager
def watching(engine, *, often=True):
    """Explain every statement just before it runs, where and with what it runs; `often`: a worker may keep its plan."""
    watched = Watched()
    explain = _SQLite(watched) if engine.dialect.name == "sqlite" else _PostgreSQL(watched, often)

    def before(connection, _cursor, statement, parameters, _context, many):
        if not many and re.match(r"SELECT|UPDATE|DELETE|INSERT", statement):
            watched.statements.append(statement)
            explain(connection.connection.driver_connection, statement, parameters)

    event.listen(engine, "before_cursor_execute", before)
    try:
        yield watched
    finally:
        event.remove(engine, "before_cursor_execute", before)
        explain.finish()


class _SQLite:
    """The plan says which tables are walked through; the counter of steps says how far, sorting included."""

    def __init__(self, watched):
        self.watched, self.steps, self.statement, self.connection = watched, 0, "", None

    def __call__(self, connection, statement, parameters):
        self.finish()
        for *_ids, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters).fetchall():
            walked = re.match(r"SCAN (\w+)", detail)
            if walked and walked[1] in LARGE:
                self.watched.complain(detail, statement)
            if "TEMP B-TREE FOR ORDER BY" in detail and "LIMIT" in statement:
                self.watched.complain("sorts for a page", statement)
        self.steps, self.statement, self.connection = 0, statement, connection
        connection.set_progress_handler(self.step, STEP)

    def step(self):
        self.steps += STEP

    def finish(self):
        if self.connection is not None:
            self.connection.set_progress_handler(None, 0)
            if self.steps > MOST_STEPS:
                self.watched.complain(f"took {self.steps} steps", self.statement)
            self.connection = None


class _PostgreSQL:
    """Run once to see what it touches, taken back; and planned once more as for values that are not known yet."""

    def __init__(self, watched, often):
        self.watched, self.often = watched, often

    def __call__(self, connection, statement, parameters):
        with connection.cursor() as cursor:
            cursor.execute("SAVEPOINT explained")
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
            plan = cursor.fetchone()[0][0]["Plan"]
            cursor.execute("ROLLBACK TO explained")
            self.look(plan, statement)
            if not self.often or connection.info.server_version < GENERIC_PLANS_FROM:
                return
            names = list(dict.fromkeys(PLACEHOLDER.findall(statement)))
            unknown = PLACEHOLDER.sub(lambda found: f"${names.index(found[1]) + 1}", statement)
            cursor.execute(f"EXPLAIN (GENERIC_PLAN, FORMAT JSON) {unknown}".encode(), prepare=False)
            self.look(cursor.fetchone()[0][0]["Plan"], statement)

    def look(self, node, statement):
        rows = node.get("Actual Rows", 0) + node.get("Rows Removed by Filter", 0)
        touched, kind, table = rows * node.get("Actual Loops", 1), node["Node Type"], node.get("Relation Name")
        if table in LARGE:
            unbound = kind.startswith("Index") and "Index Cond" not in node and "Order By" not in node
            if kind in {"Seq Scan", "Parallel Seq Scan"} or unbound:
                self.watched.complain(f"{kind} of {table}", statement)
            if touched > MOST_ROWS:
                self.watched.complain(f"touched {touched} rows of {table}", statement)
        if "Sort" in kind and touched > PAGE:
            self.watched.complain(f"sorted {touched} rows", statement)
        for below in node.get("Plans", ()):
            self.look(below, statement)

    def finish(self):
        pass
