"""A lead says when the centre is usually open; who chooses sees who is, and it stands beside the answers."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import expect

from app.domain.deadline import KOREA
from tests.browser.desk import enter
from tests.browser.reporting import begin, choose, come_back, on_to, sent

pytestmark = pytest.mark.own_portal  # nobody else looks at a regional centre that is there
CENTRE, REGIONAL = "demo-centre", "demo-regional"
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=KOREA)
SATURDAY = datetime(2026, 11, 28, 18, tzinfo=KOREA)
HOURS = {"ko": "월–금 09:00–18:00, 토 15:00–24:00", "en": "Mon–Fri 09:00–18:00, Sat 15:00–24:00"}


@pytest.fixture
def lead(new_context, portal, sessions):
    page = new_context(width=1280).new_page()
    enter(page, sessions, next(one for one in portal.accounts if one["login"] == "regional.lead"), "/organisation")
    return page


@pytest.fixture(autouse=True)
def _hours(lead):
    """Nobody is away any more, and Saturdays are long; the line of the weekdays stays as it was."""
    lead.locator("#away_ko").fill("")
    lead.locator("#away_en").fill("")
    lead.locator("#opening-1-days-5").check()
    lead.locator("#opening-1-from_time").select_option("15:00")
    lead.locator("#opening-1-until_time").select_option("24:00")
    lead.get_by_role("button", name="저장", exact=True).click()
    expect(lead.get_by_role("status")).to_contain_text("저장했습니다")


@pytest.fixture(autouse=True)
def _expected(watch):
    watch.allow(r"Failed to load resource.*422")


def card_of(page, slug):
    return page.locator(f"[data-card][data-organisation={slug}]")


def order(page):
    return [card.get_attribute("data-organisation") for card in page.locator("[data-card]").all()][:2]


def choosing(new_context, moment, path="/report", **options):
    page = new_context(**options).new_page()
    page.clock.install(time=moment)
    begin(page, path)
    page.locator("#link-0-address").fill("https://board.example/1")
    on_to(page, "organisations")
    return page


@pytest.mark.parametrize(("language", "width"), [("ko", 320), pytest.param("en", 1280, marks=pytest.mark.slow)])
def test_of_centres_as_near_those_that_are_open_come_first(new_context, axe, overflow, language, width):
    path = "/en/report" if language == "en" else "/report"
    page = choosing(new_context, WEDNESDAY, path, width=width)
    assert order(page) == [CENTRE, REGIONAL]
    expect(card_of(page, REGIONAL).locator(".organisation__hours")).to_contain_text(HOURS[language])
    for slug in (CENTRE, REGIONAL):
        words = {"ko": "지금 열려 있어요", "en": "it is open now"}[language]
        expect(card_of(page, slug).locator("[data-open-now]")).to_contain_text(words)
    page = choosing(new_context, SATURDAY, path, width=width)
    assert order(page) == [REGIONAL, CENTRE]
    closed = card_of(page, CENTRE).locator("[data-open-now]")
    expect(closed).to_contain_text(
        {"ko": "지금은 닫혀 있고 월요일 09:00에", "en": "opens on Monday at 09:00"}[language]
    )
    expect(closed).to_contain_text({"ko": "지금 보내도 도착해요", "en": "arrives all the same"}[language])
    assert axe(page) == []
    assert overflow(page) == 0
    page.locator("#near").select_option("seoul")
    assert order(page) == [CENTRE, REGIONAL]  # nearness counts for more than the hour


def test_hours_stand_beside_the_answers(new_context, axe, overflow):
    page = choosing(new_context, SATURDAY)
    choose(page, REGIONAL, "purposes-counselling")
    on_to(page, "review")
    code = sent(page)
    for prefix, language in (("", "ko"), ("/en", "en")):
        page = new_context(width=360).new_page()
        come_back(page, code, f"{prefix}/follow-up")
        hours = page.locator("#threads .thread [data-hours]")
        expect(hours).to_contain_text(HOURS[language])
        expect(hours).to_contain_text({"ko": "공휴일에는 쉽니다", "en": "Closed on public holidays"}[language])
        assert axe(page) == []
        assert overflow(page) == 0


@pytest.mark.slow
def test_the_answer_of_a_worker_of_the_release_before_is_shown_all_the_same(new_context):
    page = choosing(new_context, SATURDAY)
    choose(page, REGIONAL, "purposes-counselling")
    on_to(page, "review")
    code = sent(page)

    def older(route):
        if route.request.method != "POST":
            route.continue_()
            return
        got = route.fetch()
        said = got.json()
        del said["reach"][REGIONAL]["opening"]
        route.fulfill(response=got, json=said)

    page = new_context(width=360).new_page()
    page.route(re.compile(r"/follow-up$"), older)
    come_back(page, code)
    hours = page.locator("#threads .thread [data-hours]")
    expect(hours).to_contain_text("공휴일에는 쉽니다")
    expect(hours).not_to_contain_text("월–금")


def test_what_is_wrong_with_the_hours_is_said_at_them(lead, axe, overflow):
    lead.locator("#opening-1-until_time").select_option("15:00")
    with lead.expect_response(re.compile(r"/organisation$")):
        lead.get_by_role("button", name="저장", exact=True).click()
    expect(lead.locator("#errors li")).to_have_count(1)
    lead.locator("#errors li a").click()
    expect(lead.locator("#opening-1-until_time")).to_be_focused()
    expect(lead.locator("#opening-1-days-5")).to_be_checked()
    assert axe(lead) == []
    assert overflow(lead) == 0
