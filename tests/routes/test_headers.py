"""Headers that depend on the connection: the walk over every address is in tests/rules."""

import re

import pytest

from app import create_app
from config import Settings
from tests.conftest import ASSETS, SECRET

FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "portal.example", "X-Forwarded-For": "203.0.113.9"}


@pytest.fixture
def client_behind(tmp_path):
    made = []

    def behind(proxies, **settings):
        app = create_app(
            Settings(
                secret_key=SECRET,
                database_url=f"sqlite:///{tmp_path}/none.db",
                asset_cache=str(ASSETS),
                trusted_proxies=proxies,
                **settings,
            )
        )
        made.append(app)
        return app.test_client()

    yield behind
    for app in made:
        app.extensions["onestop_engine"].dispose()


def test_strict_transport_is_said_over_https_alone(client_behind):
    client = client_behind(0)
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert "max-age=" in client.get("/", base_url="https://portal.example").headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("off", None),
        ("on", "max-age=63072000"),
        ("subdomains", "max-age=63072000; includeSubDomains"),
        ("preload", "max-age=63072000; includeSubDomains; preload"),
    ],
)
def test_how_strictly_is_a_setting(client_behind, setting, said):
    client = client_behind(0, strict_transport=setting)
    assert client.get("/", base_url="https://portal.example").headers.get("Strict-Transport-Security") == said
    assert "Strict-Transport-Security" not in client.get("/").headers


def test_a_proxy_is_believed_only_where_the_settings_name_one(client_behind):
    assert "Strict-Transport-Security" not in client_behind(0).get("/", headers=FORWARDED).headers
    assert "Strict-Transport-Security" in client_behind(1).get("/", headers=FORWARDED).headers


def test_each_header_is_said_once(client_behind):
    for path in ("/", "/nowhere", "/healthz", "/x", "/n"):
        names = [name.lower() for name, _value in client_behind(0).get(path).headers]
        assert len(names) == len(set(names)), path


@pytest.mark.parametrize(
    ("browser", "held"),
    [
        ("AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1", False),
        ("AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile/15E148 Safari/604.1", False),
        ("AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36", True),
        ("Gecko/20100101 Firefox/151.0", True),
        ("", True),
    ],
)
def test_a_browser_that_would_import_nothing_under_it_gets_no_integrity_policy(client, browser, held):
    """WebKit takes no preload for a hash: nobody with an iPhone could report. Pages bring the hashes all the same."""
    answer = client.get("/follow-up", headers={"User-Agent": f"Mozilla/5.0 (device) {browser}"})
    assert ("Integrity-Policy" in answer.headers) is held
    assert 'rel="modulepreload"' in answer.text


def test_files_that_a_front_keeps_for_everybody_are_the_same_for_all_browsers(client):
    (icon,) = re.findall(r'<link rel="icon" href="([^"]+)"', client.get("/").text)
    phone = "Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1"
    said = []
    for browser in (phone, "Gecko/20100101"):
        with client.get(icon, headers={"User-Agent": browser}) as answer:
            said.append(dict(answer.headers))
    assert said[0] == said[1]
    assert "Content-Security-Policy" in said[0]
