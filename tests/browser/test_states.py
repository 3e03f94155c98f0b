"""States that a page is in for a moment: a second look, an offer, a fault, the end. Each looked at in every way."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.inspection import Inspection
from tests.browser.reporter import Reporter
from tests.browser.reporting import LINK, begin, come_back
from tests.browser.without_scripts import SCRIPTS

PREFIX = {"ko": "", "en": "/en"}
SEEN = pytest.mark.parametrize(("language", "width"), [("ko", 320), pytest.param("en", 1280, marks=pytest.mark.slow)])


@pytest.fixture
def inspection(axe, overflow):
    found = Inspection(axe, overflow, typed=LINK)
    yield found
    assert found.findings() == []


@pytest.fixture
def page(new_context, language, width):
    return new_context(width=width, height=740, language=language).new_page()


@SEEN
def test_coming_back_and_going(page, portal, inspection, language):
    code, path = Reporter(portal.url, CENTRE, keep_own=True).code, f"{PREFIX[language]}/follow-up"
    come_back(page, code[:-1] + str((int(code[-1]) + 1) % 10), path)
    page.locator("#candidates button").first.wait_for()
    inspection.look(page, "a slip is offered")
    page.locator("#code").fill(code)
    page.locator("#open").click()
    card = page.locator("#threads .thread")
    card.locator("[data-leaving] > summary").click()
    card.locator("[data-leave-ask]").click()
    inspection.look(page, "no moment chosen for leaving one")
    card.locator("[data-leaving] input[value='now']").check()
    card.locator("[data-leave-ask]").click()
    expect(card.locator("[data-leave-sure] h3")).to_be_focused()
    inspection.look(page, "leaving one, to be sure")
    card.locator("[data-leave-no]").click()
    expect(card.locator("[data-leave-ask]")).to_be_focused()
    page.locator("#add-organisation > summary").click()
    page.locator("#organisation-demo-police-chosen").check()
    page.locator("#organisation-demo-police-sensitive").check()
    page.locator("#age_group-14_to_18").check()
    page.locator("#addition-look").click()
    expect(page.locator("#addition-title")).to_be_focused()
    inspection.look(page, "the letter to one organisation more")
    page.locator("#addition-back").click()
    page.locator("#withdraw > summary").click()
    page.locator("#withdraw-now").check()
    page.locator("#withdraw-ask").click()
    expect(page.locator("#withdraw-sure h3")).to_be_focused()
    inspection.look(page, "withdrawing, to be sure")
    page.locator("#withdraw-yes").click()
    expect(page.locator("#gone-title")).to_be_focused()
    inspection.look(page, "gone")


@SEEN
def test_a_code_for_later_with_other_digits(page, inspection, language):
    begin(page, f"{PREFIX[language]}/report")
    page.locator("#link-0-address").fill(LINK)
    page.locator("#later-open").click()
    page.locator("#keep-now").click()
    page.locator("#keep-digits").wait_for()
    code = " ".join(page.locator("#keep-code .receipt__group").all_inner_texts())
    page.locator("#keep-digits").fill("0000" if not code.endswith("0000") else "1111")
    page.locator("#keep-confirm").click()
    expect(page.locator("#keep-digits-error")).not_to_be_empty()
    inspection.look(page, "digits that differ")
    page.locator("#keep-digits").fill(code[-4:])
    page.locator("#keep-confirm").click()
    expect(page.locator("#keep-until")).to_be_visible()
    inspection.look(page, "kept")


@SEEN
@pytest.mark.parametrize("path", ["/", "/report", "/follow-up", "/help"])
def test_without_scripts(new_context, inspection, language, width, path):
    plain = new_context(width=width, height=740, language=language, java_script_enabled=False).new_page()
    plain.goto(PREFIX[language] + path)
    scripted = new_context(width=width, height=740, language=language).new_page()
    scripted.route(
        "**/looked-at",
        lambda route: route.fulfill(body=SCRIPTS.sub("", plain.content()), content_type="text/html; charset=utf-8"),
    )
    scripted.goto("/looked-at")
    inspection.look(scripted, path)
