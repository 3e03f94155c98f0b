"""The story through the shipped nginx: TLS, HTTP/2, and nothing of it on nginx's disk or in its log."""

import contextlib
import re
import sqlite3

import pytest
from playwright.sync_api import expect

from app.domain.wire import b64u_encode
from tests.browser.desk import give_passphrase
from tests.browser.live_portal import LivePortal
from tests.browser.reporting import STORY, come_back, sent, written
from tests.deploy.front import Front

pytestmark = pytest.mark.slow
ANSWER = "지원센터입니다. 오늘 안에 다시 연락드릴게요."


@pytest.fixture(scope="module")
def fronted(tmp_path_factory):
    directory = tmp_path_factory.mktemp("fronted")
    with LivePortal(directory / "portal", trusted_proxies="1") as portal, Front(directory / "nginx", portal) as front:
        yield front


@pytest.fixture(scope="module")
def portal(fronted):
    """As browsers meet it: by the address of the front."""
    fronted.portal.url = fronted.url
    return fronted.portal


@pytest.fixture
def somebody(new_context):
    return lambda: new_context(ignore_https_errors=True).new_page()


def newest_referral(portal, known):
    with contextlib.closing(sqlite3.connect(f"file:{portal.database}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT referral_id FROM referral JOIN organisation USING (organisation_id) WHERE slug = 'demo-centre'"
        ).fetchall()
    found = {b64u_encode(row[0]) for row in rows} - known
    return found if known == set() else found.pop()


def protocols(page):
    """How the page and everything on it came."""
    return set(
        page.evaluate(
            """[...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
            .map((one) => one.nextHopProtocol)"""
        )
    )


def test_the_whole_story_through_nginx(fronted, portal, somebody):
    known = newest_referral(portal, set())
    reporter = somebody()
    written(reporter)
    assert protocols(reporter) == {"h2"}
    code = sent(reporter)

    caseworker = somebody()
    give_passphrase(caseworker, portal.account("support_centre"))
    caseworker.goto(f"/referral/{newest_referral(portal, known)}")
    expect(caseworker.locator("#case")).to_be_visible()
    caseworker.locator("[data-closed=account] button").click()
    caseworker.get_by_text(STORY).wait_for()
    caseworker.locator("#claim").click()
    caseworker.locator("#message-words").fill(ANSWER)
    caseworker.locator("#message-form [data-part=send]").click()
    expect(caseworker.locator("#thread")).to_contain_text(ANSWER)

    come_back(reporter, code)
    expect(reporter.locator("#threads")).to_contain_text(ANSWER)
    assert protocols(reporter) == {"h2"}

    assert fronted.spools() is False
    assert fronted.logs() == ""
    assert not re.search(r"127\.0\.0\.1|GET /|POST /", portal.log.read_text(encoding="utf-8"))
