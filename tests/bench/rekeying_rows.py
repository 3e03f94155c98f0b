"""An organisation with 1,000 letters: from signing in to a readable queue, and all letters sealed to new keys."""

import time
from contextlib import closing, contextmanager

from playwright.sync_api import sync_playwright

from tests.bench.method import CORES, pinned, ratios, row, spread, steady
from tests.bench.sealed_desk import LEAD, PASSPHRASE, WORKER, fill
from tests.browser.ceremonies import Authenticators, add_passkey
from tests.browser.conftest import CHROMIUM, FLAGS

LETTERS, PATIENCE = 1_000, 300_000
# Lets the page take a breath between any two tasks, and keeps the longest time that it had to wait for one.
WATCH = """() => {
  globalThis.longest = 0;
  const { port1, port2 } = new MessageChannel();
  let before = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    globalThis.longest = Math.max(globalThis.longest, now - before);
    before = now;
    setTimeout(() => port2.postMessage(0), 0);
  };
  port2.postMessage(0);
}"""
ARGON2 = """async ({ passphrase, login }) => {
  const base = new URL("../", document.querySelector('script[src*="/js/"]').src).href;
  const { root } = await import(`${base}crypto/caseworker_key.js`);
  const began = performance.now();
  await root({ passphrase, portalId: new Uint8Array(16), login });
  return performance.now() - began;
}"""


@contextmanager
def tab(browser, portal):
    """A page in a browser in which nobody signed in."""
    with closing(browser.new_context(base_url=portal.url, locale="ko-KR")) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        yield page


def at_sign_in(page, path="/queue"):
    page.goto(f"/sign-in?next={path}")
    page.locator("#submit:enabled").wait_for()


def until_readable(page, button):
    """Milliseconds from a button to a queue whose summaries are open."""
    began = time.perf_counter()
    page.locator(button).click()
    page.locator("#queue-status:not(:empty)").wait_for(state="attached")
    taken = (time.perf_counter() - began) * 1000
    assert page.locator("#lock-notice").is_hidden()
    return taken


def passphrase_typed(page, login):
    page.locator("#login").fill(login)
    page.locator("#passphrase").fill(PASSPHRASE)


class Desks:
    """The ways to the same queue, each in a document of its own."""

    def __init__(self, browser, portal, keyed):
        self.browser, self.portal, self.keyed = browser, portal, keyed

    def argon2id(self):
        """Milliseconds of stretching alone, where nothing of it ran before."""
        with tab(self.browser, self.portal) as page:
            at_sign_in(page)
            return page.evaluate(ARGON2, {"passphrase": PASSPHRASE, "login": LEAD})

    def passphrase(self):
        with tab(self.browser, self.portal) as page:
            at_sign_in(page)
            passphrase_typed(page, LEAD)
            return until_readable(page, "#submit")

    def passkey(self):
        """In the one tab whose authenticator it is, as somebody who is not signed in."""
        self.keyed.context.clear_cookies()
        at_sign_in(self.keyed)
        return until_readable(self.keyed, "#by-passkey")


def sign_in_rows(browser, portal, letters):
    with tab(browser, portal) as keyed:
        Authenticators(keyed).use(prf=True)
        at_sign_in(keyed, "/account")
        passphrase_typed(keyed, WORKER)
        keyed.locator("#submit").click()
        keyed.wait_for_url("**/account")
        add_passkey(keyed, "벤치", PASSPHRASE)
        keyed.locator("#passkeys .account__line").wait_for()
        desks = Desks(browser, portal, keyed)
        sides = {"argon2id": desks.argon2id, "passphrase": desks.passphrase, "passkey": desks.passkey}
        samples, left_out = steady(sides, lambda taken: taken["argon2id"])
    alone = samples["argon2id"]
    beyond = [whole - stretching for whole, stretching in zip(samples["passphrase"], alone, strict=True)]
    against = f"Argon2id alone {spread(alone).median:.0f} ms"
    return [
        row(
            "keys", f"passphrase to a readable queue with {letters:,} letters, beyond Argon2id", beyond, "ms",
            against=against, goal=("value", "<=", 1_000), left_out=left_out,
        ),
        row(
            "keys", f"passkey to a readable queue with {letters:,} letters", samples["passkey"], "ms",
            against=against, ratio=ratios(samples["passkey"], alone), goal=("value", "<=", 1_000), left_out=left_out,
        ),
    ]  # fmt: skip


def resealing_rows(browser, portal, letters):
    """Make new keys and have every letter sealed to them."""
    with tab(browser, portal) as page:
        at_sign_in(page, "/keys")
        passphrase_typed(page, LEAD)
        page.locator("#submit").click()
        page.wait_for_url("**/keys")
        page.locator("#new-keys:enabled").click()
        page.locator("#keys-said", has_text="이제 새 열쇠를 씁니다").wait_for()
        page.evaluate(WATCH)
        began = time.perf_counter()
        page.locator("#resealing-start:enabled").click()
        page.locator("#resealing-said", has_text="모든 신고서를 새 열쇠로 잠갔습니다").wait_for()
        seconds = time.perf_counter() - began
        longest = page.evaluate("() => globalThis.longest")
    sealed = f"{letters:,} letters and their summaries sealed to new keys"
    return [
        row("keys", sealed, [seconds], "s", goal=("value", "<=", 60)),
        row("keys", "the longest that the page stood still meanwhile", [longest], "ms", goal=("value", "<=", 200)),
    ]


def rows(portal, letters=LETTERS):
    """Chromium has both cores, as a lead's computer would have several."""
    fill(portal, letters)
    with pinned(CORES), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = [*sign_in_rows(browser, portal, letters), *resealing_rows(browser, portal, letters)]
        browser.close()
    return found
