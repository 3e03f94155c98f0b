"""Public pages are rendered once, and anew as soon as anything that they say has changed."""

import pytest

from app import page
from app.page import MOST_KEPT, Renderings
from tests.databases import copy_database


@pytest.fixture
def database_url(tmp_path, sqlite_file):
    path = tmp_path / "onestop.db"
    copy_database(sqlite_file, path)
    return f"sqlite:///{path}"


@pytest.fixture
def rendered(monkeypatch):
    """The templates that were really rendered."""
    templates = []
    really = page.render_template

    def note(template, **context):
        templates.append(template)
        return really(template, **context)

    monkeypatch.setattr(page, "render_template", note)
    return templates


def test_a_public_page_is_rendered_once_a_language(client, rendered):
    first = [client.get(path).text for path in ("/help", "/en/help")]
    assert [client.get(path).text for path in ("/help", "/en/help")] == first
    assert first[0] != first[1]
    assert rendered == ["help/help.html", "help/help.html"]


def test_the_report_page_follows_the_organisations(client, make, rendered):
    make.organisation("first")
    assert "기관 first" in client.get("/report").text
    client.get("/report")
    assert rendered == ["report/report.html"]
    make.organisation("second", kind="police")
    both = client.get("/report").text
    assert "기관 first" in both
    assert "기관 second" in both
    assert "The second" in client.get("/en/report").text


def test_a_portal_that_becomes_a_demo_says_so_at_once(client, make):
    assert "시험용 화면입니다." not in client.get("/help").text
    make.portal(demo=True)
    assert "시험용 화면입니다." in client.get("/help").text


def test_a_portal_reached_below_a_path_links_below_it(client):
    plain = client.get("/help").text
    below = client.get("/help", environ_overrides={"SCRIPT_NAME": "/portal"}).text
    assert 'href="/x"' in plain
    assert 'href="/portal/x"' in below


def test_what_is_kept_is_bounded_and_what_is_asked_for_stays():
    kept = Renderings()
    for n in range(MOST_KEPT + 10):
        kept.of("wanted", lambda: "page")
        kept.of(n, lambda: "other")
    assert len(kept.kept) == MOST_KEPT
    assert kept.of("wanted", pytest.fail)[0] == b"page"
