"""What the policies of a page forbid is seen by every test in a browser; and pages know all that Chromium can do."""

import pytest

from app.headers import UNUSED_FEATURES

# What pages of the portal use; and client hints, which the portal asks nobody for.
USED = {"clipboard-read", "clipboard-write", "publickey-credentials-create", "publickey-credentials-get"}
KNOWN_UP_TO = 156
MODULE = "(address) => import(address).then(() => 'there', () => 'not there')"


def planted(watch, place, script, *words):
    """Run a script that breaks a policy; give what the watch noticed of it, and have it forgotten."""
    watch.allow("Content Security Policy|TrustedHTML")
    place.evaluate(script)
    place.evaluate("new Promise((done) => setTimeout(done, 300))")
    seen, watch.violations[:] = list(watch.violations), []
    return [line for line in seen if all(word in line for word in words)]


@pytest.mark.parametrize(
    ("script", "words"),
    [
        ("document.body.setAttribute('style', 'color: red')", ("csp-violation", "style-src-attr")),
        ("fetch('https://elsewhere.example/').catch(() => 0)", ("csp-violation", "connect-src", "elsewhere")),
        ("try { document.body.innerHTML = '<p>x' } catch {}", ("csp-violation", "trusted-types")),
    ],
)
def test_a_violation_on_a_page_would_be_seen(page, watch, script, words):
    page.goto("/privacy")
    assert planted(watch, page, script, *words)


def test_a_violation_in_a_window_that_a_page_opened_would_be_seen(page, context, watch):
    page.goto("/privacy")
    with context.expect_page() as opened:
        page.evaluate("void open('/help')")
    opened.value.wait_for_load_state()
    assert planted(watch, opened.value, "document.body.setAttribute('style', 'color: red')", "style-src-attr")


def test_a_violation_in_a_worker_would_be_seen(page, watch):
    page.goto("/report")
    with page.expect_worker() as started:
        page.evaluate("""async () => {
          const { src } = document.querySelector("script[src*='/js/pages/report.js']");
          const address = src.replace("pages/report", "workers/proof");
          const policy = trustedTypes.createPolicy("onestop-worker", { createScriptURL: () => address });
          globalThis.kept = new Worker(policy.createScriptURL(""), { type: "module" });
        }""")
    assert planted(watch, started.value, "fetch('https://elsewhere.example/').catch(() => 0)", "connect-src")


def test_a_script_without_its_hash_is_refused_and_one_with_it_is_not(page, watch):
    page.goto("/help")
    address = page.locator("script[src]").get_attribute("src").replace("pages/exit", "domain/wire")
    assert page.evaluate(MODULE, address) == "not there"
    page.wait_for_timeout(300)
    assert [line for line in watch.violations if "integrity-violation" in line and "wire" in line]
    watch.violations.clear()


def test_a_page_takes_leave_of_all_that_it_does_not_use(page, watch, browser):
    page.goto("/help")
    known = set(page.evaluate("document.featurePolicy.features()"))
    unused = set(UNUSED_FEATURES.split())
    assert unused <= known, "Chromium would complain of each"
    if int(browser.version.partition(".")[0]) <= KNOWN_UP_TO:
        assert {one for one in known - unused - USED if not one.startswith("ch-")} == set()
    allowed = set(page.evaluate("document.featurePolicy.allowedFeatures()"))
    assert not allowed & unused
    assert page.evaluate("crossOriginIsolated") is False
