"""On every step of the report, on a small phone, the phone lines stand there: 112, 1366, 1388 and its chat."""

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import LINK, STEPS, choose, code_of, on_to

# Whether a press would reach it where it stands, or something lies over it.
IN_REACH = """(link) => {
  link.scrollIntoView({ block: "center" });
  const { x, y, width, height } = link.getBoundingClientRect();
  return link.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def stands_there(page, where):
    strip = page.get_by_role("complementary", name=page.locator("#help-strip").get_attribute("aria-label"))
    lines = [strip.locator(f"a[href='tel:{phone}']") for phone in ("112", "1366", "1388")]
    chat = strip.get_by_role("listitem").filter(has=page.locator("a[href='tel:1388']")).locator(".help-strip__chat")
    for link in (*lines, chat):
        expect(link, where).to_have_count(1)
        expect(link, where).to_be_visible()
        assert link.evaluate(IN_REACH), where


@pytest.mark.parametrize("path", ["/report", pytest.param("/en/report", marks=pytest.mark.slow)])
def test_somebody_to_talk_to_is_there_on_every_step(new_context, path):
    page = new_context(width=320, height=740).new_page()
    page.goto(path)
    page.locator("#begin:enabled").wait_for()
    stands_there(page, "start")
    page.locator("#begin").click()
    expect(page.locator("#step-danger")).to_be_visible()
    for step in STEPS:
        on_to(page, step)
        stands_there(page, step)
        if step == "links":
            page.locator("#link-0-address").fill(LINK)
        elif step == "organisations":
            choose(page, "demo-centre")
    page.locator("#send:visible").click()
    code_of(page)
    stands_there(page, "receipt")
