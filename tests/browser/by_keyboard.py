"""Somebody without a pointer: reaches everything by Tab, and looks whether the focus is seen and goes on in order."""

from playwright.sync_api import expect

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

    def __init__(self, page, most=MOST_TABS):
        """`most`: how many presses of Tab the longest way takes."""
        self.page, self.most, self.faults = page, most, []

    def to(self, selector):
        self.page.evaluate("() => { window.focusedBefore = document.activeElement; }")  # a script may have moved it
        for _press in range(self.most):
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
