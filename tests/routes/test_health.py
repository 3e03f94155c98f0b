"""What a machine that watches is told: alive, ready, and figures that single nobody out."""

import os
import signal
import socket
import time
import urllib.request
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import text, update

from app import create_app
from app.models import Epoch, Referral
from app.services import readiness
from config import Settings
from tests.browser.live_portal import LivePortal
from tests.conftest import ASSETS, SECRET
from tests.databases import on_one
from tests.making import NOW

TOKEN = "t" * 40
BEARER = {"Authorization": f"Bearer {TOKEN}"}


def state(client):
    answer = client.get("/readyz")
    return answer.status_code, answer.json["status"]


def samples(page):
    """The figures as {name{labels}: value}."""
    lines = [line for line in page.splitlines() if line and not line.startswith("#")]
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


@pytest.fixture
def watched(settings):
    watched = create_app(Settings(**{**{f: getattr(settings, f) for f in settings.__slots__}, "metrics_token": TOKEN}))
    yield watched.test_client()
    watched.extensions["onestop_engine"].dispose()


def test_a_portal_that_has_an_organisation_with_a_key_is_ready(client, make, session):
    assert state(client) == (503, "not_set_up")
    make.organisation()
    session.rollback()
    assert state(client) == (200, "ok")
    session.execute(update(Epoch).values(retired_on=NOW.date()))
    session.commit()
    assert state(client) == (503, "nobody")


def test_an_older_schema_is_not_ready_and_a_newer_one_is(client, make, session):
    make.organisation()
    for revision, expected in (("0001_report", (503, "schema")), ("9999_later", (200, "ok"))):
        session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
        session.commit()
        try:
            assert state(client) == expected
        finally:
            session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": readiness.NEEDED})
            session.commit()


def test_a_portal_whose_database_is_away_is_alive_and_not_ready():
    nowhere = Settings(secret_key=SECRET, database_url="sqlite:////nowhere/at/all.db", asset_cache=str(ASSETS))
    client = create_app(nowhere).test_client()
    assert client.get("/healthz").json == {"status": "ok"}
    assert state(client) == (503, "database_away")


@on_one
def test_without_the_token_there_are_no_figures(client, watched):
    unknown = client.get("/nowhere", headers={"Accept": "application/json"})
    for asked, headers in ((client, BEARER), (client, {}), (watched, {}), (watched, {"Authorization": "Bearer t"})):
        refused = asked.get("/metrics", headers=headers)
        assert (refused.status_code, refused.json) == (404, unknown.json)
    assert watched.get("/metrics", headers=BEARER).status_code == 200


@on_one
def test_what_strangers_do_is_shown_in_tens_and_never_the_first_time(watched, make, session):
    make.organisation()
    session.rollback()
    name = 'onestop_answers_total{by="strangers",endpoint="help.show",status="200"}'

    def shown():
        return samples(watched.get("/metrics", headers=BEARER).text).get(name, 0.0)

    seen = [shown()]
    for _visit in range(35):
        watched.get("/help")
        seen.append(shown())
    assert {one % 10 for one in seen} == {0.0}
    assert {later - earlier for earlier, later in pairwise(seen)} == {0.0, 10.0}
    assert 30 <= seen[-1] - seen[0] <= 40


@on_one
def test_what_is_shown_names_nothing_of_a_request(watched, make, session):
    make.organisation("centre")
    session.rollback()
    for path in ("/secret-path", "/help?secret=query", "/referral/secret"):
        for _visit in range(12):
            watched.get(path, headers={"User-Agent": "secret agent", "Referer": "https://secret.example/"})
    page = watched.get("/metrics", headers=BEARER).text
    assert "secret" not in page
    assert 'endpoint="none"' in page


def test_figures_say_how_long_the_first_letter_is_overdue(watched, make, session):
    centre = make.organisation("centre")
    make.report(centre)
    session.execute(update(Referral).values(due_on=NOW.date() - timedelta(days=3000), urgent=True))
    session.commit()
    overdue = samples(watched.get("/metrics", headers=BEARER).text)
    assert overdue['onestop_overdue_days{organisation="centre",urgent="true"}'] >= 3000
    assert overdue['onestop_overdue_days{organisation="centre",urgent="false"}'] == 0
    session.execute(update(Referral).values(state="assigned"))
    session.commit()
    claimed = samples(watched.get("/metrics", headers=BEARER).text)
    assert claimed['onestop_overdue_days{organisation="centre",urgent="true"}'] == 0


def test_workers_count_together_survive_a_killed_one_and_log_no_address(tmp_path):
    with LivePortal(tmp_path, metrics_token=TOKEN) as portal:

        def ask(path, **headers):
            with urllib.request.urlopen(
                urllib.request.Request(portal.url + path, headers=headers), timeout=30
            ) as answer:
                return answer.read().decode()

        def pages():
            shown = samples(ask("/metrics", **BEARER))
            return shown.get('onestop_answers_total{by="strangers",endpoint="help.show",status="200"}', 0.0)

        for _visit in range(40):
            ask("/help")
        assert pages() == 40
        with socket.create_connection(("127.0.0.1", portal.port)) as rude:
            rude.sendall(b"GET /typed-words HTTP/1.1\r\nBad Header\xff: typed-words\r\n\r\n")
            assert b"400 Bad Request" in rude.recv(1000)
        os.kill(portal.pids()[1], signal.SIGKILL)
        until = time.monotonic() + 30
        while len(portal.pids()) < 3 and time.monotonic() < until:
            time.sleep(0.1)
        for _visit in range(20):
            ask("/help")
        assert pages() == 60
    log = portal.log.read_text(encoding="utf-8")
    assert "unreadable request" in log
    assert "SIGKILL" in log
    assert "127.0.0.1" not in log
    assert "typed-words" not in log
