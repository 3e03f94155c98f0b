"""The pages without scripts by keyboard alone, in both languages: every stop is seen, faults lead to their fields."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.by_keyboard import Keyboard
from tests.browser.desk import CENTRE
from tests.browser.reporter import Reporter
from tests.browser.reporting import LINK

pytestmark = pytest.mark.slow
PREFIX = {"ko": "", "en": "/en"}
SEEN = pytest.mark.parametrize(("language", "width"), [("ko", 320), ("en", 1280)])
MOST = 400  # the whole form stands on one page
BELOW_THE_BAR = """(said) => said.getBoundingClientRect().top >=
  document.getElementById("top").getBoundingClientRect().bottom"""
SUMMARY = ".govuk-error-summary"


@pytest.fixture
def page(new_context, watch, language, width):
    """Scripts of the page are off; what has the focus is asked from outside."""
    watch.allow(r"Failed to load resource.*(?:422|404)")
    return new_context(width=width, height=800, language=language, java_script_enabled=False).new_page()


@pytest.fixture
def someone(page):
    by_keyboard = Keyboard(page, MOST)
    yield by_keyboard
    assert by_keyboard.faults == []


def sends(someone, button):
    someone.to(button)
    with someone.page.expect_navigation():
        someone.press("Enter")


def is_led(someone, field, number=0):
    """From the summary of faults, which stands before the form, to the field; it says there what is wrong."""
    page = someone.page
    fault = page.locator(f"{SUMMARY} a").nth(number)
    expect(fault).to_have_attribute("href", f"#{field}")
    someone.to(f"{SUMMARY} a[href='#{field}']").press("Enter")
    at = page.locator(f"[id='{field}']")
    expect(at).to_be_focused()
    expect(at).to_be_in_viewport()
    assert page.locator(f"[id='{field}-error']").evaluate(BELOW_THE_BAR)  # what is wrong is read there as well
    expect(at).to_have_accessible_description(re.compile(re.escape(fault.inner_text().strip())))


@SEEN
def test_the_form_its_faults_and_the_receipt(page, someone, language):
    page.goto(f"{PREFIX[language]}/report/plain/write")
    sends(someone, "#report-form > button[type=submit]")
    expect(page.locator(f"{SUMMARY} a")).to_have_count(3)
    is_led(someone, "link-0-address")
    someone.type(LINK)
    someone.to("#understood").press("Space")
    someone.to(f"#organisation-{CENTRE}-chosen").press("Space")
    sends(someone, "#report-form > button[type=submit]")
    is_led(someone, f"organisation-{CENTRE}-sensitive")  # that is folded away unless there is a fault
    someone.press("Space")
    expect(page.locator("#link-0-address")).to_have_value(LINK)
    sends(someone, "#report-form > button[type=submit]")

    sends(someone, "form[action$='/send'] button[type=submit]")
    is_led(someone, "agreed")
    someone.press("Space")
    sends(someone, "form[action$='/send'] button[type=submit]")

    code = "".join(page.locator(".receipt__group").all_inner_texts())
    assert len(code) == 24
    someone.to("#last_digits").type(str((int(code[-4:]) + 1) % 10_000).zfill(4))
    sends(someone, "#kept-form button[type=submit]")
    is_led(someone, "last_digits")
    page.keyboard.press("ControlOrMeta+A")
    someone.type(code[-4:])
    with page.expect_navigation():
        someone.press("Enter")
    assert page.url.endswith("/report/plain/sent")


@SEEN
def test_coming_back_writing_and_leaving(page, someone, portal, language):
    reporter = Reporter(portal.url, CENTRE, keep_own=True)
    page.goto(f"{PREFIX[language]}/follow-up/plain")
    opening = "form[action$='/follow-up/plain'] button[type=submit]"
    someone.to("#code").type(reporter.code)
    sends(someone, opening)
    is_led(someone, "understood")
    someone.press("Space")
    sends(someone, opening)

    sending = "form[action$='/message'] button[type=submit]"
    sends(someone, sending)
    is_led(someone, page.locator("article.thread textarea").get_attribute("id"))
    someone.type("키보드로 적은 말")
    sends(someone, sending)
    expect(page.locator("main [role=status]")).to_be_visible()

    sends(someone, "article.thread .plain-button")
    leaving = "form[action$='/leaving/withdrawal'] button"
    sends(someone, leaving)
    expect(page.locator(f"{SUMMARY} a")).to_have_count(2)
    is_led(someone, "sure", 1)
    someone.press("Space")
    page.locator("#main").focus()
    someone.to("#when-72h").press("Space")
    sends(someone, leaving)
    expect(page.locator("main [role=status]")).to_be_visible()
    assert reporter.states() == {CENTRE: "withdrawn"}
