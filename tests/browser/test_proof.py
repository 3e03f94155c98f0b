"""A portal whose budget is spent asks for a proof of work: the browser says why, computes, and gets through."""

import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.live_portal import LivePortal
from tests.browser.reporting import REFUSED, code_of, come_back, written

WHY = "지금 한꺼번에 많은 요청이 몰려서"
# Everything that a status ever said: what stands there for half a second only is said too.
LISTEN = """() => {
  window.said = [];
  new MutationObserver((changes) => changes.forEach(({target}) => window.said.push(target.textContent)))
    .observe(document.body, {childList: true, characterData: true, subtree: true});
}"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory):
    """One report and one look a day without a proof, from everybody together; both were used up by somebody."""
    spent = {"limit_report_all": "1 per day", "limit_follow_up_all": "1 per day"}
    with LivePortal(tmp_path_factory.mktemp("spent"), workers=1, **spent) as running:
        for address in ("/report", "/follow-up"):
            asked = urllib.request.Request(running.url + address, b"{}", {"Content-Type": "application/json"})
            with pytest.raises(urllib.error.HTTPError, match="400"):
                urllib.request.urlopen(asked, timeout=20)
        yield running


@pytest.fixture
def page(new_context, watch):
    watch.allow(REFUSED)
    return new_context(width=360, height=740).new_page()


def posts(page):
    made = []
    page.on("request", lambda request: made.append(request) if request.method == "POST" else None)
    return made


def said(page):
    return [line for line in page.evaluate("window.said") if WHY in line]


def test_a_report_gets_through_with_a_proof_computed_beside_the_page(page):
    workers, made = [], posts(page)
    page.on("worker", lambda worker: workers.append(worker.url))
    written(page)
    assert workers == []
    page.evaluate(LISTEN)
    page.locator("#send").click()
    code_of(page)
    assert said(page)
    assert [one.rsplit("/", 2)[-2:] for one in workers] == [["workers", "proof.js"]]
    assert [one.url.rsplit("/", 1)[-1] for one in made] == ["report", "report"]
    assert made[0].post_data == made[1].post_data
    assert ["proof-of-work" in one.headers for one in made] == [False, True]


def test_coming_back_and_writing_get_through_too(page):
    written(page)
    page.locator("#send").click()
    code = code_of(page)
    page.locator("#decline-code").click()
    page.add_init_script(f"addEventListener('DOMContentLoaded', {LISTEN})")
    come_back(page, code)
    expect(page.locator("#threads .thread")).to_have_count(2)
    assert said(page)
    page.locator("#threads textarea").first.fill("한 줄 더 적어요.")
    page.locator("#threads [data-send]").first.click()
    expect(page.locator("#threads [data-sent]").first).to_contain_text("이 기관만 읽을 수 있습니다", timeout=30_000)


def test_a_browser_without_such_workers_computes_in_the_page(page):
    page.add_init_script("delete window.Worker")
    written(page)
    page.evaluate(LISTEN)
    page.locator("#send").click()
    code_of(page)
    assert said(page)


def test_the_name_of_the_policy_opens_no_other_door(page, watch):
    watch.allow("TrustedScriptURL|TrustedHTML|TrustedTypePolicy")
    page.goto("/report")
    attempts = {
        "a text": "() => new Worker('/static/any.js')",
        "another name": "() => trustedTypes.createPolicy('other', {createScriptURL: (a) => a})",
        "markup": "() => { document.body.innerHTML = '<b>x</b>' }",
    }
    refused = {
        name: page.evaluate(f"() => {{ try {{ ({attempt})(); return false }} catch (error) {{ return true }} }}")
        for name, attempt in attempts.items()
    }
    assert refused == dict.fromkeys(attempts, True)
    page.wait_for_timeout(300)
    assert len(watch.violations) == len(attempts)
    watch.violations.clear()


@pytest.mark.slow
def test_why_somebody_waits_fits_a_phone_and_has_no_fault(page, axe, overflow):
    """The proof that never ends: shown as it stands while the device computes."""
    page.add_init_script("Worker.prototype.postMessage = () => {}")
    written(page)
    page.locator("#send").click()
    expect(page.locator("#sending-words")).to_contain_text(WHY)
    expect(page.locator("#sending-words")).to_have_attribute("role", "status")
    expect(page.locator("#sending-words")).to_contain_text("초째", timeout=40_000)
    assert axe(page) == []
    assert overflow(page) == 0
