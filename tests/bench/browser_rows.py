"""What a browser pays: the first visit of the report page, and the cryptography in Chromium."""

import hashlib
import re
import tempfile
from base64 import b64encode
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import sync_playwright

from tests.bench.method import ATTEMPTS, CORES, ROUNDS, pinned, ratios, row, spread, still, unmeasured
from tests.bench.serving import import_anything, portal_on
from tests.browser.conftest import CHROMIUM, FLAGS
from tests.deploy.front import NGINX, Front

KIB = 1024
# One round: each work once, and right after it the least that it could be.
TIMED = """async ({ base }) => {
  const names = ["crypto/report", "crypto/encoding", "crypto/envelope", "crypto/receipt", "crypto/summary",
    "crypto/small_opening", "domain/receipt_code", "domain/letter", "domain/wire"];
  const [report, encoding, envelope, receipt, summary, opening, code, letter, wire] =
    await Promise.all(names.map((name) => import(`${base}${name}.js`)));
  const timed = async (work) => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const directory = await (await fetch("/api/v1/directory")).json();
  const portalId = wire.b64uDecode(directory.portal_id);
  const reportId = encoding.randomBytes(16);
  const stretched = encoding.randomBytes(32);
  const whole = { ...letter.emptyLetter({ reportId, lang: "ko" }), account: { text: "가".repeat(800) } };
  const choices = directory.organisations.filter(({ kind }) => kind !== "monitor" && kind !== "commission").slice(0, 3)
    .map((organisation) => ({ organisation, consent: { purposes: [], pass_on: [] }, compartments: ["account"] }));
  const parts = { portalId, code: code.generate(), letter: whole, urgent: false, choices, keepOwn: true, stretched };
  const padded = new Uint8Array(4096);
  const out = {};
  out.seal = await timed(() => report.sealReport(parts));
  out.bareSeal = await timed(async () => {
    for (const { organisation } of choices) {
      await envelope.seal(wire.b64uDecode(organisation.public_key), new Uint8Array(64), padded);
    }
  });
  out.stretch = await timed(() => receipt.stretch(parts.code, portalId));
  out.bareStretch = await timed(async () => {
    const key = await crypto.subtle.importKey("raw", new Uint8Array(24), "PBKDF2", false, ["deriveBits"]);
    await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: portalId, iterations: 600_000 }, key, 256);
  });
  const place = { portalId, slug: "demo-centre", reportId, epochKid: encoding.randomBytes(16),
    sealedHash: encoding.randomBytes(32), version: 1 };
  const summaryKey = encoding.randomBytes(32);
  const content = wire.canonicalJson({ v: 1, text: "a".repeat(300) });
  const sealed = [];
  for (let each = 0; each < 1000; each += 1) sealed.push(await summary.sealSummary({ ...place, summaryKey, content }));
  out.summaries = await timed(async () => {
    for (const one of sealed) await opening.openSummary({ ...place, summaryKey, sealed: one });
  });
  const bareKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = new Uint8Array(12);
  const bare = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, bareKey, new Uint8Array(512));
  out.bareSummaries = await timed(async () => {
    for (let each = 0; each < 1000; each += 1) await crypto.subtle.decrypt({ name: "AES-GCM", iv }, bareKey, bare);
  });
  return out;
}"""


class Visit:
    """Everything that Chromium fetched: bytes on the wire with headers, and who asked for what."""

    def __init__(self, context, page):
        self.requests, self.addresses, self.bytes = {}, {}, 0
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": False})
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", self._finished)

    def _asked(self, event):
        initiator = event["initiator"]
        frames = initiator.get("stack", {}).get("callFrames", [])
        asked_by = initiator.get("url") or (frames[0]["url"] if frames else "")
        self.requests[event["requestId"]] = event["request"]["url"]
        self.addresses[event["request"]["url"]] = asked_by

    def _finished(self, event):
        self.bytes += event["encodedDataLength"]

    def wait_until_quiet(self, page):
        """Until nothing came for a second: what is fetched while somebody types comes in several goes."""
        before = -1
        while before != self.bytes:
            before = self.bytes
            page.wait_for_timeout(1000)

    def depth(self, address):
        asked_by = self.addresses.get(address, "")
        return 1 + (self.depth(asked_by) if asked_by in self.addresses and asked_by != address else 0)

    def deepest(self):
        return max(self.depth(address) for address in self.addresses)


def visited(browser, url):
    """KiB of the first visit, KiB with all that sealing takes, and requests and levels before one can type."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="ko-KR")
    page = context.new_page()
    visit = Visit(context, page)
    page.goto(f"{url}/report")
    page.locator("#begin:enabled").wait_for()
    requests, deepest = len(visit.requests), visit.deepest()
    page.wait_for_load_state("networkidle")
    size = visit.bytes / KIB
    page.locator("#begin").click()
    page.locator("#danger-no").check()
    visit.wait_until_quiet(page)
    whole = visit.bytes / KIB
    context.close()
    return size, whole, requests, deepest


def visit_rows(browser, portal):
    size, whole, requests, deepest = visited(browser, portal.url)
    found = [
        ("first visit of /report, on the wire", size, "KiB", 60),
        ("/report with all that sealing takes, loaded while typing", whole, "KiB", 60),
        ("first visit of /report, requests before one can type", requests, "requests", 14),
        ("first visit of /report, depth of the waterfall", deepest, "levels", 2),
    ]
    return [row("visit", name, [value], unit, goal=("value", "<=", most)) for name, value, unit, most in found]


def deployed_rows(playwright):
    """The same bytes as a visitor of a deployed portal gets them: through the nginx of `deploy/`, TLS and HTTP/2."""
    names = ["first visit of /report, over HTTP/2", "/report with all that sealing takes, over HTTP/2"]
    goal = ("value", "<=", 60)
    if not Path(NGINX).is_file():
        return [unmeasured("visit", name, "KiB", goal) for name in names]
    with (
        tempfile.TemporaryDirectory(prefix="onestop-bench-front-") as directory,
        portal_on(trusted_proxies="1") as portal,
        Front(Path(directory), portal) as front,
    ):
        # Trusted by its key: what comes with an error of its certificate is kept in no cache.
        certificate = x509.load_pem_x509_certificate(front.certificate.read_bytes())
        key = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        trusted = b64encode(hashlib.sha256(key).digest()).decode()
        flags = [*FLAGS, f"--ignore-certificate-errors-spki-list={trusted}"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        size, whole, _requests, _deepest = visited(browser, front.url)
        browser.close()
    return [row("visit", name, [value], "KiB", goal=goal) for name, value in zip(names, (size, whole), strict=True)]


def crypto_rows(browser, portal):
    context = browser.new_context()
    page = context.new_page()
    page.set_default_timeout(120_000)
    import_anything(page, "/report")
    page.goto(f"{portal.url}/report")
    release = re.search(r"/static/([0-9a-f]+)/", page.content())[1]
    # The first round compiles.
    rounds = [page.evaluate(TIMED, {"base": f"/static/{release}/js/"}) for _round in range(ATTEMPTS * ROUNDS + 1)][1:]
    context.close()

    def against(name, ours, bare, words, goal):
        kept = still([taken[bare] for taken in rounds])
        mine, other = ([rounds[number][side] for number in kept] for side in (ours, bare))
        return row(
            "browser", name, mine, "ms", against=f"{words} {spread(other).median:.1f} ms", ratio=ratios(mine, other),
            goal=("ratio", "<=", goal), left_out=len(rounds) - len(kept),
        )  # fmt: skip

    return [
        against("seal a report to three organisations", "seal", "bareSeal", "three bare HPKE seals", 6),
        against("stretch a receipt code", "stretch", "bareStretch", "bare PBKDF2", 1.25),
        against("open 1,000 summaries", "summaries", "bareSummaries", "1,000 bare AES-GCM", 20),
    ]


def rows(portal):
    """Chromium has both cores, as on a telephone it would have several."""
    with pinned(CORES), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        found = [*visit_rows(browser, portal), *deployed_rows(playwright), *crypto_rows(browser, portal)]
        browser.close()
    return found
