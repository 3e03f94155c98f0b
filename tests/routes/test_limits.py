"""Limits: a flood becomes "one moment", one address cannot spend everybody's budget, and no address is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import template_rendered
from limits.errors import StorageError

from app import create_app
from app.errors import Busy, ProofRequired
from app.limits import BUDGETS, Turns, network_of, stretching
from config import Settings
from tests.conftest import ASSETS, SECRET

NOW = datetime(2026, 11, 22, 3, tzinfo=UTC)


@pytest.fixture
def limited_app(tmp_path):
    made = []

    def make(**limits):
        url = f"sqlite:///{tmp_path}/none.db"
        app = create_app(Settings(secret_key=SECRET, database_url=url, asset_cache=str(ASSETS), **limits))
        made.append(app)
        return app

    yield make
    for app in made:
        app.extensions["onestop_engine"].dispose()


def get(app, address="192.0.2.1", path="/help", **headers):
    return app.test_client().get(path, environ_base={"REMOTE_ADDR": address}, headers=headers)


def kept(app):
    return " ".join(app.extensions["onestop_limits"].shared.storage.storage)


def test_an_address_that_asks_too_often_waits_and_no_other_does(limited_app):
    app = limited_app(limit_page_each="2 per minute")
    assert [get(app).status_code for _ in range(3)] == [200, 200, 429]
    assert 1 <= int(get(app).headers["Retry-After"]) <= 60
    assert get(app, "192.0.2.2").status_code == 200


def test_when_everybodys_budget_is_spent_everybody_is_asked_to_wait(limited_app):
    app = limited_app(limit_page_all="2 per minute")
    assert [get(app, f"192.0.2.{n}").status_code for n in range(4)] == [200, 200, 429, 429]
    problem = get(app, "192.0.2.9", "/api/v1/directory")
    assert (problem.status_code, problem.json["code"]) == (429, "busy")
    assert problem.json["retry_after"] == int(problem.headers["Retry-After"]) > 0
    page = get(app, "192.0.2.9", Accept="text/html")
    assert "잠시만 기다려 주세요" in page.text


def test_a_reader_who_is_asked_to_wait_gets_a_page_that_opens_by_itself(limited_app):
    app = limited_app(limit_page_all="1 per minute")
    get(app)
    for path in ("/report", "/en/report", "/follow-up", "/"):
        page = get(app, path=path, Accept="text/html")
        assert page.status_code == 429
        assert page.headers["Refresh"] == page.headers["Retry-After"]
        assert ("저절로 열립니다" in page.text) != path.startswith("/en/")
        assert 'href="tel:1366"' in page.text
    assert "Refresh" not in get(app, path="/api/v1/directory").headers


def test_refusing_a_page_renders_nothing_anew(limited_app, monkeypatch):
    app = limited_app(limit_page_all="1 per minute")
    get(app)
    get(app, path="/report", Accept="text/html")
    rendered = []
    with template_rendered.connected_to(lambda *_args, **_more: rendered.append(1), app):
        for number in range(5):
            assert get(app, path="/report", Accept="text/html").status_code == 429
            made_up = get(app, path=f"/{number}", Accept="text/html")
            assert (made_up.status_code, made_up.mimetype) == (429, "text/plain")
            assert "저절로" in made_up.text
    assert rendered == []


def test_one_address_cannot_spend_everybodys_budget(limited_app):
    app = limited_app(limit_page_all="5 per minute", limit_page_each="2 per minute")
    for _ in range(50):
        get(app)
    assert get(app, "192.0.2.2").status_code == 200


def test_an_exhausted_portal_notes_no_further_addresses(limited_app):
    app = limited_app(limit_page_all="1 per minute")
    get(app)
    before = kept(app)
    for n in range(20):
        get(app, f"198.51.100.{n}")
    assert kept(app) == before


def test_each_kind_of_request_has_a_budget_of_its_own(limited_app):
    limits = limited_app(limit_page_all="1 per minute").extensions["onestop_limits"]
    limits.spend("page", "192.0.2.1")
    with pytest.raises(Busy):
        limits.spend("page", "192.0.2.1")
    for budget in set(BUDGETS) - {"page"}:
        limits.spend(budget, "192.0.2.1")


def test_a_crowd_behind_one_address_is_not_locked_out(limited_app):
    """A class of forty makes a report, comes back, and reads around, all within a minute."""
    limits = limited_app().extensions["onestop_limits"]
    for _ in range(40):
        limits.spend("report", "192.0.2.1")
        for _ in range(5):
            limits.spend("follow_up", "192.0.2.1")
        for _ in range(20):
            limits.spend("page", "192.0.2.1")


def test_sending_reports_and_signing_in_are_limited(limited_app):
    app = limited_app(
        limit_report_each="1 per minute", limit_sign_in_each="1 per minute", limit_follow_up_each="1 per day"
    )
    spent = {"/report": "proof_required", "/sign-in": "delayed", "/follow-up": "proof_required"}
    for path, code in spent.items():
        client = app.test_client()
        assert client.post(path, json={}).status_code == 400, path
        answer = client.post(path, json={})
        assert (answer.status_code, answer.json["code"]) == (429, code), path


def test_no_address_is_kept_in_the_clear(limited_app):
    app = limited_app()
    for address in ("192.0.2.77", "2001:db8:1:2:3:4:5:6"):
        get(app, address)
    assert kept(app)
    for piece in ("192.0.2", "2001:db8", "c000024d"):
        assert piece not in kept(app)


def test_the_key_of_an_address_changes_daily_and_with_the_secret(limited_app):
    limits = limited_app().extensions["onestop_limits"]
    today = limits.key("192.0.2.1", NOW)
    assert limits.key("192.0.2.1", NOW + timedelta(hours=20)) == today
    assert limits.key("192.0.2.1", NOW + timedelta(days=1)) != today
    assert limits.key("192.0.2.2", NOW) != today
    limits.secret = b"another secret"
    assert limits.key("192.0.2.1", NOW) != today


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_address_counts_by_its_household(address, network):
    assert network_of(address) == network


def test_a_counter_that_is_away_keeps_nobody_from_reporting(limited_app, monkeypatch):
    limits = limited_app(limit_report_each="2 per minute").extensions["onestop_limits"]

    def away(*_args):
        raise StorageError(OSError("away"))

    for method in ("incr", "get", "get_expiry"):
        monkeypatch.setattr(limits.shared.storage, method, away)
    limits.spend("report", "192.0.2.1")
    limits.spend("report", "192.0.2.1")
    with pytest.raises(ProofRequired):
        limits.spend("report", "192.0.2.1")


def test_one_stretches_at_a_time_a_few_wait_and_nobody_else_does():
    turns = Turns(may_wait=1, longest_wait=0.05)
    with turns.take():
        with pytest.raises(Busy), turns.take():  # waits for its turn, in vain
            pass
        assert turns.room.acquire(blocking=False)  # somebody waits
        with pytest.raises(Busy), turns.take():
            pass
        turns.room.release()
    with turns.take():  # whoever was turned away left nothing behind
        pass


def test_stretching_codes_has_a_budget_of_its_own(limited_app):
    app = limited_app(limit_stretch_all="1 per minute")
    with app.test_request_context("/"):
        with stretching():
            pass
        with pytest.raises(Busy), stretching():
            pass
    app.extensions["onestop_limits"].spend("report", "192.0.2.1")
