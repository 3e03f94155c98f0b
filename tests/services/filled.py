"""A database as years of work leave it, small enough for a test: full tables, and statistics that say so."""

from contextlib import contextmanager
from datetime import timedelta

from app.db import engine_for, migrate, session_for
from tests.databases import a_database
from tests.making import NOW, Maker
from tests.making_many import fill_beside, fill_junk, fill_referrals, fill_strangers

MANY = 8_000
# No state so rare that a planner may walk through it, none so frequent that it is the table.
STATES = {
    "closed": 40,
    "received": 25,
    "assigned": 10,
    "in_support": 10,
    "needs_info": 5,
    "referred": 5,
    "withdrawn": 5,
}


@contextmanager
def filled_database(request, directory):
    """An engine, and the organisation (a `Made`) whose tables are full; which kind is the fixture's parameter."""
    with a_database(request, directory) as url:
        engine = engine_for(url)
        migrate(engine)
        with session_for(engine) as session:
            made = Maker(session).organisation()
        holders = [made.people[role].caseworker_id for role in ("lead", "caseworker")]
        fill_referrals(engine, made, MANY, states=STATES, holders=holders)
        fill_beside(engine, made, holders[0])
        fill_junk(engine, made, holders[0])
        fill_strangers(engine, MANY, now=NOW + timedelta(days=30))
        yield engine, made
        engine.dispose()
