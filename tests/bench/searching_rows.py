"""A caseworker's browser before a full queue: ten thousand summaries searched, and three hundred new letters opened."""

import time

from playwright.sync_api import sync_playwright

from tests.bench.method import ATTEMPTS, CORES, ROUNDS, pinned, ratios, row, spread, still
from tests.bench.rekeying_rows import WATCH, at_sign_in, passphrase_typed, tab, until_readable
from tests.bench.sealed_desk import LEAD, fill
from tests.bench.serving import import_anything
from tests.browser.conftest import CHROMIUM, FLAGS

SUMMARIES, LINKS, LETTERS = 10_000, 10, 300
# Seals so many summaries, each with as many addresses, sites and posters as links, in the page; that takes its time.
SEAL = """async ({ base, summaries, links }) => {
  const at = (name) => import(`${base}${name}`);
  const { randomBytes } = await at("crypto/encoding.js");
  const { sealSummary } = await at("crypto/summary.js");
  const { b64uEncode } = await at("domain/wire.js");
  const { summaryJson } = await at("pages/queue/summary_content.js");
  const [summaryKey, epochKid, portalId] = [randomBytes(32), randomBytes(16), randomBytes(16)];
  const tags = () => Array.from({ length: links }, () => b64uEncode(randomBytes(8)));
  const one = async () => {
    const [reportId, sealedHash] = [randomBytes(16), randomBytes(32)];
    const content = summaryJson({
      v: 1, canonicaliser: 1, role: "victim", age_group: "undisclosed", harm: ["distribution"], material: ["deepfake"],
      threat: [], ongoing: "undisclosed", danger: "undisclosed", spread: [], wishes: ["delete"], links,
      tags: { url: tags(), site: tags(), poster: tags() },
    });
    const place = { portalId, slug: "bench", reportId, epochKid, sealedHash, version: 1 };
    return {
      referral_id: b64uEncode(randomBytes(16)), report_id: b64uEncode(reportId), sealed_hash: b64uEncode(sealedHash),
      epoch_kid: b64uEncode(epochKid), version: 1,
      sealed: b64uEncode(await sealSummary({ summaryKey, content, ...place })),
    };
  };
  globalThis.handed = [];
  for (let made = 0; made < summaries; made += 500) {
    handed.push(...(await Promise.all(Array.from({ length: 500 }, one))));
  }
  globalThis.whose = { keys: { [b64uEncode(epochKid)]: summaryKey }, portalId, slug: "bench", words: {} };
}"""
# From the bytes as they came to the first answers, in the worker that the queue uses, in the groups in which they come:
# by words, by an address, and what referrals have in common.
SEARCH = """async ({ base }) => {
  const { queueWorker } = await import(`${base}pages/queue/queue_worker.js`);
  const worker = await queueWorker(globalThis.whose);
  const began = performance.now();
  for (let at = 0; at < handed.length; at += 500) await worker.call("take", handed.slice(at, at + 500));
  const asked = { words: "deepfake", flags: [], harm: ["distribution"], material: [], wishes: [] };
  const found = await worker.call("find", asked);
  await worker.call("find", { ...asked, words: "https://board.example/1" });
  for (const kind of ["url", "site", "poster"]) await worker.call("groups", kind);
  const took = performance.now() - began;
  worker.end();
  return { took, found: found.length };
}"""

# The least that it could be: as much opened, in the groups in which summaries are opened, and nothing read.
BARE = """async ({ summaries }) => {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = new Uint8Array(12);
  const content = new Uint8Array((handed[0].sealed.length * 3) / 4);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, content);
  const began = performance.now();
  for (let at = 0; at < summaries; at += 500) {
    await Promise.all(Array.from({ length: 500 }, () => crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, sealed)));
  }
  return performance.now() - began;
}"""


def _searched(page, url):
    """Rounds of seconds with ours and with the least, and the longest standstill of the page in each."""
    import_anything(page, "/queue")
    page.goto(f"{url}/queue")
    base = page.evaluate("() => new URL('../', document.querySelector('script[src*=\"/js/\"]').src).href")
    page.evaluate(SEAL, {"base": base, "summaries": SUMMARIES, "links": LINKS})
    page.evaluate(WATCH)
    rounds = []
    for _round in range(ATTEMPTS * ROUNDS):
        bare = page.evaluate(BARE, {"summaries": SUMMARIES})
        page.evaluate("() => { globalThis.longest = 0; }")
        answer = page.evaluate(SEARCH, {"base": base})
        assert answer["found"] == SUMMARIES
        rounds.append((answer["took"] / 1000, bare / 1000, page.evaluate("() => globalThis.longest")))
    return rounds


def _opened(page, url):
    page.goto(f"{url}/queue")
    page.locator("#first-opening-go").wait_for()
    page.evaluate(WATCH)
    began = time.perf_counter()
    page.locator("#first-opening-go").click()
    page.locator("#first-opening-said", has_text=f"{LETTERS}통을 모두").wait_for(state="attached")
    return time.perf_counter() - began, page.evaluate("() => globalThis.longest")


def rows(portal):
    """Chromium has both cores, as a caseworker's computer would have several."""
    fill(portal, LETTERS, summaries=False)
    with pinned(CORES), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        with tab(browser, portal) as page:
            at_sign_in(page)
            passphrase_typed(page, LEAD)
            until_readable(page, "#submit")
            opening, stood = _opened(page, portal.url)
            rounds = _searched(page, portal.url)
        browser.close()
    kept = still([bare for _took, bare, _longest in rounds])
    took, bare, longest = ([rounds[number][side] for number in kept] for side in range(3))
    tags, left_out = SUMMARIES * LINKS * 3, len(rounds) - len(kept)
    return [
        row(
            "searching", f"open, index and search {SUMMARIES:,} summaries with {tags:,} tags", took, "s",
            against=f"{SUMMARIES:,} bare AES-GCM {spread(bare).median:.2f} s", ratio=ratios(took, bare),
            goal=("value", "<=", 2), left_out=left_out,
        ),
        row(
            "searching", "the longest that the page stood still meanwhile", longest, "ms",
            goal=("value", "<=", 200), left_out=left_out,
        ),
        row(
            "searching", f"open {LETTERS} new letters, and make and keep their summaries", [opening], "s",
            goal=("value", "<=", 10),
        ),
        row(
            "searching", "the longest that the page stood still while they were opened", [stood], "ms",
            goal=("value", "<=", 200),
        ),
    ]  # fmt: skip
