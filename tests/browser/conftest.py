"""A live portal and a real Chromium. Whatever a page says on its console, or asks of another host, fails the test."""

import re
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from tests.browser.desk import CENTRE, enter
from tests.browser.live_portal import ROOT, LivePortal
from tests.browser.reporter import Reporter

CHROMIUM = "/usr/bin/chromium"
HEADLESS = "/usr/bin/chromium-headless-shell"  # the same engine without windows: two thirds of the work
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
# Chromium's own ways out: none of these is a request of ours.
OWN_SCHEMES = {"data", "blob", "about", "chrome-error"}

# What a page or a worker was kept from by a policy. Chromium's console says nothing of scripts without integrity, nor
# of anything in a worker; what happened before somebody listened is told as well.
SAY_VIOLATIONS = """
new ReportingObserver(
  (seen) => {
    for (const { type, body } of seen) {
      const { effectiveDirective = "", blockedURL = "" } = body;
      console.error(`policy violation: ${type} ${effectiveDirective} ${blockedURL}`);
    }
  },
  { types: ["csp-violation", "integrity-violation", "coep"], buffered: true },
).observe();
"""


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def shared_portal(tmp_path_factory):
    with LivePortal(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture(scope="module")
def portal(request, tmp_path_factory):
    """One demo portal for all browser tests of a run: `url`, `accounts`, `account(kind, role)`, `database`, `log`.

    Modules that are marked `own_portal` have one of their own, since what they change would be in the way of others.
    """
    if request.node.get_closest_marker("own_portal"):
        with LivePortal(tmp_path_factory.mktemp("portal")) as running:
            yield running
    else:
        yield request.getfixturevalue("shared_portal")


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def whole_chromium(playwright):
    running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield running
    running.close()


@pytest.fixture(scope="session")
def headless_chromium(playwright):
    there = HEADLESS if Path(HEADLESS).exists() else CHROMIUM
    running = playwright.chromium.launch(executable_path=there, args=FLAGS)
    yield running
    running.close()


@pytest.fixture(scope="module")
def browser(request):
    """Chromium without windows; a whole one, as people have it, for modules that are marked so."""
    whole = request.node.get_closest_marker("whole_browser")
    return request.getfixturevalue("whole_chromium" if whole else "headless_chromium")


class Watch:
    """Collects what a page must not do. `allow(pattern)` says what a test provokes on purpose.

    `violations`, of pages, pop-ups and workers, are allowed to none: a test that plants one empties the list.
    """

    def __init__(self, host):
        self.host = host
        self.allowed = []
        self.seen = []
        self.violations = []

    def allow(self, pattern):
        self.allowed.append(re.compile(pattern))

    def attach(self, context):
        context.on("console", self._console)
        context.on("weberror", lambda error: self.seen.append(f"page error: {error.error}"))
        context.on("request", self._request)
        context.on("page", lambda page: page.on("worker", self._worker))
        context.add_init_script(SAY_VIOLATIONS)

    def _worker(self, worker):
        with suppress(PlaywrightError):  # it may have done its work already
            worker.evaluate(SAY_VIOLATIONS)

    def _console(self, message):
        if message.text.startswith("policy violation: "):
            self.violations.append(message.text)
        elif message.type in {"error", "warning"}:
            self.seen.append(f"console {message.type}: {message.text}")

    def _request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme not in OWN_SCHEMES and parts.netloc != self.host:
            self.seen.append(f"request to another host: {request.url}")

    def unexpected(self):
        return [
            line for line in self.seen if not any(pattern.search(line) for pattern in self.allowed)
        ] + self.violations


@pytest.fixture
def watch(portal):
    watching = Watch(urlsplit(portal.url).netloc)
    yield watching
    assert watching.unexpected() == []


@pytest.fixture
def new_context(browser, portal, watch):
    """Makes watched contexts: `new_context(width=360, language="ko")`."""
    made = []

    def make(width=1280, height=800, language="ko", **options):
        context = browser.new_context(
            base_url=portal.url,
            viewport={"width": width, "height": height},
            locale={"ko": "ko-KR", "en": "en-GB"}[language],
            timezone_id="Asia/Seoul",
            **options,
        )
        context.set_default_timeout(15_000)
        watch.attach(context)
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()


@pytest.fixture
def context(new_context):
    return new_context()


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` gives what axe-core objects to, one line a finding; empty is clean."""
    source = AXE.read_text(encoding="utf-8")

    def run(page):
        if not page.evaluate("'axe' in window"):  # it stays as long as the document does
            page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        return [
            f"{one['id']}: {one['help']}: {', '.join(str(node['target']) for node in one['nodes'][:5])}"
            for one in found
        ]

    return run


@pytest.fixture(scope="session")
def overflow():
    """`overflow(page)` gives how many pixels the page is wider than its window."""
    return lambda page: page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.fixture(scope="session")
def sessions_of():
    """The sessions that tests began at each portal."""
    return defaultdict(dict)


@pytest.fixture
def sessions(portal, sessions_of):
    return sessions_of[portal.url]


@pytest.fixture
def sign_in(portal, new_context, sessions):
    """`sign_in(role, path)` gives a page of somebody of the support centre who is signed in, in its own context."""

    def signed_in(role="caseworker", path="/queue", **options):
        context = new_context(**options)
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=portal.url)
        page = context.new_page()
        enter(page, sessions, portal.account("support_centre", role), path)
        return page

    return signed_in


@pytest.fixture
def reporter(portal):
    """An urgent report to the support centre, and whoever sent it."""
    return Reporter(portal.url, CENTRE)
