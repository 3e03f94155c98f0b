"""Whoever reports a written case, on a phone: with scripts, step by step; and without, in the plain form."""

import re

from playwright.sync_api import expect

from tests.browser.inspection import html_faults
from tests.browser.journey_people import Person
from tests.browser.reporting import STEPS

UNFOLD = """(field) => {
  for (let at = field.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
}"""


def unfolded(field):
    """A field, with whatever folds it away opened."""
    field.evaluate(UNFOLD)
    return field


class WithScripts(Person):
    """Goes through the steps as they come, answers what the case answers there, and reads each letter."""

    def report(self, case):
        page = self.page
        self.go("/report")
        page.locator("#begin:enabled").click()
        typed, notes, asked = case.typed(self.language), set(), set()
        for step in STEPS[:-1]:
            if not self._on_to(step):
                continue
            self._answer(step, case, typed)
            shown = page.locator(f"#step-{step}")
            notes |= {one.get_attribute("data-note") for one in shown.locator("[data-note]:visible").all()}
            asked |= {one.get_attribute("data-asked") for one in shown.locator("[data-asked]:not([hidden])").all()}
            if step in {"urgent", "links", "organisations"}:
                self.picture(step)
        assert set(case.said) <= notes, (case.name, notes)
        assert not set(case.never_asked) & asked, (case.name, asked)
        assert self._on_to("review")
        page.locator("#send:visible").wait_for()
        letters = page.locator("#letters article")
        expect(letters).to_have_count(len(case.chosen))
        assert page.locator("#urgent").is_visible() == case.urgent
        self.picture("letters")
        page.locator("#send").click()
        page.locator("#receipt-code:visible").wait_for()
        self.code = " ".join(page.locator(".receipt__group").all_inner_texts())
        self.picture("receipt")
        page.locator("#last-digits").fill(self.code[-4:])
        page.locator("#confirm-code").click()
        expect(page.locator("#kept")).to_be_visible()

    def look_again(self, case):
        """What stands there for whoever has the code."""
        page = self.page
        self.go("/follow-up")
        page.locator("#code").fill(self.code)
        page.locator("#open:enabled").click()
        expect(page.locator("#threads .thread")).to_have_count(len(case.chosen))
        self.picture("follow-up")

    def _on_to(self, name):
        """Walk on to a step; False where it was passed over, because nothing is asked there."""
        page = self.page
        for _step in STEPS:
            shown = page.locator(".step:visible").get_attribute("data-step")
            if STEPS.index(shown) >= STEPS.index(name):
                return shown == name
            page.locator(f"#step-{shown} [data-next]").click()
            expect(page.locator(f"#step-{shown}")).to_be_hidden()
        return False

    def _answer(self, step, case, typed):
        within = self.page.locator(f"#step-{step}")
        if step == "links" and case.addresses:
            self._paste(case)
        for name in case.ticks:
            if (box := within.locator(f"[id='{name}']")).count():
                unfolded(box).check()
        for name, choice in case.picks.items():
            if (select := within.locator(f"select[id='{name}']")).count():
                unfolded(select).select_option(choice)
        for name, words in typed.items():
            if (box := within.locator(f"[id='{name}']")).count():
                unfolded(box).fill(words)
        self._choose(step, case)

    def _paste(self, case):
        page = self.page
        page.locator("#link-0-address").fill(case.pasted(self.language))
        page.locator("#sentence").focus()
        expect(page.locator("#links textarea[id$=address]")).to_have_count(len(case.addresses))

    def _choose(self, step, case):
        page = self.page
        if step == "organisations":
            for slug, purposes in case.chosen.items():
                for tick in ("chosen", "sensitive", *purposes):
                    unfolded(page.locator(f"[id='organisation-{slug}-{tick}']")).check()
        for slug in case.readers.get(step, ()):
            unfolded(page.locator(f"[id='organisation-{slug}-compartments-{step}']")).check()


class WithoutScripts(Person):
    """The plain form: the same answers in the same fields; the HTML of each page is looked at."""

    def report(self, case):
        page = self.page
        self.pages = {}
        self.go("/report")
        page.locator("noscript a[href$='/report/plain']").click()
        page.locator("main a[href$='/report/plain/write']").click()
        if case.addresses:
            page.locator("#link-0-address").fill(case.pasted(self.language))
        for name in case.ticks:
            unfolded(page.locator(f"[id='{name}']")).check()
        for name, choice in case.picks.items():
            unfolded(page.locator(f"select[id='{name}']")).select_option(choice)
        for name, words in case.typed(self.language).items():
            unfolded(page.locator(f"[id='{name}']")).fill(words)
        self._choose(case)
        self.picture("form")
        self._on("form")
        expect(page.locator("article.letter")).to_have_count(len(case.chosen))
        self.picture("letters")
        page.locator("[id='agreed']").check()
        self._on("letters")
        self.code = " ".join(page.locator(".receipt__group").all_inner_texts())
        assert re.fullmatch(r"(\d{4} ){5}\d{4}", self.code)
        self.picture("receipt")
        page.locator("#last_digits").fill(self.code[-4:])
        self._on("receipt")
        assert page.url.endswith("/report/plain/sent")

    def look_again(self, case):
        page = self.page
        self.go("/follow-up/plain")
        page.locator("[id='understood']").check()
        page.locator("#code").fill(self.code)
        page.locator("main form button[type=submit]").first.click()
        expect(page.locator("main textarea").first).to_be_visible()
        self.picture("follow-up")
        self.pages["follow-up"] = page.content()
        faults = html_faults(self.pages)
        assert not faults, "\n".join(faults)

    def _choose(self, case):
        page = self.page
        for slug, purposes in case.chosen.items():
            for tick in ("chosen", "sensitive", *purposes):
                unfolded(page.locator(f"[id='organisation-{slug}-{tick}']")).check()
            for part, slugs in case.readers.items():
                if slug in slugs:
                    unfolded(page.locator(f"[id='organisation-{slug}-compartments-{part}']")).check()
        page.locator("[id='understood']").check()

    def _on(self, name):
        self.pages[name] = self.page.content()
        self.page.locator("main form button[type=submit]").last.click()
