"""Leaving quickly, without scripts too: what the browser does with it is in tests/browser."""

import re

import pytest

from app import create_app
from config import Settings
from tests.conftest import ASSETS, SECRET

PAGES = ["/", "/en/", "/help", "/en/privacy", "/nowhere"]


@pytest.fixture
def database_url(tmp_path):
    return f"sqlite:///{tmp_path}/none.db"


@pytest.mark.parametrize("path", PAGES)
def test_the_way_out_is_a_plain_link_at_the_top_of_every_page(client, path):
    page = client.get(path).text
    link = re.search(r'<a [^>]*id="exit"[^>]*href="([^"]+)"', page)
    assert link[1] == ("/en/x" if path.startswith("/en") else "/x")
    assert page.index(link[0]) < page.index("<header")
    assert "<form" not in page  # a form that leads off-site is blocked by the page's own policy


def test_the_link_leads_away_and_clears_what_the_browser_kept(client):
    answer = client.get("/x")
    assert (answer.status_code, answer.headers["Location"]) == (303, "https://www.weather.go.kr/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_neutral_page_says_nothing_of_the_portal(client):
    for path, title in (("/n", "날씨"), ("/en/n", "Weather")):
        page = client.get(path)
        assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
        assert re.search(r"<title>(.*)</title>", page.text)[1] == title
        assert 'data-leave-to="https://www.weather.go.kr/"' in page.text
        for word in ("원스톱", "Onestop", "신고", "report", "exit"):
            assert word not in re.sub(r'"/static/[^"]*"', "", page.text)


def test_where_it_leads_is_a_setting(tmp_path):
    url = f"sqlite:///{tmp_path}/none.db"
    app = create_app(
        Settings(secret_key=SECRET, database_url=url, asset_cache=str(ASSETS), exit_url="https://dictionary.example/")
    )
    client = app.test_client()
    assert client.get("/x").headers["Location"] == "https://dictionary.example/"
    assert 'data-leave-to="https://dictionary.example/"' in client.get("/n").text
    app.extensions["onestop_engine"].dispose()
