"""The whole journey by keyboard alone, with forced colours and reduced motion: where the focus goes, what is said."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.by_keyboard import LISTEN, MOVING, Keyboard
from tests.browser.reporting import LINK, STEPS


def answer(someone, step):
    if step == "danger":
        someone.to("#danger-yes").press("Space")
    elif step == "urgent":
        someone.to("[name=threat_kinds], #threat_kinds-none").press("Space")
    elif step == "links":
        someone.to("#link-0-address").type(LINK)
    elif step == "organisations":
        someone.to("[id^=organisation-][id$=-chosen]").press("Space")
        someone.to("[id^=organisation-][id$=-sensitive]").press("Space")


def test_the_whole_journey_by_keyboard(new_context):
    context = new_context(width=1000, height=800, forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto("/report")
    page.locator("#begin:enabled").wait_for()
    page.evaluate(LISTEN)
    someone = Keyboard(page)
    someone.to(".govuk-skip-link").to("#exit")
    someone.to("#begin").press("Enter")
    for step in STEPS[:-1]:
        if not page.locator(f"#step-{step}").is_visible():
            continue  # nothing is asked there
        expect(page.locator(f"#step-{step} h1")).to_be_focused()
        answer(someone, step)
        assert page.evaluate(MOVING) == 0
        someone.on(step)
    expect(page.locator("#step-review h1")).to_be_focused()
    page.locator("#send:visible").wait_for()
    someone.to("#send").press("Enter")
    expect(page.locator("#step-receipt h1")).to_be_focused()
    code = "".join(page.locator(".receipt__group").all_inner_texts())
    someone.to("#last-digits").type(code[-4:])
    someone.to("#confirm-code").press("Enter")
    expect(page.locator("#kept")).to_be_focused()
    assert someone.faults == []
    said = page.evaluate("window.said")
    progress = {line for line in said if re.fullmatch(r"\d+단계 중 \d+단계", line)}
    assert len(progress) >= 9
    assert any("112" in line for line in said)  # what is said at once after a danger is read aloud as well


def test_a_fault_takes_the_focus_and_leads_to_its_field(new_context):
    page = new_context(width=1000, height=800).new_page()
    page.goto("/report")
    page.locator("#begin:enabled").wait_for()
    someone = Keyboard(page)
    someone.to("#begin").press("Enter")
    for step in ("danger", "urgent"):
        someone.on(step)
    someone.to("#link-0-address").type("990101-2345678")
    someone.to("#step-links [data-next]").press("Enter")
    expect(page.locator("#errors")).to_be_focused()
    assert page.locator("#errors").get_attribute("role") == "alert" or page.locator("#errors [role=alert]").count() == 1
    someone.to("#errors a").press("Enter")
    expect(page.locator("#link-0-address")).to_be_focused()
    described = page.locator("#link-0-address").get_attribute("aria-describedby").split()
    assert any(page.locator(f"[id='{name}']").inner_text() for name in described if name.endswith("-error"))


@pytest.mark.parametrize("path", ["/", "/help", "/follow-up", "/report/plain/write"])
def test_the_way_out_is_the_first_but_two(new_context, path):
    """A skip link, the phone lines, the way out: it is reached with three presses on every page."""
    page = new_context(width=360, height=740).new_page()
    page.goto(path, wait_until="networkidle")
    for _press in range(3):
        page.keyboard.press("Tab")
    expect(page.locator("#exit")).to_be_focused()
