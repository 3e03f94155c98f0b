"""Notices: written by the operator, on every page of a reporter, and to be read for good."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.access import COOKIE, TOKEN_FIELD
from app.domain.deadline import day_of
from app.domain.wire import b64u_encode as b64u
from app.models import AccessLog, PublicNotice
from app.services import session as staff_session
from tests.databases import on_one
from tests.making import Maker
from tests.operating import operator_made

pytestmark = on_one
SAME = {"Sec-Fetch-Site": "same-origin"}
PAGES = ("/", "/report", "/follow-up", "/help", "/privacy", "/report/plain", "/follow-up/plain", "/not-there")
TODAY = day_of(datetime.now(UTC))


@pytest.fixture
def ruler(app, session):
    """A browser of the operator's: `get(path)`, `send(path, **fields)`."""
    made = operator_made(session, Maker(session, now=datetime.now(UTC)))
    cookie, signed_in = staff_session.start(session, made.people["operator"].caseworker_id, datetime.now(UTC))
    session.commit()
    client = app.test_client()
    client.set_cookie(COOKIE, cookie)

    class Ruler:
        get = staticmethod(client.get)

        @staticmethod
        def send(path, **fields):
            return client.post(path, data={TOKEN_FIELD: b64u(signed_in.csrf), **fields}, headers=SAME)

    return Ruler


def post(ruler, **changes):
    fields = {
        "kind": "outage", "title_ko": "내일 밤 <점검>", "title_en": "Maintenance", "text_ko": "첫 줄\r\n둘째 줄",
        "text_en": "See https://elsewhere.example/", "from_day": TODAY.isoformat(), "until_day": "",
    }  # fmt: skip
    return ruler.send("/operator/notices", **fields | changes)


def test_a_notice_stands_on_every_page_of_a_reporter_at_once_and_on_none_of_the_operators(client, ruler):
    before = {path: client.get(path).text for path in PAGES}
    assert post(ruler).status_code == 303
    for path in PAGES:
        page = client.get(path).text
        assert "public-notices" not in before[path]
        assert re.search(r'<a class="govuk-link" href="/notices#n-[\w-]{22}">내일 밤 &lt;점검&gt;</a>', page), path
        assert "Maintenance" in client.get(f"/en{path}").text
    assert "public-notices" not in client.get("/n").text
    assert "public-notices" not in ruler.get("/operator").text


def test_the_text_is_plain_and_links_nowhere(client, ruler):
    post(ruler)
    assert "첫 줄\n둘째 줄" in client.get("/notices").text
    english = client.get("/en/notices").text
    assert "See https://elsewhere.example/" in english
    assert 'href="https://elsewhere.example' not in english


def test_what_was_taken_down_stays_to_be_read_and_only_there(client, ruler, session):
    post(ruler)
    (path,) = re.findall(r'action="(/operator/notices/[\w-]{22}/ending)"', ruler.get("/operator/notices").text)
    assert ruler.send(path).status_code == 303
    assert "public-notices" not in client.get("/").text
    assert "내일 밤 &lt;점검&gt;" in client.get("/notices").text.split("지난 알림")[1]
    assert "ending" not in ruler.get("/operator/notices").text
    log = session.execute(select(AccessLog.action, AccessLog.detail).order_by(AccessLog.number)).all()
    assert [tuple(row) for row in log] == [("notice_posted", "outage"), ("notice_ended", "outage")]


def test_one_that_is_still_to_come_is_nobodys_business_yet(client, ruler):
    post(ruler, from_day=(TODAY + timedelta(days=2)).isoformat())
    assert "public-notices" not in client.get("/").text
    assert "내일 밤" not in client.get("/notices").text
    assert "내일 밤" in ruler.get("/operator/notices").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title_en": " "}, "title_en"),
        ({"text_ko": ""}, "text_ko"),
        ({"text_en": "x" * 6001}, "text_en"),
        ({"text_ko": "〔날짜〕에"}, "text_ko"),
        ({"from_day": ""}, "from_day"),
        ({"from_day": "soon"}, "from_day"),
        ({"until_day": (TODAY - timedelta(days=1)).isoformat()}, "until_day"),
        ({"kind": "breach", "until_day": (TODAY + timedelta(days=20)).isoformat()}, "until_day"),
        ({"kind": "advertisement"}, "kind"),
    ],
)
def test_what_will_not_do_is_said_at_its_field_and_nothing_typed_is_lost(ruler, session, changes, field):
    answer = post(ruler, **changes)
    assert (answer.status_code, f'href="#{field}"' in answer.text) == (422, True)
    assert ("내일 밤 &lt;점검&gt;" in answer.text, session.query(PublicNotice).count()) == (True, 0)


@pytest.mark.parametrize("kind", ["breach", "possible_breach", "no_breach"])
def test_a_leak_begins_with_a_text_in_both_languages_and_the_steps_of_72_hours(ruler, kind):
    for prefix, words in (("", "72시간 안"), ("/en", "Within 72 hours")):
        page = ruler.get(f"{prefix}/operator/notices/new/{kind}").text
        assert words in page
        assert page.count("〔") >= 4
    assert f'value="{kind}" selected' in page


def test_other_notices_begin_empty_and_unknown_kinds_and_notices_are_not_found(ruler):
    assert "72시간 안" not in ruler.get("/operator/notices/new/general").text
    assert ruler.get("/operator/notices/new/advertisement").status_code == 404
    for unknown in ("x", b64u(bytes(16))):
        assert ruler.send(f"/operator/notices/{unknown}/ending").status_code == 404
