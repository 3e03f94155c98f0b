"""Whatever happens while somebody types and sends: nothing typed is lost, and nothing arrives twice."""

import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from app.db import engine_for, session_for
from app.models import Referral, Report
from tests.browser.inspection import Inspection
from tests.browser.live_portal import LivePortal
from tests.browser.reporting import LINK, LOST, REFUSED, STORY, code_of, come_back, on_to, written
from tests.browser.test_draft import keep, resume
from tests.durability.serving import organisations_in
from tests.making import NOW, Maker

KINDS = [("demo-centre", "support_centre"), ("demo-commission", "commission")]
HOUR = 3_600_000  # milliseconds
NO_ANSWER = {"ko": "한동안 답이 없습니다", "en": "There is no answer for a while now"}
WAIT = 31_000  # the longest that a page waits between two tries, and a little more


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """Two organisations without anybody in them, which is soon made; `made` has the seeds that sign their keys."""
    running = LivePortal(tmp_path_factory.mktemp("portal"), demo=False)
    running.made = organisations_in(running.environment["ONESTOP_DATABASE_URL"], KINDS)
    with running:
        yield running


@pytest.fixture
def database(portal):
    engine = engine_for(portal.environment["ONESTOP_DATABASE_URL"])
    yield lambda: session_for(engine)
    engine.dispose()


@pytest.fixture
def arrived(database):
    """Gives how many reports came since the test began."""

    def number():
        with database() as session:
            return session.scalar(select(func.count()).select_from(Report))

    before = number()
    return lambda: number() - before


@pytest.fixture
def phone(new_context):
    return new_context(width=360, height=740)


@pytest.fixture
def page(phone):
    return phone.new_page()


def sends(page):
    """What the page posts as a report from now on."""
    bodies = []
    posted = lambda request: bodies.append(request.post_data) if request.url.endswith("/report") else None  # noqa: E731
    page.on("request", lambda request: posted(request) if request.method == "POST" else None)
    return bodies


def test_a_phone_that_sleeps_for_an_hour_while_typing_and_while_sending(page, phone, watch, arrived):
    watch.allow(LOST)
    page.clock.install()
    written(page)
    page.clock.fast_forward(HOUR)
    page.go_back()
    while not page.locator("#step-account").is_visible():
        page.go_back()
    expect(page.locator("#account_events")).to_have_value(STORY)
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    bodies = sends(page)
    phone.set_offline(True)
    page.locator("#send").dblclick()
    expect(page.locator("#sending-words")).to_contain_text("연결이 끊겼습니다")
    page.clock.fast_forward(HOUR)
    phone.set_offline(False)
    page.clock.fast_forward(WAIT)
    code_of(page)
    assert len(set(bodies)) == 1
    assert arrived() == 1


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ko", "en"])
def test_changed_after_a_try_whose_answer_never_came_it_is_found_to_be_there(
    page, watch, arrived, axe, overflow, language
):
    """The portal took it and nobody was told, forty times; what is changed then must not make a second report of it."""
    watch.allow(LOST)
    watch.allow(REFUSED)
    page.clock.install()
    prefix = {"ko": "", "en": "/en"}[language]
    written(page, f"{prefix}/report")
    names = " ".join(slug for slug, _kind in KINDS)
    inspection = Inspection(axe, overflow, typed=f"{LINK} {STORY} {names}")
    taken = []

    def lost(route):
        if route.request.method != "POST":
            route.continue_()
            return
        if not taken:  # the next try may come before the first was answered: its bytes are the same
            taken.append(route.fetch().status)
        route.abort()

    page.route("**/report", lost)
    page.locator("#send").click()
    for _try in range(200):
        page.clock.run_for(WAIT)
        if page.locator("#early").is_visible():
            break
    expect(page.locator("#preparing-words")).to_contain_text(NO_ANSWER[language])
    code = " ".join(page.locator("#early-code .receipt__group").all_inner_texts())
    assert (set(taken), arrived()) == ({201}, 1)
    inspection.look_at_widths(page, "early")
    page.unroute("**/report")
    while not page.locator("#step-account").is_visible():
        page.go_back()
    page.locator("#account_events").fill(f"{STORY} 그리고 더 있어요")
    on_to(page, "review")
    page.locator("#send:visible").click()
    page.locator("#arrived").wait_for()
    assert arrived() == 1
    expect(page.locator("#arrived-at li")).to_have_count(2)
    inspection.look_at_widths(page, "arrived")
    assert inspection.findings() == []
    page.locator("#arrived-anew").click()  # nothing is gone, and it is another report with another code
    page.locator("#send:visible").click()
    assert code_of(page) != code
    assert arrived() == 2
    page.locator("#decline-code").click()
    come_back(page, code, f"{prefix}/follow-up")
    expect(page.locator("#threads .thread")).to_have_count(2)


def test_two_tabs_of_one_draft_send_one_report(page, watch, arrived):
    watch.allow(REFUSED)
    written(page)
    code = keep(page)
    page.locator("#keep-on").click()
    other = page.context.new_page()
    resume(other, code)
    for tab in (page, other):
        tab.locator("#send:visible").wait_for()
    page.locator("#send").click()
    assert code_of(page) == code
    other.locator("#send").click()
    other.locator("#arrived-receipt").click()
    assert code_of(other) == code
    assert arrived() == 1


def test_a_key_that_was_rotated_while_she_typed_is_sealed_to_anew_under_the_same_code(
    page, portal, watch, arrived, database
):
    watch.allow(REFUSED)
    written(page)
    bodies = sends(page)
    with database() as session:
        Maker(session, NOW - timedelta(days=30)).epoch(portal.made[0])  # so that the keys before are good no longer
    page.locator("#send").click()
    code_of(page)
    first, second = map(json.loads, bodies)
    assert (first["report_id"], first["lookup"]) == (second["report_id"], second["lookup"])
    assert first["envelopes"] != second["envelopes"]
    assert arrived() == 1
    with database() as session:
        newest = session.scalars(select(Referral.kid).where(Referral.kid == portal.made[0].kid)).all()
    assert len(newest) == 1
