"""Easy words (쉬운 글): at the start, at the consents and at the receipt, with scripts and without; kept by nothing."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.desk import CENTRE
from tests.browser.inspection import Inspection
from tests.browser.reporting import LINK, choose, code_of, on_to, stored
from tests.browser.without_scripts import Plain

# What is left of plain words are names of fields and buttons, and what the answers themselves bring up: no sentences.
LEFT = """(all) => all.filter((p) => !p.closest('.easy-words') && !p.querySelector('a, button, .easy-words')
  && !p.matches('[role=status], .receipt__label, .receipt__code, .govuk-error-message')
  && !p.closest('[data-why], [data-proposed-purposes], [class*=organisation__], .refused, .away'))
  .map((p) => p.textContent.trim()).filter((words) => words)"""


@pytest.fixture
def page(new_context):
    return new_context(width=320, height=740).new_page()


def easy_everywhere(page, part):
    assert page.locator(f"{part} .plain-words:visible").count() == 0
    assert page.locator(f"{part} .easy-words:visible").count() > 0
    assert page.locator(f"{part} p:visible").evaluate_all(LEFT) == []


def opened(page, part):
    page.locator(f"{part} details").evaluate_all("(all) => all.forEach((one) => { one.open = true; })")


@pytest.mark.parametrize("path", ["/report", pytest.param("/en/report", marks=pytest.mark.slow)])
def test_they_take_the_place_of_the_others_from_the_start_to_the_receipt(page, axe, overflow, path):
    inspection = Inspection(axe, overflow, typed=LINK)
    page.goto(path)
    page.locator("#begin:enabled").wait_for()
    page.locator("#easy").check()
    opened(page, "#start")
    easy_everywhere(page, "#start")
    expect(page.locator(".easy-about")).to_contain_text(re.compile("전체 글이 맞아요|the full text counts"))
    inspection.look(page, "start")
    page.locator("#begin").click()
    on_to(page, "links")
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    choose(page, "demo-centre", "purposes-deletion")
    centre = "#step-organisations [data-organisation=demo-centre]"
    easy_everywhere(page, centre)
    full = page.locator(f"{centre} .easy-words > details")
    expect(full.locator(".consent")).to_be_hidden()
    full.locator("summary").click()
    expect(full.locator(".consent")).to_be_visible()  # what counts is a press away
    inspection.look(page, "consent")
    on_to(page, "review")
    page.locator("#send:visible").wait_for()
    easy_everywhere(page, "#ready")
    page.locator("#send").click()
    code = code_of(page)
    opened(page, "#step-receipt")
    easy_everywhere(page, "#step-receipt")
    inspection.look(page, "receipt")
    page.locator("#last-digits").fill(code[-4:])
    page.locator("#confirm-code").click()
    expect(page.locator("#kept")).to_be_visible()
    easy_everywhere(page, "#kept")
    page.locator("#easy").uncheck()
    assert page.locator(".easy-words:visible").count() == 0
    assert not (found := inspection.findings()), "\n".join(found)


def test_they_go_along_to_the_report_without_a_word_to_the_server_and_are_kept_nowhere(page):
    asked = []
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108 - Playwright marks handlers
    page.goto("/")
    page.locator("#easy").focus()
    page.keyboard.press("Space")
    easy_everywhere(page, "main")
    page.locator(".actions a[href$='/report']").click()
    page.locator("#begin:enabled").wait_for()
    expect(page.locator("#easy")).to_be_checked()
    assert page.url.endswith("/report")  # nothing of it stays in the address, and so in the history
    page.locator(".page-header__language").click()
    page.wait_for_url("**/en/report")
    expect(page.locator("#easy")).to_be_checked()
    told = [urlsplit(request.url) for request in asked]
    assert [at for at in told if "easy" in at.path + at.query or at.query] == []
    assert set(stored(page.context, page).values()) == {0}
    page.goto("/report")
    page.locator("#begin:enabled").wait_for()
    expect(page.locator("#easy")).not_to_be_checked()


def plainly_reported(someone, code_seen):
    page = someone.page
    someone.tick(f"organisation-{CENTRE}-chosen")
    page.locator(f"details:has([id='organisation-{CENTRE}-sensitive']) > summary").click()
    page.locator("#link-0-address").fill(LINK)
    someone.send()  # what was not ticked yet is asked for, in easy words still
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.locator("#easy")).to_be_checked()
    easy_everywhere(page, ".organisation:has([id^='organisation-demo-centre'])")
    someone.tick(f"organisation-{CENTRE}-sensitive", "understood")
    someone.send()
    easy_everywhere(page, "#send-form")
    someone.tick("agreed")
    someone.send()
    code_seen.append("".join(page.locator(".receipt__group").all_inner_texts()))
    easy_everywhere(page, "main")


@pytest.mark.slow
def test_without_scripts_they_go_along_from_page_to_page(new_context, axe, overflow, watch):
    watch.allow(r"Failed to load resource.*422")
    inspection = Inspection(axe, overflow, typed=LINK)
    someone, codes = Plain(new_context, "", 320, inspection), []
    page = someone.go("/")
    page.locator("#easy").check()
    someone.looked_at()
    easy_everywhere(page, "main")
    someone.press(page.locator("noscript a[href$='/report/plain/easy']"))
    expect(page.locator("#easy")).to_be_checked()
    easy_everywhere(page, "main")
    someone.press(page.locator("main a[href$='/report/plain/write/easy']"))
    expect(page.locator("#easy")).to_be_checked()
    plainly_reported(someone, codes)
    page.locator("#last_digits").fill("0000" if codes[0][-4:] != "0000" else "1111")
    someone.send()
    expect(page.locator("#last_digits-error")).to_be_visible()
    easy_everywhere(page, "main")
    page.locator("#last_digits").fill(codes[0][-4:])
    someone.send()
    assert page.url.endswith("/report/plain/sent/easy")
    easy_everywhere(page, "main")
    page.locator("#easy").uncheck()
    assert page.locator(".easy-words:visible").count() == 0
    assert page.context.cookies() == []
    assert not (found := inspection.findings()), "\n".join(found)
