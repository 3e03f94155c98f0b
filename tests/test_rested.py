"""A dead connection that rested is replaced before anybody meets it; one that did not fails once, and is replaced."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import db, rested
from app.db import engine_for, is_away
from tests.databases import on_postgresql

pytestmark = on_postgresql
WHO = text("SELECT pg_backend_pid()")


def scalar(engine, statement, **values):
    with engine.connect() as connection:
        return connection.scalar(statement, values)


def kill(database_url, pid):
    killer = engine_for(database_url)
    assert scalar(killer, text("SELECT pg_terminate_backend(:pid, 5000)"), pid=pid)
    killer.dispose()


@pytest.fixture
def killed(engine, database_url):
    """The backend of a connection that lies in the engine's pool, and is dead."""
    pid = scalar(engine, WHO)
    kill(database_url, pid)
    return pid


def test_after_a_rest_nobody_meets_a_dead_connection(engine, killed, monkeypatch):
    monkeypatch.setattr(rested, "RESTED", 0)
    assert scalar(engine, WHO) not in {None, killed}


def test_without_a_rest_one_asks_again(engine, killed, monkeypatch):
    monkeypatch.setattr(rested, "RESTED", 3600)
    with pytest.raises(OperationalError) as met:
        scalar(engine, WHO)
    assert is_away(met.value)
    assert scalar(engine, WHO) not in {None, killed}


def test_one_that_dies_after_the_answer_spoils_it_not(app, database_url):
    with app.app_context():
        pid = db.session().scalar(WHO)
        kill(database_url, pid)
    assert scalar(app.extensions["onestop_engine"], WHO) not in {None, pid}


def test_a_living_connection_is_kept(engine, monkeypatch):
    monkeypatch.setattr(rested, "RESTED", 0)
    assert scalar(engine, WHO) == scalar(engine, WHO)
