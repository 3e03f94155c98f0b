"""In the browsers of messengers and portals' apps: another browser is offered in words that fit, nothing is blocked."""

import pytest
from playwright.sync_api import expect

from tests.browser.inspection import Inspection

ANDROID = (
    "Mozilla/5.0 (Linux; Android 14; SM-S911N) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
NAVER = "NAVER(inapp; search; 1000; 12.0.0)"


@pytest.mark.parametrize(
    ("agent", "opening", "apple"),
    [
        (f"{ANDROID} KAKAOTALK 11.0.0", "kakaotalk://web/openExternal?url=http%3A%2F%2Flocalhost", False),
        (f"{ANDROID} {NAVER}", "intent://localhost", False),
        (f"{IPHONE} KAKAOTALK 11.0.0", "kakaotalk://web/openExternal?url=", True),
        (f"{IPHONE} {NAVER}", "", True),
    ],
)
def test_another_browser_is_offered_and_this_one_works(new_context, axe, overflow, portal, agent, opening, apple):
    context = new_context(width=360, height=740, user_agent=agent)
    page = context.new_page()
    for path in ("/", "/follow-up", "/report"):
        page.goto(path)
        expect(page.locator("#in-app")).to_be_visible()
        link = page.locator("#open-outside")
        assert link.is_visible() == bool(opening)
        assert (link.get_attribute("href") or "").startswith(opening)
        assert page.locator("#apple-way").is_visible() == apple
    assert axe(page) == []
    assert overflow(page) == 0
    page.locator("#copy-address").click()  # not allowed here: then the address itself is shown
    expect(page.locator("#address-copied")).not_to_be_empty()
    page.locator("#begin:enabled").click()
    expect(page.locator("#step-danger")).to_be_visible()


@pytest.mark.parametrize(
    "agent", [f"{ANDROID} KAKAOTALK 11.0.0", pytest.param(f"{IPHONE} {NAVER}", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.slow)])
def test_what_is_said_there_is_read_on_every_page_in_both_languages(new_context, axe, overflow, agent, language):
    page = new_context(width=320, height=740, language=language, user_agent=agent).new_page()
    inspection = Inspection(axe, overflow)
    for path in ("/", "/follow-up", "/report"):
        page.goto({"ko": "", "en": "/en"}[language] + path)
        expect(page.locator("#in-app")).to_be_visible()
        inspection.look_at_widths(page, path)
    page.locator("#copy-address").click()
    expect(page.locator("#address-copied")).not_to_be_empty()
    inspection.look_at_widths(page, "the address itself")
    assert inspection.findings() == []


def test_elsewhere_nothing_is_said_of_apps(new_context):
    page = new_context(width=360, user_agent=f"{ANDROID}").new_page()
    page.goto("/report")
    page.locator("#begin:enabled").wait_for()
    assert page.locator("#in-app").is_hidden()
