"""In which order letters came is in no id and no number of a row. Where pages lie still tells; how much is measured.

docs/threat-model.md says what is found here.
"""

from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.db import checkpoint
from app.models import Draft, Message, Referral, Report
from app.models.base import UNNUMBERED
from app.services import backup
from tests.databases import on_one, on_postgresql

REPORTS = 300
NEXT_TO_NOTHING, NEARLY_ALL = 0.3, 0.9  # by chance, 300 reports pass 0.3 once in ten million times
VICTIMS = ("report", "referral", "referral_item", "message", "draft", "destroyed_report", "told")


def likeness(places):
    """How much a list is in order: Spearman's rank correlation of the places with 0, 1, 2 …; 1 is all, 0 is nothing."""
    number = len(places)
    ranks = {place: rank for rank, place in enumerate(sorted(places))}
    squares = sum((rank - ranks[place]) ** 2 for rank, place in enumerate(places))
    return 1 - 6 * squares / (number * (number**2 - 1))


def test_order_would_be_seen():
    assert likeness(list(range(100))) == 1
    assert likeness(list(range(100, 0, -1))) == -1
    assert abs(likeness([(number * 37) % 101 for number in range(100)])) < NEXT_TO_NOTHING


@pytest.fixture
def arrived(make):
    """The ids and letters of many reports to one organisation, in the order in which they came."""
    centre, session = make.organisation(), make.session
    letters = []
    for _number in range(REPORTS):
        _token, report_id = make.report(centre)
        letters.append(report_id)
    wanted = select(Referral.report_id, Referral.referral_id, Referral.sealed)
    by_report = {row.report_id: row for row in session.execute(wanted)}
    session.rollback()
    return [by_report[report_id] for report_id in letters]


def test_ids_and_what_a_reader_gets_without_asking_for_an_order_tell_nothing(arrived, session):
    assert abs(likeness([row.report_id for row in arrived])) < NEXT_TO_NOTHING
    assert abs(likeness([row.referral_id for row in arrived])) < NEXT_TO_NOTHING
    if session.get_bind().dialect.name == "sqlite":
        came = {row.referral_id: number for number, row in enumerate(arrived)}
        read = session.execute(text("SELECT * FROM referral")).all()
        assert abs(likeness([came[row.referral_id] for row in read])) < NEXT_TO_NOTHING


@on_one
def test_sqlite_numbers_no_row_that_a_victim_fills(session):
    for table in VICTIMS:
        with pytest.raises(Exception, match="no such column: rowid"):
            session.execute(text(f"SELECT rowid FROM {table}"))
        session.rollback()
    assert {model.__table__.dialect_options["sqlite"]["with_rowid"] for model in (Report, Message, Draft)} == {False}
    assert UNNUMBERED == {"sqlite_with_rowid": False}


@on_one
def test_where_letters_lie_in_the_file_tells_the_order_until_the_file_is_written_anew(arrived, engine):
    """A new letter takes the next free pages. VACUUM writes all in the order of their keys: then nothing is left."""
    checkpoint(engine)

    def places():
        content = Path(engine.url.database).read_bytes()
        found = [content.find(row.sealed[2000:2032]) for row in arrived]
        assert min(found) > 0
        return likeness(found)

    before = places()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.rollback()
        connection.connection.driver_connection.execute("VACUUM")
    checkpoint(engine)
    after = places()
    print(f"SQLite, order of arrival in the file: {before:.2f}, after VACUUM {after:.2f}")
    assert before > NEARLY_ALL
    assert abs(after) < NEXT_TO_NOTHING


@on_postgresql
def test_postgresql_keeps_the_order_in_its_pages_and_in_the_numbers_of_transactions(arrived, engine):
    """Claimed nowhere to be hidden. CLUSTER takes it out of the pages; the numbers of transactions stay."""

    def order(expression):
        wanted = text(f"SELECT referral_id, {expression} FROM referral")
        with engine.connect() as connection:
            found = dict(connection.execute(wanted).all())
        return likeness([found[row.referral_id] for row in arrived])

    pages = "(ctid::text::point)[0] * 10000 + (ctid::text::point)[1]"
    before = order(pages), order("xmin::text::bigint")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CLUSTER referral USING pk_referral"))
    after = order(pages), order("xmin::text::bigint")
    print(f"PostgreSQL, order of arrival by (ctid, xmin): {before}, after CLUSTER {after}")
    assert min(before) > NEARLY_ALL
    assert abs(after[0]) < NEXT_TO_NOTHING
    assert after[1] > NEARLY_ALL


def test_a_backup_is_in_the_order_of_keys(arrived, engine):
    """Else it would carry the order away to wherever it is kept."""

    class Kept:
        def __init__(self):
            self.at, self.rows = "", []

        def head(self, _head):
            pass

        def table(self, table):
            self.at = table.name

        def row(self, row):
            self.rows += [row.referral_id] if self.at == "referral" else []

        def end(self):
            return self.rows

    with engine.connect() as connection:
        rows = backup.write(connection, None, Kept())
    assert rows == sorted(row.referral_id for row in arrived)
