"""What a slow phone on a slow line pays: ready to type, sealed, sent; and what Lighthouse says of the public pages.

Chromium at a quarter of this machine's speed, 1.6 Mbit/s and 150 ms for each round trip. There is nothing to compare
with: the figures depend on the machine, and the goals are those that a person feels.
"""

import json
import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.bench.method import CORES, ROUNDS, pinned, row
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.inspection import NODE
from tests.browser.live_portal import ROOT, free_port
from tests.browser.reporting import LINK, on_to

SLOWER = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 1_600_000 / 8}
LIGHTHOUSE = ROOT / ".make" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = ("/", "/report", "/follow-up")
LISTEN = """() => new MutationObserver((_changes, observer) => {
  if (!document.querySelector("#begin:enabled")) return;
  window.readyAt = performance.now();
  observer.disconnect();
}).observe(document, { subtree: true, childList: true, attributes: true })"""
# Presses a button, and gives the milliseconds until something is shown.
TIMED = """async ([pressed, shown]) => {
  const began = performance.now();
  document.querySelector(pressed).click();
  const there = () => document.querySelector(shown)?.checkVisibility();
  while (!there()) await new Promise((done) => requestAnimationFrame(done));
  return performance.now() - began;
}"""


def slowed(page):
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)


def one_report(browser, portal):
    """Milliseconds until one can begin, until the letter stands sealed, and from pressing send to the code."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ko-KR")
    context.add_init_script(f"({LISTEN})()")
    page = context.new_page()
    page.set_default_timeout(120_000)
    expect.set_options(timeout=120_000)
    slowed(page)
    page.goto(f"{portal.url}/report")
    page.locator("#begin:enabled").wait_for()
    ready = page.evaluate("window.readyAt")
    page.locator("#begin").click()
    expect(page.locator("#step-danger")).to_be_visible()
    on_to(page, "links")
    page.locator("#link-0-address").fill(LINK)
    on_to(page, "organisations")
    for tick in ("chosen", "sensitive"):
        page.locator(f"#organisation-demo-centre-{tick}").check()
    on_to(page, "contact")
    page.wait_for_load_state("networkidle")
    sealed = page.evaluate(TIMED, ["#step-contact [data-next]", "#send"])
    sent = page.evaluate(TIMED, ["#send", "#receipt-code"])
    context.close()
    return ready, sealed, sent


def report_rows(portal):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        rounds = [one_report(browser, portal) for _round in range(ROUNDS)]
        browser.close()
    ready, sealed, sent = zip(*rounds, strict=True)
    both = [first + second for first, second in zip(sealed, sent, strict=True)]
    found = [
        ("ready to type, first visit of /report", ready, 1000),
        ("letter sealed, the code stretched, once all is answered", sealed, None),
        ("sent, until the code stands there", sent, None),
        ("sealed and sent", both, 1000),
    ]
    return [
        row("phone", name, samples, "ms", goal=None if most is None else ("value", "<=", most))
        for name, samples, most in found
    ]


def lighthouse_rows(portal):
    """Of 100: performance and accessibility, as Lighthouse marks a page for a phone."""
    subprocess.run([ROOT / ".ci" / "lighthouse"], check=True)
    for page in PAGES:
        with tempfile.TemporaryDirectory(prefix="onestop-lighthouse-") as directory:
            out = Path(directory) / "marks.json"
            flags = f"--headless=new --remote-debugging-port={free_port()} " + " ".join(FLAGS)
            command = [
                NODE, LIGHTHOUSE, portal.url + page, "--quiet", "--only-categories=performance,accessibility",
                "--output=json", f"--output-path={out}", f"--chrome-flags={flags}",
            ]  # fmt: skip
            environment = {"CHROME_PATH": CHROMIUM, "HOME": directory, "PATH": "/usr/bin:/bin"}
            subprocess.run(command, cwd=directory, env=environment, check=True, capture_output=True)
            marks = json.loads(out.read_text(encoding="utf-8"))["categories"]
        for name in ("performance", "accessibility"):
            mark = marks[name]["score"] * 100
            yield row("phone", f"Lighthouse, {name} of {page}", [mark], "of 100", goal=("value", ">=", 95))


def rows(portal):
    """Chromium has both cores, as on a telephone it would have several."""
    with pinned(CORES):
        yield from report_rows(portal)
        yield from lighthouse_rows(portal)
