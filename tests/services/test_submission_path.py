"""What sending a report asks of the database: rows of its own go in, and no row that others wait for is touched."""

import re

import pytest
from sqlalchemy import event, inspect, text

from app.models import Base, DestroyedReport, Epoch, Organisation, Referral, Report
from tests.databases import on_postgresql
from tests.making import body_of

WRITTEN = {"report", "referral"}
# Once for each batch of keys, last in its transaction.
NOTED = "INSERT INTO shred_standing "
READ = {table.__tablename__ for table in (Report, Referral, DestroyedReport, Organisation, Epoch)}
TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE|DELETE FROM)\s+\"?([a-z_]+)")


@pytest.fixture
def asked(app):
    """Every statement of the application, from now on."""
    statements = []
    event.listen(
        app.extensions["onestop_engine"], "before_cursor_execute", lambda *arguments: statements.append(arguments[2])
    )
    return statements


def written(statement):
    into = re.match(r"INSERT INTO \"?([a-z_]+)", statement)
    return {into[1]} if into else set()


def faults(statements):
    found = []
    for statement in statements:
        known = statement.split()[0] in {"SELECT", "INSERT", "BEGIN"}
        waits = re.search(r"FOR (?:NO KEY )?(?:UPDATE|SHARE)|nextval|\bUPDATE\b|DELETE", statement)
        into = written(statement)
        foreign = (into - WRITTEN) | (set(TABLE.findall(statement)) - into - READ)
        if not known or waits or foreign:
            found.append(statement)
    return found


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE organisation SET reports = reports + 1",
        "INSERT INTO access_log (at) VALUES (?)",
        "SELECT organisation_id FROM organisation FOR UPDATE",
        "SELECT nextval('report_number')",
        "DELETE FROM report",
    ],
)
def test_a_hot_row_would_be_seen(statement):
    assert faults([statement]) == [statement]


@pytest.mark.parametrize("times", [1, 2])
def test_a_report_writes_its_own_rows_and_no_other(app, make, asked, times):
    centre, police = make.organisation(), make.organisation("police", "police")
    body = body_of(centre, police)
    make.session.rollback()
    for _time in range(times):
        answer = app.test_client().post("/report", data=body, content_type="application/json")
        assert answer.status_code == 201
    # On PostgreSQL the store writes it down itself, with the keys.
    on_its_own = app.extensions["onestop_engine"].dialect.name == "postgresql"
    assert len([one for one in asked if one.startswith(NOTED)]) == (0 if on_its_own else 1)
    of_reports = [one for one in asked if not one.startswith(NOTED)]
    assert faults(of_reports) == []
    assert set().union(*map(written, of_reports)) == WRITTEN
    asked.clear()
    for _report in range(20):
        again = app.test_client().post("/report", data=body_of(centre, police), content_type="application/json")
        assert again.status_code == 201
    assert faults(asked) == []


def test_no_number_is_handed_out_for_what_a_report_writes(engine):
    """A sequence would be a place where all who send meet; so would a foreign key to a row that is locked often."""
    for table in sorted(WRITTEN):
        for column in Base.metadata.tables[table].columns:
            assert not column.primary_key or column.type.python_type is bytes, column
        for column in inspect(engine).get_columns(table):
            assert not column.get("identity"), column
            assert "nextval" not in str(column["default"]), column
            assert not column.get("autoincrement") or engine.dialect.name == "sqlite", column


@on_postgresql
def test_what_others_hold_of_an_organisation_delays_no_report(app, make, engine):
    """Working on one referral, signing in, a page of the queue: none of them is waited for by somebody who sends."""
    centre = make.organisation()
    make.report(centre)
    make.session.rollback()
    with engine.begin() as other:
        other.execute(text("SELECT * FROM referral FOR UPDATE"))
        other.execute(text("UPDATE caseworker SET left_at = NULL"))
        answer = app.test_client().post("/report", data=body_of(centre), content_type="application/json")
        assert answer.status_code == 201
