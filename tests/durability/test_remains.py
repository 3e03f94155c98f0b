"""What PostgreSQL's files still hold of what was destroyed: measured, as docs/operations.md says it."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.compaction import compact
from app.db import engine_for, migrate, session_for
from tests.making import Maker
from tests.services.shredded import Shredded

pytestmark = pytest.mark.slow


@pytest.fixture
def place(durable_postgres):
    """An engine of a database of its own, and `held(pieces)`: in which parts of the server's files each piece lies."""
    engine = engine_for(durable_postgres.database())
    migrate(engine)
    directory = Path(durable_postgres.server.pgdata)

    def held(pieces):
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))
        found = {piece: set() for piece in pieces}
        for part in ("base", "pg_wal"):
            for path in (directory / part).rglob("*"):
                content = path.read_bytes() if path.is_file() else b""
                for piece in pieces:
                    if piece in content:
                        found[piece].add(part)
        return found

    yield engine, held
    engine.dispose()


def test_what_remains_until_it_is_overwritten(place):
    """The key of a page may lie in a gap for a while, or not; the log has all of them until it is used again."""
    engine, held = place
    with session_for(engine) as session:
        whole = Shredded(session, Maker(session))
        keys, stored = whole.keys(), whole.stored()
        before = held([*keys.values(), *(one[:48] for one in stored)])
        whole.withdraw()
        kept, there = whole.keys(), whole.stored()
        gone = [key for key_id, key in keys.items() if key_id not in kept]
        rows = [one[:48] for one in stored if one not in there]
    compact(engine)
    after = held([*gone, *rows])
    for name, pieces in (("keys", gone), ("rows", rows)):
        for part in ("base", "pg_wal"):
            was, is_there = ([one for one in pieces if part in found[one]] for found in (before, after))
            print(f"PostgreSQL, destroyed {name} in {part}: {len(was)} of {len(pieces)} before, {len(is_there)} after")
    assert gone
    assert rows
    assert all("base" in before[one] for one in [*gone, *rows])
    assert all("pg_wal" in after[one] for one in [*gone, *rows])
