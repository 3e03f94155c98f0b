"""The first page, the help lines and what the server sees; and that none of it needs a database."""

import re

import brotli
import pytest
from markupsafe import escape

from app import create_app
from app.data import help_lines
from app.db import engine_for, session_for
from app.services import portal
from config import Settings
from tests.conftest import ASSETS, SECRET
from tests.databases import copy_database
from tests.making import NOW

PAGES = ["/", "/help", "/privacy", "/nowhere", "/en/", "/en/help", "/en/privacy"]
DEMO = "시험용 화면입니다."


@pytest.fixture
def no_database(tmp_path):
    return f"sqlite:///{tmp_path}/none.db"


@pytest.fixture
def made(no_database):
    apps = []

    def make(database_url=no_database, **more):
        app = create_app(Settings(secret_key=SECRET, database_url=database_url, asset_cache=str(ASSETS), **more))
        apps.append(app)
        return app.test_client()

    yield make
    for app in apps:
        app.extensions["onestop_engine"].dispose()


def strip_of(page):
    return re.search(r'<aside class="help-strip".*?</aside>', page.text, re.DOTALL)[0]


@pytest.mark.parametrize(("prefix", "words"), [("", "채팅"), ("/en", "Chat with Youth counselling")])
@pytest.mark.parametrize("path", ["/report", "/report/plain/write", "/follow-up", "/follow-up/plain"])
def test_1388_stands_beside_the_forms_by_phone_and_chat(made, prefix, words, path):
    strip = strip_of(made().get(prefix + path))
    assert 'href="tel:1388"' in strip
    found = re.findall(r'class="govuk-link help-strip__chat" href="([^"]+)" rel="([^"]*)">(.*?)<', strip)
    (chat,) = found
    assert chat[:2] == ("https://www.cyber1388.kr", "noreferrer noopener nofollow")
    assert words in chat[2]


def test_the_first_page_says_what_this_is_and_is_not(made):
    page = made().get("/").text
    for words in (
        "당신의 잘못이 아닙니다.",
        "이름이나 회원가입 없이 이용할 수 있습니다.",
        "사진이나 영상은 올리지 마세요. 주소(URL)와 글만 받습니다.",
        "하는 일",
        "하지 않는 일",
        "운영하는 곳",
    ):
        assert words in page
    assert 'href="/report"' in page
    assert 'href="/follow-up"' in page


@pytest.mark.parametrize("path", PAGES)
def test_help_lines_are_on_every_page_in_the_same_place(made, path):
    page = made().get(path)
    strip = strip_of(page)
    for phone in ("1366", "112", "02-735-8994"):
        assert f'href="tel:{phone}"' in strip
    assert page.text.index("</main>") < page.text.index(strip) < page.text.index("<footer")
    assert strip == strip_of(made().get("/en/help" if path.startswith("/en") else "/help"))


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_help_page_has_every_line_with_its_day(made, prefix):
    page = made().get(f"{prefix}/help").text
    language = "en" if prefix else "ko"
    for line in help_lines():
        assert escape(line["name"][language]) in page
        assert line["verified_on"] in page
        assert line["phone"] is None or f'href="tel:{line["phone"]}"' in page
        assert line["url"] is None or f'href="{line["url"]}" rel="noreferrer noopener nofollow"' in page


def test_who_runs_it_is_said_or_said_to_be_unsaid(made):
    assert "운영 기관이 아직 이름을 적지 않았습니다." in made().get("/").text
    named = made(operator_ko="<가나다> 상담소, 02-000-0000", operator_en="The Example Centre")
    for path in ("/", "/privacy"):
        assert "&lt;가나다&gt; 상담소" in named.get(path).text
        assert "The Example Centre" in named.get(f"/en{path}").text


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_says_so_on_every_page_and_nothing_else_does(made, sqlite_file, tmp_path, demo):
    path = tmp_path / "portal.db"
    copy_database(sqlite_file, path)
    engine = engine_for(f"sqlite:///{path}")
    with session_for(engine) as session:
        portal.create(session, demo=demo, now=NOW)
    engine.dispose()
    client = made(f"sqlite:///{path}", operator_ko="진짜 상담소")
    for page in ("/", "/help", "/nowhere"):
        assert (DEMO in client.get(page).text) == demo
    assert ("실제 기관에 전달되지 않습니다" in client.get("/").text) == demo


def test_titles_are_neutral(made):
    for path in PAGES:
        page = made().get(path).text
        for title in re.findall(r"<title>(.*?)</title>|property=\"og:title\" content=\"(.*?)\"", page):
            assert not re.search("신고|범죄|피해|crime|report|victim", "".join(title), re.IGNORECASE), path


def test_pages_stand_while_the_database_is_away(made):
    client = made("sqlite:////nowhere/at/all.db")
    assert client.get("/").status_code == 200
    assert client.get("/help").status_code == 200


def test_public_pages_are_compressed_well_and_the_same_for_everybody(made):
    client = made()
    plain = client.get("/").get_data()
    first = client.get("/", headers={"Accept-Encoding": "br"})
    again = client.get("/", headers={"Accept-Encoding": "br"})
    assert first.headers["Content-Encoding"] == "br"
    assert brotli.decompress(first.get_data()) == plain
    assert again.get_data() == first.get_data()
    assert len(first.get_data()) < len(plain) / 2
