"""Keys go out of a tab: after half an hour without use, when the document is left, at sign-out; and with the tab."""

import json
import re
import urllib.request

import pytest
from playwright.sync_api import expect

from app.crypto.recipient_key import from_seed
from app.domain.wire import b64u_decode, b64u_encode
from tests.browser.ceremonies import sign_out, unlocked
from tests.browser.desk import give_passphrase, opened

expect.set_options(timeout=20_000)
UNAUTHORIZED = 401
# The seed of the keys in force, as the next document of this tab would find it.
SEED = """async () => {
  const js = new URL("../", document.querySelector('script[src*="/js/"]').src).href;
  const { kept } = await import(`${js}pages/session/stored_tab.js`);
  const { b64uDecode } = await import(`${js}domain/wire.js`);
  const { session_half } = await (await fetch("/session")).json();
  return (await kept(b64uDecode(session_half))).ring.epochs.at(-1).seed;
}"""
KEPT = "() => sessionStorage.getItem('onestop.tab')"


class Memory:
    """Everything that the scripts of a page still hold, after what nobody refers to is collected."""

    def __init__(self, page):
        self.page, self.chunks = page, []
        self.profiler = page.context.new_cdp_session(page)
        self.profiler.on("HeapProfiler.addHeapSnapshotChunk", lambda event: self.chunks.append(event["chunk"]))
        self.profiler.send("HeapProfiler.enable")

    def holds(self, text):
        self.chunks.clear()
        self.profiler.send("HeapProfiler.collectGarbage")
        self.profiler.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
        strings = json.loads("".join(self.chunks))["strings"]
        assert len(strings) > 1_000
        return any(text in one for one in strings)


@pytest.fixture
def seed(portal):
    """Gives the seed that a tab has now; what looks for it leaves nothing of it there."""

    def of(page):
        found = page.evaluate(SEED)
        assert re.fullmatch(r"[\w-]{43}", found)
        return found

    return of


def test_after_half_an_hour_the_tab_holds_no_key_is_covered_and_goes_on(sign_in, portal, reporter, seed, axe):
    page = sign_in()
    page.clock.install()
    opened(page, reporter)
    page.locator("#note-words").fill("반쯤 쓴 메모")
    memory, secret = Memory(page), seed(page)
    page.clock.fast_forward("29:30")
    assert (memory.holds(secret), page.evaluate(KEPT) is None) == (True, False)
    page.clock.fast_forward("01:00")
    expect(page.locator("#passphrase-dialog")).to_be_visible()
    expect(page.locator("#passphrase-dialog")).to_contain_text("30분")
    expect(page.locator("#case")).to_be_hidden()
    assert (memory.holds(secret), page.evaluate(KEPT)) == (False, None)
    assert axe(page) == []
    page.locator("#passphrase-dialog [data-part=cancel]").click()
    expect(page.locator("#case")).to_be_hidden()
    page.keyboard.press("Tab")
    unlocked(page, portal.account("support_centre")["passphrase"])
    expect(page.locator("#case")).to_be_visible()
    expect(page.locator("#note-words")).to_have_value("반쯤 쓴 메모")
    page.locator("#note-form [data-part=send]").click()
    expect(page.locator("#notes")).to_contain_text("반쯤 쓴 메모")
    assert memory.holds(secret)


def test_whoever_may_open_letters_can_copy_keys_out_of_the_tab(sign_in, portal, seed):
    """No page can prevent it: what opens letters has to be where they are opened."""
    page = sign_in()
    expect(page.locator("#queue-status")).not_to_be_empty()
    copied = from_seed(b64u_decode(seed(page), "", 32))
    with urllib.request.urlopen(f"{portal.url}/api/v1/directory") as answer:
        assert b64u_encode(copied.kid) in {one["kid"] for one in json.load(answer)["organisations"]}


def test_keys_go_when_a_document_is_left_with_the_tab_and_at_sign_out(new_context, portal, seed, watch):
    watch.allow("status of 401")
    context = new_context()
    page = context.new_page()
    give_passphrase(page, portal.account("support_centre"))
    expect(page.locator("#queue-status")).not_to_be_empty()
    memory, secret = Memory(page), seed(page)
    assert memory.holds(secret)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert not memory.holds(secret)
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator("#queue-status")).not_to_be_empty()
    expect(page.locator("#lock-notice")).to_be_hidden()

    other = context.new_page()
    other.goto("/queue")
    expect(other.locator("#lock-notice")).to_be_visible()
    assert other.evaluate(KEPT) is None
    other.close()

    sign_out(page)
    assert (memory.holds(secret), page.evaluate(KEPT)) == (False, None)
    assert secret not in page.evaluate("JSON.stringify({...sessionStorage, ...localStorage})")
    page.go_back()
    expect(page.locator(".queue__link")).to_have_count(0)
    assert page.goto("/queue").status == UNAUTHORIZED
