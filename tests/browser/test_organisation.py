"""A lead sets up who is told and what is said meanwhile; a reporter on a phone reads it, in both languages."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import enter
from tests.browser.reporting import begin, choose, come_back, on_to, sent

AWAY = "demo-regional"  # the demo's own absence
KOREAN, ENGLISH = "직원 교육으로", "The office is closed"


@pytest.fixture(scope="module")
def code(browser, portal):
    """The code of a report to the organisation where nobody is."""
    context = browser.new_context(base_url=portal.url, viewport={"width": 360, "height": 740}, locale="ko-KR")
    page = context.new_page()
    begin(page)
    page.locator("#link-0-address").fill("https://board.example/1")
    on_to(page, "organisations")
    choose(page, AWAY, "purposes-counselling")
    on_to(page, "review")
    yield sent(page)
    context.close()


@pytest.fixture
def lead(new_context, portal, sessions):
    """Signed in as the lead of the organisation that no other test looks at."""

    def signed_in(prefix="", **options):
        page = new_context(**options).new_page()
        enter(page, sessions, portal.account("police", "lead"), "/organisation", prefix)
        return page

    return signed_in


@pytest.mark.parametrize(
    ("language", "width"),
    [
        ("ko", 320),
        ("en", 1280),
        pytest.param("ko", 1280, marks=pytest.mark.slow),
        pytest.param("en", 320, marks=pytest.mark.slow),
    ],
)
def test_the_page_is_accessible_and_narrow_enough(lead, axe, overflow, language, width):
    page = lead("/en" if language == "en" else "", language=language, width=width)
    assert axe(page) == []
    assert overflow(page) == 0
    page.locator("#duties-0-address").fill("no address")
    page.locator("#away_until").fill("2026-11-01")
    page.locator("#away_from").fill("2026-11-02")
    with page.expect_response(re.compile(r"/organisation$")):
        page.get_by_role("button", name={"ko": "저장", "en": "Save"}[language], exact=True).click()
    expect(page.locator("#errors li")).to_have_count(2)
    assert page.locator("html").get_attribute("lang") == language
    assert axe(page) == []
    assert overflow(page) == 0


@pytest.fixture(autouse=True)
def _expected(watch):
    watch.allow(r"Failed to load resource.*422")


def test_a_lead_sets_it_up_without_a_mouse_and_loses_nothing(lead):
    page = lead(width=1280)
    expect(page.get_by_role("link", name="우리 기관")).to_have_attribute("aria-current", "page")
    page.locator("#duties-0-address").fill("")  # whatever another test left
    page.locator("#duties-0-address").focus()
    page.keyboard.type("duty at monitor.example")
    for key in ("Tab", "Space", "Tab", "Space"):  # Monday and Tuesday
        page.keyboard.press(key)
    page.locator("#duties-0-from_hour").select_option("18")
    page.locator("#duties-0-until_hour").select_option("9")
    page.locator("#away_ko").fill("첫 줄\n둘째 줄")
    page.locator("#hours_en").focus()
    page.keyboard.press("Enter")
    summary = page.locator("#errors")
    expect(summary).to_be_focused()
    expect(page.locator("#away_ko")).to_have_value("첫 줄\n둘째 줄")
    expect(page.locator("#duties-0-from_hour")).to_have_value("18")
    expect(page.locator("#duties-0-days-0")).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#duties-0-address")).to_be_focused()
    expect(page.locator("#duties-0-address")).to_have_value("duty at monitor.example")
    page.locator("#duties-0-address").fill("duty@monitor.example")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("저장했습니다")
    expect(page.locator("#duties-0-address")).to_have_value("duty@monitor.example")
    expect(page.locator("#duties-0-days-1")).to_be_checked()
    page.get_by_role("button", name="시험 메일 보내기").click()
    expect(page.get_by_role("status")).to_contain_text("1분 안에")
    page.goto("/en/report")
    page.locator("#begin:enabled").click()
    expect(page.locator("[data-organisation=demo-police] .away__text")).to_have_text("첫 줄\n둘째 줄")
    expect(page.locator("[data-organisation=demo-police] .away__text")).to_have_attribute("lang", "ko")


def test_it_works_without_scripts(lead, new_context):
    signed_in = lead()
    context = new_context(java_script_enabled=False)
    context.add_cookies(signed_in.context.cookies())
    page = context.new_page()
    page.goto("/organisation")
    page.locator("#duties-0-address").fill("")
    page.locator("#duties-1-address").fill("second@monitor.example")
    page.locator("#away_ko").fill("")
    page.get_by_role("button", name="저장", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("저장했습니다")
    expect(page.locator("#duties-0-address")).to_have_value("second@monitor.example")


@pytest.mark.parametrize(("path", "said"), [("/report", KOREAN), ("/en/report", ENGLISH)])
def test_who_chooses_reads_that_nobody_is_there(new_context, axe, overflow, path, said):
    page = new_context(width=360, height=740).new_page()
    begin(page, path)
    page.locator("#link-0-address").fill("https://board.example/1")
    on_to(page, "organisations")
    card = page.locator(f"[data-organisation={AWAY}]")
    expect(card.locator(".away")).to_contain_text(said)
    expect(card.locator(".away")).to_contain_text("1366")
    expect(page.locator("[data-card][data-organisation=demo-centre]")).to_be_visible()
    expect(page.locator("[data-organisation=demo-centre] .away")).to_have_count(0)
    assert overflow(page) == 0
    assert axe(page) == []
    choose(page, AWAY, "purposes-counselling")  # it can be chosen all the same


@pytest.mark.parametrize(("prefix", "said"), [("", KOREAN), ("/en", ENGLISH)])
def test_who_comes_back_reads_it_beside_the_thread(new_context, axe, overflow, code, prefix, said):
    page = new_context(width=360, height=740).new_page()
    come_back(page, code, f"{prefix}/follow-up")
    card = page.locator("#threads .thread")
    expect(card.locator("[data-away]")).to_contain_text(said)
    expect(card.locator("[data-away]")).to_contain_text("1366")
    expect(card.locator("[data-hours]")).to_be_visible()
    assert overflow(page) == 0
    assert axe(page) == []


def test_where_somebody_is_there_nothing_is_said(new_context, portal):
    page = new_context(width=360).new_page()
    page.goto("/report")
    page.locator("#begin:enabled").click()
    assert page.locator("[data-organisation=demo-centre]").count() > 0
    assert page.locator("[data-organisation=demo-centre] .away").count() == 0
