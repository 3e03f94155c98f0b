"""What a victim's act leaves: every column, log field, metric, cookie and file, by doing the acts and looking.

Whatever is filled needs its line in docs/threat-model.md, and no line there speaks of what is not filled.
"""

import dataclasses
import json
import logging
import re
import tempfile
from datetime import UTC, date, datetime, timedelta

import pytest
from prometheus_client import REGISTRY
from sqlalchemy import select, update

from app import create_app
from app.access import access
from app.domain.deadline import day_of
from app.models import Base, FigureStanding, Notice
from app.services import rota
from app.services.shred_store import store_of
from app.telemetry import FIELDS, Lines, log
from tests.cli.mail_desk import always
from tests.cli.mail_server import HOST, Inbox, served
from tests.databases import on_both
from tests.making import Maker, rota_of
from tests.rules.tree import text
from tests.victim_acts import MARKS, TOLD, Victim

pytestmark = on_both
SECTION = "## What a victim's act leaves"
# What the timer's tick notes of its own runs, which no report moves; and a whole hour, as said in app.models.notice.
OWN_MOMENTS = {"tick.at", "figure_standing.counted_at", "notice.quiet_until"}
UNROUNDED = re.compile(r"\d\d:\d\d")


def documented(kind):
    """The names of one kind in the first column of the section's table: `table.column`, or `kind name`."""
    section = text("docs/threat-model.md").partition(SECTION)[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}
    if kind == "column":
        return {name for name in named if " " not in name}
    return {name.partition(" ")[2] for name in named if name.startswith(f"{kind} ")}


def told_in(written):
    """What a text or some bytes tell of the victim."""
    wanted = [mark.encode() for mark in MARKS] if isinstance(written, bytes) else MARKS
    return [mark for mark in wanted if mark in written]


class Rows:
    """What lies in every table, those of the store of shred keys too: cells by table and key."""

    def __init__(self, session):
        self.cells = {}
        session.rollback()
        for table in Base.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                self._keep(table.name, [row[column.name] for column in table.primary_key], row)
        session.rollback()
        store = store_of(session)
        with store.reading() as connection:
            for table in (store.keys, store.going, store.state_table):
                for row in connection.exec_driver_sql(f"SELECT * FROM {table}").mappings():
                    self._keep(table.removeprefix("shred."), [next(iter(row.values()))], row)

    def _keep(self, table, key, row):
        self.cells |= {(f"{table}.{name}", (table, *key)): value for name, value in row.items()}

    def since(self, earlier):
        """What was filled since: (column, value)."""
        return [
            (cell[0], value)
            for cell, value in self.cells.items()
            if value is not None and (cell not in earlier.cells or earlier.cells[cell] != value)
        ]


def metrics():
    """Every number that is counted for strangers, or for nobody in particular."""
    return {
        (family.name, sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
        if family.name.startswith("onestop_") and not sample.name.endswith("_created")
    }


class Logged(logging.Handler):
    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(json.loads(Lines().format(record)))


class World:
    """A portal with three organisations and a mail server; `filled`: what the acts filled, by name of the act."""

    def __init__(self, settings, session, port, directory):
        mail = {"smtp_host": HOST, "smtp_port": port, "smtp_tls": "off", "mail_from": "notice@portal.example"}
        self.app = create_app(dataclasses.replace(settings, **mail))
        self.session, self.directory = session, directory
        self.on_postgresql = session.get_bind().dialect.name == "postgresql"
        make = Maker(session, now=datetime.now(UTC))
        made = [make.organisation(), make.organisation("police", "police"), make.organisation("late")]
        rota.save(session, make.signed_in(made[0], "lead"), rota_of(always("duty@centre.example")), make.now)
        session.execute(update(Notice).values(looked_on=day_of(make.now)))
        session.commit()
        self.tick()
        session.execute(update(FigureStanding).values(counted_at=make.now - timedelta(hours=2)))
        session.commit()
        self.victim = Victim(self.app.test_client(use_cookies=True), *made)
        self.filled, self.files, self.logged, self.before = {}, set(), Logged(), metrics()

    def tick(self):
        self.session.rollback()
        ran = self.app.test_cli_runner().invoke(args=["tick"])
        assert (ran.exit_code, ran.exception) == (0, None), ran.output

    def live(self):
        log.addHandler(self.logged)
        try:
            for act in self.victim.acts():
                before = Rows(self.session)
                act()
                self.filled[act.__name__] = Rows(self.session).since(before)
                self.files |= {path.name for path in self.directory.rglob("*") if path.is_file()}
                if act.__name__ == "sends":
                    before = Rows(self.session)
                    self.tick()
                    self.filled["the tick after it"] = Rows(self.session).since(before)
        finally:
            log.removeHandler(self.logged)
        return self

    def cells(self):
        return [cell for cells in self.filled.values() for cell in cells]


@pytest.fixture
def world(settings, session, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    inbox = Inbox()
    with served(inbox) as port:
        world = World(settings, session, port, tmp_path).live()
        world.mails = [message.as_string() for _address, message in inbox.taken]
    yield world
    world.app.extensions["onestop_engine"].dispose()


def test_every_column_has_its_line_and_every_line_its_column(world):
    filled = {column for column, _value in world.cells()}
    assert len(filled) > 30
    assert sorted(filled - documented("column")) == []
    assert sorted(documented("column") - filled) == []


def test_a_column_without_a_line_would_be_seen(world):
    before = Rows(world.session)
    later = Rows(world.session)
    key = ("report", b"id")
    later.cells[("report.seen_from", key)] = "somewhere"
    assert {column for column, _value in later.since(before)} - documented("column") == {"report.seen_from"}


def test_no_value_is_an_address_a_browser_a_referrer_or_a_time(world):
    for column, value in world.cells():
        assert told_in(value if isinstance(value, bytes) else str(value)) == [], column
        if column in OWN_MOMENTS:
            continue
        assert not isinstance(value, datetime), column
        assert isinstance(value, date) or not UNROUNDED.search(str(value)) or isinstance(value, bytes), column
        assert not isinstance(value, int) or value < 1000, column
    hours = [value for column, value in world.cells() if column == "notice.quiet_until"]
    assert hours
    assert {(hour.minute, hour.second, hour.microsecond) for hour in hours} == {(0, 0, 0)}


def test_an_ordinary_act_writes_no_line_and_a_fault_only_what_is_listed(world):
    assert world.logged.lines == []

    def fails():
        raise RuntimeError(*MARKS)

    world.app.view_functions["report.show"] = access("anyone")(fails)
    log.addHandler(world.logged)
    try:
        assert world.app.test_client().get("/report?" + MARKS[0], headers=TOLD).status_code == 500
    finally:
        log.removeHandler(world.logged)
    (line,) = world.logged.lines
    assert set(line) == documented("log")
    assert set(line) <= set(FIELDS)
    assert told_in(json.dumps(line)) == []
    assert line["day"] == day_of(datetime.now(UTC)).isoformat()


def test_every_metric_has_its_line(world):
    after = metrics()
    moved = {key for key, value in after.items() if world.before.get(key) != value}
    failures = {"onestop_failures"}
    assert {family for family, _sample, _labels in moved} | failures | {"onestop_overdue_days"} == documented("metric")
    for _family, _sample, labels in moved:
        assert {name for name, _value in labels} <= {"by", "endpoint", "status", "le"}
        assert dict(labels).get("by", "strangers") == "strangers"
    assert told_in(str(moved)) == []


def test_no_answer_sets_a_cookie_and_every_file_has_its_line(world):
    answers = world.victim.sender.answers
    assert len(answers) > 30
    assert [answer.request.path for answer in answers if "Set-Cookie" in answer.headers] == []
    assert documented("cookie") == set()
    of_sqlite = {name for name in documented("file") if name.startswith("onestop.")}
    here = set() if world.on_postgresql else of_sqlite  # that has files of its own, elsewhere
    assert world.files == {name for name in documented("file") if "*" not in name} - of_sqlite | here
    for path in world.directory.rglob("*"):
        if path.is_file():
            assert told_in(path.read_bytes()) == [], path


def test_what_limits_count_is_a_key_of_the_day(world):
    counted = set(world.app.extensions["onestop_limits"].shared.storage.storage)
    assert counted
    kinds = {re.sub(r"[0-9a-f]{32}", "KEY", key) for key in counted}
    assert told_in(str(counted)) == []
    budgets = {re.fullmatch(r"LIMITER/[a-z_ ]+/(KEY|all)/\d+/1/(?:minute|hour|day)", kind)[1] for kind in kinds}
    assert budgets == {"KEY", "all"}
    assert documented("count") == {"budget and everybody", "budget and key of the day", "proof"}


def test_the_mail_says_nothing_of_who_it_was(world):
    assert len(world.mails) >= 1
    for mail in world.mails:
        assert told_in(mail) == []
    assert documented("mail") == {"notice"}
