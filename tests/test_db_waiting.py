"""Waiting for a database: nothing that a page asks is waited for long; whoever asked is told to wait a moment."""

import dataclasses
import socket

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import create_app, db
from app.db import engine_for
from tests.databases import on_postgresql
from tests.making import body_of

SHOWN = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout", "application_name")


def shown(engine):
    with engine.connect() as connection:
        return [connection.execute(text(f"SHOW {name}")).scalar() for name in SHOWN]


@pytest.fixture
def web(settings):
    """`web(**changes)` makes a portal with these settings."""
    made = []

    def make(**changes):
        made.append(create_app(dataclasses.replace(settings, **changes)))
        return made[-1]

    yield make
    for app in made:
        app.extensions["onestop_engine"].dispose()


@on_postgresql
def test_what_a_page_asks_is_ended_and_what_a_command_asks_is_not(web):
    app = web(database_statement_timeout=7)
    assert shown(app.extensions["onestop_engine"]) == ["7s", "5s", "30s", "onestop"]
    app.test_cli_runner().invoke(args=["doctor"])
    assert shown(app.extensions["onestop_engine"]) == ["0", "0", "0", "onestop"]


@on_postgresql
def test_an_address_that_names_itself_keeps_its_name(database_url):
    joint = "&" if "?" in database_url else "?"
    engine = engine_for(f"{database_url}{joint}application_name=ours")
    assert shown(engine)[-1] == "ours"
    engine.dispose()


@on_postgresql
def test_a_statement_that_takes_too_long_is_ended_and_called_busy(web):
    engine = web(database_statement_timeout=1).extensions["onestop_engine"]
    with engine.connect() as connection, pytest.raises(OperationalError) as ended:
        connection.execute(text("SELECT pg_sleep(600)"))
    assert db.is_away(ended.value)


@on_postgresql
def test_rows_that_somebody_holds_are_not_waited_for_long(web, monkeypatch, engine, make):
    monkeypatch.setattr(db, "LOCK_WAIT", 1)
    app, centre = web(), make.organisation()
    body = body_of(centre)
    with engine.begin() as other:
        other.execute(text("LOCK TABLE report IN ACCESS EXCLUSIVE MODE"))
        answer = app.test_client().post("/report", data=body, content_type="application/json")
        assert (answer.status_code, answer.json["code"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) > 0
    assert app.test_client().post("/report", data=body, content_type="application/json").status_code == 201


def test_when_all_connections_are_in_use_the_next_is_told_to_wait(web, monkeypatch, make):
    make.organisation()
    make.session.rollback()
    monkeypatch.setattr(db, "POOL_WAIT", 0.2)
    app = web(database_pool=2)
    engine = app.extensions["onestop_engine"]
    with engine.connect(), engine.connect():
        answer = app.test_client().get("/api/v1/directory")
        assert (answer.status_code, answer.json["code"]) == (503, "busy")
        assert int(answer.headers["Retry-After"]) > 0
    assert app.test_client().get("/api/v1/directory").status_code == 200


@on_postgresql
def test_a_server_that_says_nothing_is_given_up_on(database_url, monkeypatch):
    monkeypatch.setitem(db.REACHING, "connect_timeout", 2)  # the shortest that the driver knows
    with socket.create_server(("127.0.0.1", 0)) as silent:
        engine = engine_for(f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/none")
        with pytest.raises(OperationalError, match="timeout"):
            engine.connect()
        engine.dispose()
