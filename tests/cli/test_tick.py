"""What a timer starts."""

import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select

from app import create_app
from app.cli.alone import alone
from app.models import DestroyedReport, Draft, FigureCount, Referral, Report
from tests.browser.live_portal import ROOT
from tests.making import Maker

HOLDS_THE_LOCK = """
import sys
from app.cli.alone import alone
from app.db import engine_for
with alone(engine_for(sys.argv[1]), "tick") as free:
    print(free, flush=True)
    sys.stdin.read()
"""


def withdrawn_report(session, organisation):
    maker = Maker(session, now=datetime.now(UTC) - timedelta(days=10))
    _token, report_id = maker.report(organisation)
    past = (datetime.now(UTC) - timedelta(days=5)).date()
    session.query(Referral).filter_by(report_id=report_id).update({"state": "withdrawn", "destroy_on": past})
    session.commit()


def test_what_is_past_its_day_is_destroyed_and_twice_is_as_once(app, session):
    maker = Maker(session)
    organisation = maker.organisation()
    withdrawn_report(session, organisation)
    maker.report(organisation)
    for _time in range(2):
        ran = app.test_cli_runner().invoke(args=["tick"])
        assert (ran.exit_code, ran.exception, ran.output) == (0, None, "")
        session.expire_all()
        assert session.query(Report).count() == 1
        assert session.query(DestroyedReport).count() == 1
        session.rollback()  # SQLite has one writer: this reader must not be taken for one


def test_figures_are_counted_without_what_was_destroyed(app, session):
    made = Maker(session, now=datetime.now(UTC)).organisation()
    withdrawn_report(session, made)
    Maker(session, now=datetime.now(UTC)).report(made)
    assert app.test_cli_runner().invoke(args=["tick"]).exit_code == 0
    found = session.scalars(select(FigureCount.number).where(FigureCount.figure == "due", FigureCount.number > 0))
    assert list(found) == [1]


def test_purge_says_how_much_it_was(app, session):
    withdrawn_report(session, Maker(session).organisation())
    session.add(Draft(lookup=bytes(32), draft_id=bytes(16), destroy_on=date(2026, 1, 1), sealed=bytes(4124)))
    session.commit()
    assert "destroyed 1 referrals, 1 reports and 1 drafts" in app.test_cli_runner().invoke(args=["purge"]).output
    assert "destroyed 0 referrals, 0 reports and 0 drafts" in app.test_cli_runner().invoke(args=["purge"]).output


def test_a_second_tick_at_the_same_time_says_so_and_does_nothing(app, settings, session, monkeypatch):
    withdrawn_report(session, Maker(session).organisation())
    begun, go_on, answers = threading.Event(), threading.Event(), []

    def slow():
        begun.set()
        go_on.wait()

    def tick(portal):
        answers.append(portal.test_cli_runner().invoke(args=["tick"]))

    monkeypatch.setattr("app.cli.tick.tell_organisations", slow)
    first = threading.Thread(target=tick, args=(app,))
    first.start()
    begun.wait()
    try:
        other = create_app(settings)
        tick(other)
        other.extensions["onestop_engine"].dispose()
        assert (answers[0].exit_code, answers[0].output) == (0, "another tick is at work: nothing was done\n")
        assert session.query(Report).count() == 1
        session.rollback()
    finally:
        go_on.set()
        first.join()
    assert (answers[1].exit_code, answers[1].output) == (0, "")
    assert session.query(Report).count() == 0
    session.rollback()
    tick(app)
    assert (answers[2].exit_code, answers[2].output) == (0, "")


def test_a_tick_that_was_killed_leaves_no_lock(engine, database_url):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDS_THE_LOCK, database_url],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout.readline() == "True\n"
        with alone(engine, "tick") as free:
            assert not free
        holder.send_signal(signal.SIGKILL)
    for _try in range(600):  # PostgreSQL notices the end of a connection a moment later
        with alone(engine, "tick") as free:
            if free:
                return
        time.sleep(0.1)
    raise AssertionError("still locked")
