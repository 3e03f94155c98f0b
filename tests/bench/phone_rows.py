"""What a slow phone on a slow line pays: ready to type, sealed, sent; and what Lighthouse says of the public pages.

Chromium at a quarter of this machine's speed, 1.6 Mbit/s and 150 ms for each round trip. There is nothing to compare
with: the figures depend on the machine, and the goals are those that a person feels.
"""

import json
import subprocess
import tempfile
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Error, expect, sync_playwright

from tests.bench.method import CORES, ROUNDS, pinned, row, unmeasured
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.browser.inspection import NODE
from tests.browser.live_portal import ROOT
from tests.browser.reporting import LINK, on_to

SLOWER = 4
SPARE = 3
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 1_600_000 / 8}
LIGHTHOUSE = ROOT / ".make" / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = ("/", "/report", "/follow-up")
MARKS = ("performance", "accessibility", "best-practices")
RUNS, RUNS_TRIED, RUN_SECONDS = 3, 5, 180
# Ready: it can be pressed, and was painted. Pressed at once: until the heading of the first step has the focus.
LISTEN = """() => new MutationObserver((_changes, observer) => {
  const begin = document.querySelector("#begin:enabled");
  if (!begin) return;
  observer.disconnect();
  const enabled = performance.now();
  const painted = () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
  const look = () => {
    if (painted() === undefined) return requestAnimationFrame(look);
    window.readyAt = Math.max(enabled, painted());
    if (!window.pressAtOnce) return;
    const pressed = performance.now();
    begin.click();
    const there = () => {
      if (document.activeElement?.id !== "step-danger-title") return requestAnimationFrame(there);
      requestAnimationFrame(() => setTimeout(() => { window.begunIn = performance.now() - pressed; }));
    };
    there();
  };
  look();
}).observe(document, { subtree: true, childList: true, attributes: true })"""
# What LISTEN notes, once it did.
NOTED = """async (name) => {
  while (window[name] === undefined) await new Promise((done) => setTimeout(done, 20));
  return window[name];
}"""
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
    """Milliseconds until one can begin, for beginning at once, until all is sealed, and from pressing send to code."""
    with closing(browser.new_context(viewport={"width": 360, "height": 740}, locale="ko-KR")) as context:
        begun = pressed_at_once(context, portal)
    with closing(browser.new_context(viewport={"width": 360, "height": 740}, locale="ko-KR")) as context:
        ready, sealed, sent = reported(context, portal)
        return ready, begun, sealed, sent


def pressed_at_once(context, portal):
    """A first visit in which the button is pressed in the very moment in which it can be."""
    context.add_init_script(f"window.pressAtOnce = true; ({LISTEN})()")
    page = context.new_page()
    page.set_default_timeout(120_000)
    slowed(page)
    page.goto(f"{portal.url}/report")
    return page.evaluate(NOTED, "begunIn")


def reported(context, portal):
    context.add_init_script(f"({LISTEN})()")
    page = context.new_page()
    page.set_default_timeout(120_000)
    expect.set_options(timeout=120_000)
    slowed(page)
    page.goto(f"{portal.url}/report")
    page.locator("#begin:enabled").wait_for()
    ready = page.evaluate(NOTED, "readyAt")
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
    return ready, sealed, sent


def whole_rounds(browser, portal):
    """Rounds that came to an end, of a few more than are needed. A round that did not says why, and stops no bench."""
    rounds = []
    for _try in range(ROUNDS + SPARE):
        if len(rounds) > ROUNDS:
            break
        try:
            rounds.append(one_report(browser, portal))
        except (Error, AssertionError) as error:
            print(f"a round of the slow phone did not end: {error}", flush=True)
    # The first visitor after a start waits until the page is rendered and compressed; nobody else does.
    return rounds[1:]


def report_rows(portal):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        rounds = whole_rounds(browser, portal)
        browser.close()
    found = [
        ("ready to type, first visit of /report", [ready for ready, _, _, _ in rounds], 1000),
        ("pressed at once, until the first step has the focus", [begun for _, begun, _, _ in rounds], None),
        ("letter sealed, once all is answered", [sealed for _, _, sealed, _ in rounds], None),
        ("sent, until the code stands there", [sent for _, _, _, sent in rounds], None),
        ("sealed and sent", [sealed + sent for _, _, sealed, sent in rounds], 1000),
    ]
    for name, samples, most in found:
        goal = None if most is None else ("value", "<=", most)
        yield row("phone", name, samples, "ms", goal=goal) if rounds else unmeasured("phone", name, "ms", goal)


def marked(portal, page):
    """One run of Lighthouse: its mark for each category, of 100. Raises where it did not come to an end."""
    with tempfile.TemporaryDirectory(prefix="onestop-lighthouse-") as directory:
        out = Path(directory) / "marks.json"
        # Lighthouse chooses the port on which it speaks to Chromium.
        command = [
            NODE, LIGHTHOUSE, portal.url + page, "--quiet", f"--only-categories={','.join(MARKS)}",
            "--output=json", f"--output-path={out}", f"--chrome-flags={' '.join(['--headless=new', *FLAGS])}",
        ]  # fmt: skip
        environment = {"CHROME_PATH": CHROMIUM, "HOME": directory, "PATH": "/usr/bin:/bin"}
        subprocess.run(command, cwd=directory, env=environment, check=True, timeout=RUN_SECONDS, capture_output=True)
        marks = json.loads(out.read_text(encoding="utf-8"))["categories"]
    return {name: marks[name]["score"] * 100 for name in MARKS}


def whole_runs(portal, page):
    """So many runs as came to an end, of the few that are tried; none where Lighthouse cannot be had or run."""
    runs = []
    for _try in range(RUNS_TRIED):
        if len(runs) == RUNS:
            break
        try:
            runs.append(marked(portal, page))
        except (OSError, subprocess.SubprocessError, ValueError, LookupError, TypeError) as error:
            told = getattr(error, "stderr", None) or b""
            print(f"Lighthouse on {page}: {type(error).__name__} {told.decode(errors='replace')[-400:]}", flush=True)
    return runs


def lighthouse_rows(portal):
    """Of 100, as Lighthouse marks a page for a phone; the median of some runs, as its makers advise.

    A run that fails stops no bench: its row then says that it was not measured.
    """
    try:
        subprocess.run([ROOT / ".ci" / "lighthouse"], check=True)
        pages = {page: whole_runs(portal, page) for page in PAGES}
    except (OSError, subprocess.SubprocessError) as error:
        print(f"Lighthouse is not here: {error}", flush=True)
        pages = {page: [] for page in PAGES}
    for page, runs in pages.items():
        for name in MARKS:
            what, goal = f"Lighthouse, {name.replace('-', ' ')} of {page}", ("value", ">=", 95)
            marks = [one[name] for one in runs]
            yield row("phone", what, marks, "of 100", goal=goal) if marks else unmeasured("phone", what, "of 100", goal)


def rows(portal):
    """Chromium has both cores, as on a telephone it would have several."""
    with pinned(CORES):
        yield from report_rows(portal)
        yield from lighthouse_rows(portal)
