"""The whole journey by keyboard alone, with forced colours and reduced motion: where the focus goes, what is said."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.reporting import LINK, STEPS

MOST_TABS = 150
# What has the focus: whether it can be seen, stands below the bar, shows that it has the focus, and follows the last.
FOCUS = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const box = (at.closest(".govuk-radios__item, .govuk-checkboxes__item") ?? at).getBoundingClientRect();
  const bar = document.getElementById("top").getBoundingClientRect().bottom;
  const drawn = (element, pseudo) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element, pseudo);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  };
  const label = at.type === "radio" || at.type === "checkbox" ? document.querySelector(`label[for="${at.id}"]`) : null;
  const before = window.focusedBefore;
  window.focusedBefore = at;
  const follows = !before?.isConnected || at.closest("#top, .govuk-skip-link") ||
    before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING;
  return {
    name: at.id || at.className || at.tagName,
    seen: box.width > 1 && box.height > 1,
    clear: Boolean(at.closest("#top, .govuk-skip-link")) || box.bottom > bar && box.top < innerHeight,
    drawn: drawn(at) || (label !== null && (drawn(label, "::before") || drawn(label))),
    follows: Boolean(follows),
  };
}"""
# Everything that a live region ever said, and every heading that took the focus.
LISTEN = """() => {
  window.said = [];
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const changed = target instanceof Element ? target : target.parentElement;
      const region = changed?.closest("[role=status], [role=alert]");
      if (region?.innerText.trim()) window.said.push(region.innerText.trim());
    }
  }).observe(document.body, { childList: true, characterData: true, attributeFilter: ["hidden"], subtree: true });
}"""


# What takes a thousandth of a second is no motion.
MOVING = "document.getAnimations().filter((one) => one.effect.getComputedTiming().duration > 1).length"


class Keyboard:
    """Somebody who has no pointer."""

    def __init__(self, page):
        self.page, self.faults = page, []

    def to(self, selector):
        for _press in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            if focus is None:
                continue
            self.faults += [
                f"{focus['name']}: {what}" for what in ("seen", "clear", "drawn", "follows") if not focus[what]
            ]
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return self
        message = f"{selector} is not reached by Tab"
        raise AssertionError(message)

    def press(self, key):
        self.page.keyboard.press(key)
        return self

    def type(self, words):
        self.page.keyboard.type(words)
        return self

    def on(self, step):
        self.to(f"#step-{step} [data-next]").press("Enter")
        expect(self.page.locator(f"#step-{step}")).to_be_hidden()


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
