"""The page of the access log: who sees it, what it lets through, and what is taken along."""

import csv
import io
import re
import struct
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text, update

from app.domain.deadline import KOREA
from app.domain.wire import b64u_encode
from app.forms.log import _harmless
from app.models import LogReview, StaffSession
from app.services import access_log
from tests.databases import on_one
from tests.making import logged
from tests.staff_browser import StaffBrowser

FILTERS = {"by": "", "kind": "", "from": "", "until": "", "referral": ""}


@pytest.fixture
def centre(make):
    return make.organisation(roles=("lead", "caseworker", "viewer", "auditor"))


@pytest.fixture
def enter(app, centre, session):
    def as_role(role):
        session.rollback()
        browser = StaffBrowser(app)
        assert browser.sign_in(centre.people[role]).status_code == 200
        return browser

    return as_role


def rows(page):
    return re.findall(r'<tr class="log__row"', page.text)


@on_one
def test_each_role_begins_on_a_page_of_its_own_and_sees_only_what_it_can_use(enter):
    seen = {}
    for role in ("lead", "caseworker", "viewer", "auditor"):
        browser = enter(role)
        start = browser.get("/start")
        assert start.status_code == 303
        page = browser.get(start.location)
        assert page.status_code == 200
        navigation = page.text[page.text.index("staff-navigation") : page.text.index("</nav>")]
        links = re.findall(r'href="([^"]+)"', navigation)
        assert all(browser.get(link).status_code == 200 for link in links)
        seen[role] = (start.location, links)
        assert browser.post("/sign-out", {}).status_code == 200
    assert seen["auditor"] == ("/log", ["/log", "/account"])
    assert seen["viewer"] == ("/queue", ["/queue", "/figures", "/account"])
    work = ["/queue", "/requests", "/links", "/sites", "/matches", "/onward", "/figures", "/caller"]
    assert seen["caseworker"] == ("/queue", [*work, "/account"])
    assert seen["lead"][1] == [*work, "/people", "/keys", "/organisation", "/log", "/account"]


@on_one
def test_a_viewers_queue_has_no_way_to_a_letter_and_says_why(make, centre, enter):
    make.report(centre)
    viewer, worker = enter("viewer"), enter("caseworker")
    assert 'href="/en/referral/' in worker.get("/en/queue").text
    page = viewer.get("/en/queue").text
    assert 'href="/en/referral/' not in page
    assert "Letters open only for those who work on them" in page


def test_entries_are_shown_with_their_words_and_can_be_looked_for(session, make, centre, enter):
    make.report(centre)
    referral_id = session.scalar(text("SELECT referral_id FROM referral"))
    worker = make.signed_in(centre)
    for place, action in enumerate(("opened", "state_changed")):
        at = datetime(2026, 11, 22, 15, place, 7, tzinfo=UTC)  # after midnight in Korea
        access_log.record(session, worker, action, at, referral_id=referral_id, detail="in_support" * place)
    session.commit()
    auditor = enter("auditor")
    page = auditor.get("/log?kind=letters&by=centre-caseworker&from=2026-11-23&until=2026-11-23")
    assert len(rows(page)) == 2
    assert "2026-11-23 00:01:07" in page.text
    assert 'datetime="2026-11-22T15:01:07Z"' in page.text
    assert "상태를 바꿈" in page.text
    assert "opened" not in page.text[page.text.index('class="log"') :]
    (referral,) = set(re.findall(r"/log\?referral=([A-Za-z0-9_-]{22})", page.text))
    assert len(rows(auditor.get(f"/log?referral={referral}"))) == 2
    assert len(rows(auditor.get("/log?kind=letters&until=2026-11-22"))) == 0
    for wrong in ("from=yesterday", "until=0001-01-01", "from=9999-12-31", "kind=none", "referral=x", "after=x"):
        assert auditor.get(f"/log?{wrong}").status_code == 400


def test_taking_it_along_asks_who_is_there_and_is_an_entry(session, enter):
    auditor = enter("auditor")
    asked = FILTERS | {"reason": "incident"}
    for wrong in (
        FILTERS,
        asked | {"reason": "curiosity"},
        asked | {"more": ""},
        asked | {"by": "x" * 65},
        asked | {"by": "\0"},
    ):
        assert auditor.post("/log/export", wrong).status_code == 400
    first = auditor.post("/log/export", asked)
    assert first.status_code == 200
    session.execute(update(StaffSession).values(confirmed_at=datetime.now(UTC) - timedelta(minutes=11)))
    session.commit()
    again = auditor.post("/log/export", asked)
    assert (again.status_code, again.json["code"]) == (403, "confirm_first")
    assert re.fullmatch(r"access-log-centre-\d{4}-\d\d-\d\d\.csv", first.json["name"])
    table = first.json["csv"]
    assert table.startswith("\ufeff")
    head, *entries = csv.reader(io.StringIO(table.removeprefix("\ufeff")))
    assert [(entry[3], entry[-1]) for entry in entries] == [("centre-auditor", "signed_in")]
    assert all(len(entry) == len(head) for entry in entries)
    assert ("log_exported", "incident 1") in logged(session)


def test_a_cell_is_never_a_formula():
    for cell in ("=1+1", "+1", "-1", "@x", "\tx", "\rx"):
        assert _harmless(cell) == "'" + cell
    assert _harmless("a=b") == "a=b"


def test_a_month_is_signed_off_with_a_form(session, make, centre, enter):
    access_log.record(session, make.signed_in(centre), "opened", datetime.now(UTC) - timedelta(days=70))
    session.commit()
    auditor = enter("auditor")
    page = auditor.get("/en/log").text
    assert "Overdue" in page
    for month in set(re.findall(r'name="month" value="([0-9-]+)"', page)):
        form = {"csrf_token": auditor.csrf, "month": month}
        done = auditor.client.post("/log/review", data=form, headers={"Sec-Fetch-Site": "same-origin"})
        assert (done.status_code, done.location) == (303, "/log?done=reviewed")
    page = auditor.get("/en/log").text
    assert "Overdue" not in page
    assert "Reviewed by centre-auditor on" in page
    assert len(session.scalars(select(LogReview.month)).all()) >= 2
    assert auditor.post("/log/review", {"month": "2026-01"}).status_code == 415


def before_all_time():
    """A cursor of a moment that is in the year 1 in Korea, and in none in UTC."""
    moment = datetime(1, 1, 1, 1, tzinfo=KOREA) - datetime(1970, 1, 1, tzinfo=KOREA)
    return b64u_encode(struct.pack(">qq", moment // timedelta(microseconds=1), 0))


@pytest.mark.parametrize(
    "query",
    ["after=x", "by=%00", "by=a%00b", f"after={before_all_time()}", "kind=%00", "from=%00", "from=2026-13-01"],
)
def test_an_address_that_was_tampered_with_is_no_fault(enter, query):
    answer = enter("auditor").get(f"/log?{query}")
    assert (answer.status_code in {200, 400}, rows(answer)) == (True, [])
    assert answer.mimetype == "text/html"
