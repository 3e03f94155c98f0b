"""Korean at `/…`, English at `/en/…`, and every link stays in its language."""

import json
import re

import pytest
from flask import url_for
from flask_babel import lazy_gettext

from app.i18n import LANGUAGE_KEY, LanguagePrefix


@pytest.fixture
def database_url(tmp_path):
    return f"sqlite:///{tmp_path}/none.db"  # the frame stands without a database


def language_of(page):
    return re.search(r'<html lang="(\w+)"', page.text)[1]


def other_of(page):
    return re.search(r'class="page-header__language[^"]*" href="([^"]*)"', page.text)[1]


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/", "ko", "당신의 잘못이 아닙니다."),
        ("/en/", "en", "It is not your fault."),
        ("/en", "en", "It is not your fault."),
        ("/help", "ko", "도움받을 수 있는 곳"),
        ("/en/help", "en", "Places that help"),
    ],
)
def test_a_page_is_in_the_language_of_its_address(client, path, language, words):
    page = client.get(path)
    assert (page.status_code, language_of(page)) == (200, language)
    assert words in page.text


def test_the_browsers_own_wish_does_not_matter(client):
    assert language_of(client.get("/", headers={"Accept-Language": "en"})) == "ko"


@pytest.mark.parametrize("path", ["/english", "/enter", "/EN/", "/en/en/"])
def test_what_only_looks_like_the_prefix_is_none(client, path):
    assert client.get(path).status_code == 404


def test_links_stay_in_their_language(client):
    hrefs = re.findall(r'href="(/[^"]*)"', client.get("/en/").text)
    inner = [href for href in hrefs if not href.startswith("/static/")]
    assert inner
    assert [href for href in inner if not href.startswith("/en/")] == ["/"]  # the way to Korean


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/", "/en/"),
        ("/en/", "/"),
        ("/help", "/en/help"),
        ("/en/help", "/help"),
        ("/help?x=1", "/en/help"),
        ("/없는 곳", "/en/%EC%97%86%EB%8A%94%20%EA%B3%B3"),
        ("/en//evil.example", "/evil.example"),
        ("/en/\\evil.example", "/evil.example"),
        ("/en///evil.example/%2F", "/evil.example//"),
    ],
)
def test_the_way_to_the_other_language_is_this_page_and_never_another_site(client, path, other):
    assert other_of(client.get(path)) == other


def test_errors_are_in_the_language_of_the_address(client):
    assert client.post("/report", json=[]).json["title"] == "내용을 읽을 수 없었습니다"
    assert client.post("/en/report", json=[]).json["title"] == "This could not be read"


def test_files_are_the_same_in_both_languages(app, client):
    files = [re.findall(r"/static/[^\"]+", client.get(path).text) for path in ("/", "/en/")]
    assert files[0] == files[1] != []


def test_a_portal_below_a_path_keeps_that_path(app):
    seen = {}

    def inner(environ, _start_response):
        with app.request_context(environ):
            seen.update(language=environ[LANGUAGE_KEY], home=url_for("home.show"), script=environ["SCRIPT_NAME"])
        return []

    environ = {
        "PATH_INFO": "/en/help",
        "SCRIPT_NAME": "/portal",
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }
    LanguagePrefix(inner)(environ, None)
    assert seen == {"language": "en", "home": "/portal/en/", "script": "/portal/en"}


def test_json_holds_korean_as_korean_and_lazy_words_as_words(app):
    with app.test_request_context("/"):
        assert json.loads(app.json.dumps({"word": lazy_gettext("Start")})) == {"word": "신고 시작하기"}
        assert "신고" in app.json.dumps({"word": "신고"})
        with pytest.raises(TypeError):
            app.json.dumps({"word": object()})
