"""Expand, migrate, contract: between two revisions that follow one another, workers of both releases go on working."""

import pytest
from sqlalchemy import text

from app.db import engine_for, migrate
from tests.databases import a_database
from tests.migrations.old_worker import OldWorker
from tests.migrations.test_migrations import VERSIONS

LINE = [path.stem for path in VERSIONS]
# What must not be done while workers of the release before may still run. Tables that nothing points at come first.
BREAKING = {
    "work_record": "DROP TABLE work_record",
    "summary": "ALTER TABLE summary RENAME TO digest",
    "message": "ALTER TABLE message ADD COLUMN tone VARCHAR NOT NULL",
    "referral": "ALTER TABLE referral RENAME COLUMN state_on TO moved_on",
    "report": "ALTER TABLE report DROP COLUMN own",
}


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request, tmp_path):
    with a_database(request, tmp_path) as url:
        made = engine_for(url)
        yield made
        made.dispose()


def broken(worker):
    return {table for table, _verb in worker.faults()}


def test_a_migration_that_breaks_an_old_worker_would_be_seen(engine):
    migrate(engine)
    worker = OldWorker(engine)
    assert broken(worker) == set()
    for table, change in BREAKING.items():
        before = broken(worker)
        with engine.begin() as connection:
            connection.execute(text(change))
        assert table in broken(worker) - before


def test_workers_of_two_releases_go_on_side_by_side_all_the_way_up_and_down(engine):
    workers = []
    for revision in LINE:
        migrate(engine, revision)
        for old in workers[-1:]:
            assert (revision, old.faults()) == (revision, [])
        assert [old.lost() for old in workers] == [[] for _old in workers]
        workers.append(OldWorker(engine))
        workers[-1].fill(workers[-2].kept if workers[:-1] else {})
    while workers[1:]:
        workers.pop()
        migrate(engine, "-1")
        assert workers[-1].faults() == []
        assert [old.lost() for old in workers] == [[] for _old in workers]
