"""A store of shred keys that is missing, another's or older: nothing starts or is destroyed, and one line says why."""

import dataclasses
import secrets
from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select

from app import db
from app.domain.deadline import day_of
from app.models import Referral, Report, ShredStanding
from app.services import shred_setup, shred_sweep
from app.services.shred_store import store_of
from tests.browser.live_portal import LivePortal
from tests.cli.examining import examine, in_order, place, verdict
from tests.databases import on_one
from tests.making import body_of
from tests.services.shredded import Shredded, number_of_keys
from tests.services.test_shred_sweep import as_before

__all__ = ["examine", "in_order", "place"]
WORDS = {"missing": "is missing", "another's": "is another database's", "older": "is older than the database"}


@pytest.fixture(params=WORDS)
def spoilt(request, session, engine, make, tmp_path):
    """A portal with a report, whose store is no longer what it was; gives what is said."""
    make.report(make.organisation())
    session.rollback()
    store = store_of(engine)
    spoil = {"missing": take_away, "another's": exchange, "older": set_back}[request.param]
    mend = spoil(store, engine)
    yield WORDS[request.param]
    mend()


def take_away(store, engine):
    file = shred_setup.file_of(store)
    if file is not None:
        engine.dispose()
        aside = file.with_suffix(".aside")
        file.rename(aside)
        return lambda: aside.rename(file)
    rename(store, "shred", "aside")
    return lambda: rename(store, "aside", "shred")


def rename(store, old, new):
    with store.engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER SCHEMA {old} RENAME TO {new}")


def exchange(store, _engine):
    was = store.state().store_id
    change(store, "store_id", secrets.token_bytes(16))
    return lambda: change(store, "store_id", was)


def set_back(store, _engine):
    was = store.state().generation
    change(store, "generation", was - 1)
    return lambda: change(store, "generation", was)


def change(store, column, value):
    with store.writing() as connection:
        connection.exec_driver_sql(f"UPDATE {store.state_table} SET {column} = {store.mark}", (value,))


def reports(session):
    session.expire_all()
    found = len(session.scalars(select(Report)).all())
    session.rollback()
    return found


@pytest.mark.parametrize("command", [["tick"], ["purge"], ["migrate"], ["tick", "--clock-is-right"]])
def test_commands_refuse_in_one_line_and_destroy_nothing(app, session, spoilt, command):
    ran = app.test_cli_runner().invoke(args=command)
    assert (ran.exit_code, spoilt in ran.output, ran.output.count("\n")) == (1, True, 1), ran.output
    assert "docs/operations.md" in ran.output
    assert reports(session) == 1


def test_the_doctor_and_the_probe_say_so(client, examine, spoilt):
    code, lines = examine()
    assert (code, verdict(lines["shred-store"]), spoilt in lines["shred-store"]) == (1, "wrong", True), lines
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["status"]) == (503, "shred_store")


def test_nothing_begins_to_serve(settings, spoilt):
    assert spoilt in db.refusal(settings)


@on_one
def test_a_report_is_asked_to_wait_where_no_key_can_be_had(client, make, session, spoilt):
    if spoilt != WORDS["missing"]:
        return
    centre = make.organisation("second", roles=())
    session.rollback()
    answer = client.post("/report", data=body_of(centre), content_type="application/json")
    assert (answer.status_code, answer.json["code"]) == (503, "busy")
    assert reports(session) == 1


def test_all_is_well_before_and_after(settings, session, make):
    assert db.refusal(settings) == ""
    make.report(make.organisation())
    session.rollback()
    assert db.refusal(settings) == ""


def test_a_database_that_is_older_than_the_store_is_well(settings, session, make):
    """A backup that was restored: what was destroyed since is destroyed again."""
    whole = Shredded(session, make)
    before = session.execute(select(ShredStanding.store_id, ShredStanding.generation)).one()
    whole.withdraw()
    session.execute(delete(ShredStanding))
    session.add(ShredStanding(store_id=before.store_id, generation=before.generation))
    session.commit()
    assert db.refusal(settings) == ""


@on_one
def test_a_database_that_is_away_may_still_be_started(settings, tmp_path):
    away = dataclasses.replace(settings, database_url=f"sqlite:///{tmp_path / 'no' / 'such' / 'place.db'}")
    assert db.refusal(away) == ""


def test_a_tick_puts_under_what_came_before_and_looks_once_a_day(app, session, make):
    whole = Shredded(session, make)
    as_before(session)
    session.rollback()
    for _time in range(2):
        ran = app.test_cli_runner().invoke(args=["tick"])
        assert (ran.exit_code, ran.output) == (0, "")
    session.expire_all()
    assert None not in session.scalars(select(Referral.shred_id)).all()
    session.rollback()
    assert store_of(session).state().compared_on == day_of(datetime.now(UTC)).toordinal()
    assert number_of_keys(session) >= 3
    assert shred_sweep.finish(session, datetime.now(UTC)).referrals == 0
    assert not store_of(session).state().vacuum_due
    assert whole


def test_gunicorn_ends_at_once_with_one_line(tmp_path):
    portal = LivePortal(tmp_path / "portal", workers=1, demo=False)
    engine = db.engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(ShredStanding.__table__.insert().values(only_row=1, store_id=bytes(16), generation=1))
    engine.dispose()
    portal.launch()
    assert portal.process.wait(timeout=30) != 0
    said = portal.log.read_text(encoding="utf-8").strip().splitlines()
    assert [line for line in said if "the portal does not start: the store of shred keys is another" in line] == said
