"""What a disk shows of a destroyed report: nothing, neither of its rows nor of its keys."""

from sqlalchemy import select

from app.compaction import compact
from app.db import checkpoint
from app.models import Referral
from app.services import draft, shred_setup
from app.services.shred_store import BATCH, store_of
from tests.databases import on_one, on_postgresql
from tests.making import NOW
from tests.services.shredded import Shredded


def files_with(directory, pieces):
    held = {path.name: path.read_bytes() for path in directory.iterdir() if path.is_file()}
    return {name for name, content in held.items() for piece in pieces if piece in content}


@on_one
def test_no_file_of_sqlite_has_old_bytes_or_keys_of_what_was_destroyed(session, engine, make, tmp_path):
    whole = Shredded(session, make)
    rows = [piece for one in whole.stored() for piece in (one[:48], one[-48:])]
    keys = list(whole.keys().values())
    others = [one.key for one in store_of(session).take(1)]
    assert files_with(tmp_path, rows), "they are found before"
    assert files_with(tmp_path, keys), "and so are their keys"
    whole.withdraw()
    draft.destroy(session, whole.draft.token, NOW)
    session.close()
    checkpoint(engine)
    assert files_with(tmp_path, rows) == set()
    assert files_with(tmp_path, keys) == set()
    assert files_with(tmp_path, others), "while others are there"
    names = {path.name for path in tmp_path.iterdir()}
    assert {"onestop.db", "onestop.shred.db"} <= names


@on_one
def test_a_store_that_lost_keys_is_written_anew_and_a_database_with_gaps_too(session, engine, make, tmp_path):
    whole = Shredded(session, make)
    for _report in range(40):
        make.report(whole.centre)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE gap AS SELECT randomblob(500000) AS bytes")
        connection.exec_driver_sql("DROP TABLE gap")
    compact(engine)
    assert not store_of(session).state().vacuum_due
    whole.withdraw()
    session.close()
    assert store_of(session).state().vacuum_due
    before = (tmp_path / "onestop.db").stat().st_size
    compact(engine)
    checkpoint(engine)
    assert not store_of(session).state().vacuum_due
    assert (tmp_path / "onestop.db").stat().st_size <= before
    with engine.connect() as connection:
        assert (
            connection.exec_driver_sql("PRAGMA freelist_count").scalar_one() * 4
            < connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        )


@on_postgresql
def test_on_postgresql_deleted_keys_are_let_go_of(session, engine, make):
    whole = Shredded(session, make)
    whole.withdraw()
    session.close()
    compact(engine)
    assert not store_of(session).state().vacuum_due


def analysed(engine):
    """As PostgreSQL does by itself once enough has changed."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def sampled(engine, column):
    """Values of a column that PostgreSQL copied into its statistics, to plan with; to be read by whoever owns it."""
    schema, table, name = column.split(".")
    asked = """SELECT unnest(histogram_bounds::text::bytea[]) FROM pg_stats
        WHERE schemaname = %s AND tablename = %s AND attname = %s"""
    with engine.connect() as connection:
        return {bytes(one) for one in connection.exec_driver_sql(asked, (schema, table, name)).scalars()}


@on_postgresql
def test_no_key_is_copied_into_the_statistics_of_postgresql(session, engine, make):
    whole = Shredded(session, make)
    store_of(session).take(1)
    referrals = set(session.scalars(select(Referral.referral_id)))
    session.rollback()
    analysed(engine)
    assert sampled(engine, "shred.shred_key.key_id"), "others are"
    assert sampled(engine, "shred.shred_key.key") == set()
    whole.withdraw()
    session.close()
    assert sampled(engine, "public.referral.referral_id") == referrals, "what the threat model says of them"


@on_postgresql
def test_keys_that_were_copied_before_go_at_the_next_migration(session, engine):
    store = store_of(session)
    keys = {one.key for one in store.take(BATCH)}
    with store.writing() as connection:  # as the release before made it
        connection.exec_driver_sql(f"ALTER TABLE {store.keys} ALTER COLUMN key SET STATISTICS -1")
        connection.exec_driver_sql(f"UPDATE {store.state_table} SET version = 1")
    analysed(engine)
    assert sampled(engine, "shred.shred_key.key") & keys
    shred_setup.prepare(engine)
    assert sampled(engine, "shred.shred_key.key") == set()
    analysed(engine)
    assert sampled(engine, "shred.shred_key.key") == set()
    with store.reading() as connection:
        said = connection.exec_driver_sql(f"SELECT version FROM {store.state_table}").scalar_one()
    assert said == len(shred_setup.STEPS)
