"""Every row there and back, from either database into either, as of one moment, at any revision of the schema."""

import secrets
from datetime import date

import pytest
from sqlalchemy import func, inspect, select, update
from sqlalchemy.exc import IntegrityError

from app.cli.whole_database import newest_revision, revision_of, snapshot
from app.db import engine_for, migrate, session_for
from app.domain.backup_record import Head, Writer
from app.domain.backup_record import Table as Begun
from app.errors import FormatError
from app.models import AccessLog, Base, DestroyedReport, Referral, Report, StaffSession, Tick
from app.services import backup, restoration
from app.services.report import report_hash
from tests.backup.conftest import MADE_AT, restored, rows_of, written
from tests.databases import on_one
from tests.making import NOW, Maker

to_postgresql = pytest.mark.parametrize("target", ["postgresql"], indirect=True)
to_sqlite = pytest.mark.parametrize("target", ["sqlite"], indirect=True)


def test_every_row_comes_back_in_either_database(filled, target):
    content, totals = written(filled)
    migrate(target)
    assert restored(target, content) == totals
    there = rows_of(target)
    assert there == rows_of(filled)
    assert all(there.values()), "a table without a row shows nothing"
    assert totals.counts == {name: len(rows) for name, rows in there.items()}


@on_one
@to_postgresql
def test_there_and_back_again_changes_no_byte(filled, target, tmp_path):
    content, totals = written(filled)
    migrate(target)
    restored(target, content)
    again, totals_again = written(target)
    back = engine_for(f"sqlite:///{tmp_path / 'back.db'}")
    migrate(back)
    restored(back, again)
    assert rows_of(back) == rows_of(filled)
    assert totals_again.counts == totals.counts
    back.dispose()


@on_one
@to_sqlite
def test_living_sessions_are_in_no_backup(filled, target):
    with session_for(filled) as session:
        halves = session.scalars(select(StaffSession.session_half)).all()
    content, _totals = written(filled)
    assert halves
    assert not [half for half in halves if half in content]
    migrate(target)
    restored(target, content)
    with session_for(target) as session:
        assert session.scalar(select(func.count()).select_from(StaffSession)) == 0


def test_what_is_written_meanwhile_is_wholly_in_or_wholly_out(engine, session):
    """Reports, their letters, and a destruction come between the reading of any two tables."""
    make = Maker(session)
    centre = make.organisation()
    _token, gone = make.report(centre)
    ids, pieces = [], []

    def meanwhile(piece):
        pieces.append(piece)
        if len(ids) < 30:
            ids.append(make.report(centre)[1])
        if len(ids) == 10:
            session.execute(update(Referral).where(Referral.report_id == gone).values(report_id=None))
            session.delete(session.get(Report, gone))
            session.add(DestroyedReport(report_hash=report_hash(gone), destroyed_on=date(2026, 11, 22)))
            session.commit()

    with snapshot(engine) as connection:
        assert revision_of(connection) == newest_revision()  # the first that is read, as the command does
        ids.append(make.report(centre)[1])
        totals = backup.write(connection, Head(bytes(16), newest_revision(), MADE_AT), Writer(meanwhile))
    assert len(ids) == 30
    assert (totals.counts["report"], totals.counts["referral"], totals.counts["destroyed_report"]) == (1, 1, 0)
    assert gone in b"".join(pieces)
    assert not [one for one in ids if one in b"".join(pieces)]


@on_one
@to_postgresql
def test_numbers_go_on_after_the_largest(filled, target):
    content, _totals = written(filled)
    migrate(target)
    restored(target, content)
    with session_for(target) as session:
        newest = session.scalars(select(AccessLog).order_by(AccessLog.number.desc())).first()
        columns = {name: getattr(newest, name) for name in ("at", "organisation_id", "caseworker_id", "action")}
        session.add(AccessLog(**columns, detail=""))
        session.commit()
        assert session.scalar(select(func.max(AccessLog.number))) == newest.number + 1


@on_one
def test_referrals_that_came_from_later_ones(engine, session, target, monkeypatch):
    """The row that is pointed at stands after the one that points, whichever way the database gives them."""
    monkeypatch.setattr(restoration, "ROWS_AT_ONCE", 2)
    make = Maker(session)
    centre = make.organisation()
    for _report in range(4):
        make.report(centre)
    ids = session.scalars(select(Referral.referral_id)).all()
    for one, origin in ((ids[0], ids[1]), (ids[2], ids[0]), (ids[1], ids[3])):
        session.execute(update(Referral).where(Referral.referral_id == one).values(referred_by=origin))
    session.commit()
    content, _totals = written(engine)
    migrate(target)
    restored(target, content)
    assert rows_of(target) == rows_of(engine)


def older(content_engine, revision, tmp_path):
    """Records as the first release would have written them: the tables and columns of its revision."""
    then = engine_for(f"sqlite:///{tmp_path / 'then.db'}")
    migrate(then, revision)
    inspector = inspect(then)
    pieces = []
    writer = Writer(pieces.append)
    writer.head(Head(bytes(16), revision, MADE_AT))
    with content_engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in backup.LEFT_OUT or not inspector.has_table(table.name):
                continue
            names = {column["name"] for column in inspector.get_columns(table.name)}
            columns = [column for column in table.columns if column.name in names]
            writer.table(Begun(table.name, tuple((column.name, backup.type_name(column)) for column in columns)))
            for row in connection.execute(select(*columns)):
                writer.row(row)
    totals = writer.end()
    then.dispose()
    return b"".join(pieces), totals


@on_one
def test_an_old_backup_goes_into_the_schema_it_was_made_from(filled, commands, target, tmp_path):
    content, totals = older(filled, "0001_report", tmp_path)
    (tmp_path / "opened").write_bytes(content)
    migrate(target)  # empty, at the newest revision
    code, output = commands.restore(target.url.render_as_string(hide_password=False))
    assert (code, totals.sha256.hex() in output) == (0, True), output
    with target.connect() as connection:
        assert revision_of(connection) == newest_revision()
    there, here = rows_of(target), rows_of(filled)
    assert [row.split(", ")[0] for row in there["report"]] == [row.split(", ")[0] for row in here["report"]]
    assert {name: len(there[name]) for name in totals.counts} == totals.counts


@on_one
@to_sqlite
@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:-1],
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"\x08" + bytes(7) + b"received", b"\x08" + bytes(7) + b"assigned", 1),
    ],
)
def test_nothing_half_restored_is_left(filled, target, spoil):
    content, _totals = written(filled)
    migrate(target)
    with pytest.raises(FormatError):
        restored(target, spoil(content))
    assert not any(rows_of(target).values())


@on_one
def test_rows_that_contradict_each_other_are_refused(engine, session, target):
    """A letter without its report: no database takes it."""
    make = Maker(session)
    make.report(make.organisation())
    pieces = []
    writer = Writer(pieces.append)
    writer.head(Head(bytes(16), newest_revision(), MADE_AT))
    with engine.connect() as connection:
        table = Referral.__table__
        writer.table(Begun("referral", tuple((column.name, backup.type_name(column)) for column in table.columns)))
        writer.row(connection.execute(select(*table.columns)).one())
    writer.end()
    migrate(target)
    with pytest.raises(IntegrityError):
        restored(target, b"".join(pieces))
    assert not any(rows_of(target).values())


@to_sqlite
@pytest.mark.parametrize("columns", [(("report_hash", "bytes"), ("why", "str")), (("report_hash", "bytes"),)])
def test_columns_that_the_schema_has_not(target, columns):
    pieces = []
    writer = Writer(pieces.append)
    writer.head(Head(bytes(16), newest_revision(), MADE_AT))
    writer.table(Begun("destroyed_report" if len(columns) > 1 else "nowhere", columns))
    writer.row([bytes(32)] + [""] * (len(columns) - 1))
    writer.end()
    migrate(target)
    with pytest.raises(FormatError):
        restored(target, b"".join(pieces))


@on_one
@to_sqlite
def test_rows_that_the_database_did_not_keep_are_missed(filled, target):
    """A trigger stands for whatever may lose a row unseen."""
    content, _totals = written(filled)
    migrate(target)
    with target.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER loses BEFORE INSERT ON destroyed_report BEGIN SELECT RAISE(IGNORE); END"
        )
    with pytest.raises(FormatError, match=r"backup\.destroyed_report"):
        restored(target, content)


def test_emptiness(target):
    with target.connect() as connection:
        assert restoration.is_empty(connection)  # no schema at all
    migrate(target)
    with target.connect() as connection:
        assert restoration.is_empty(connection)
    with session_for(target) as there:
        there.add(Tick(only_row=1, at=NOW))
        there.commit()
    with target.connect() as connection:
        assert restoration.is_empty(connection)  # a timer ran before anything was set up
    with session_for(target) as there:
        there.add(DestroyedReport(report_hash=secrets.token_bytes(32), destroyed_on=NOW.date()))
        there.commit()
    with target.connect() as connection:
        assert not restoration.is_empty(connection)
