/** Records of an organisation: opened and sealed in the browser, listed page by page, sent again unchanged. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { firstRing, newEpoch } from "../../static/js/crypto/keyring.js";
import { utf8, utf8Decode } from "../../static/js/domain/wire.js";
import { Records } from "../../static/js/pages/records.js";
import { Offline, Problem } from "../../static/js/pages/session/request.js";

const FORM = {
  json: (/** @type {{said: string}} */ { said }) => utf8(said, "said"),
  parse: (/** @type {Uint8Array} */ bytes) => ({ said: utf8Decode(bytes, "said") }),
};

async function desk() {
  const members = [{ kid: "AAAAAAAAAAAAAAAAAAAAAA", role: "lead" }];
  const portalId = randomBytes(16);
  const whose = { portalId, slug: "centre", recoveryKid: randomBytes(16), members };
  const ring = await firstRing({ ...whose, epoch: await newEpoch() });
  /** @type {any[]} */
  const kept = [];
  const session = {
    ring,
    portalId,
    caseworker: { slug: "centre", login: "min-ji" },
    /** @type {string[]} */ asked: [],
    failing: 0,
    async post(/** @type {string} */ path, /** @type {any} */ body) {
      if (path === "/record/removal") throw new Problem(404, { code: "not_found" });
      kept.push(body);
      if (this.failing-- > 0) throw new Offline();
    },
    async get(/** @type {string} */ path) {
      this.asked.push(path);
      const after = new URLSearchParams(path.split("?")[1]).get("after") ?? "";
      const at = Number(after || 0);
      const one = { ...kept[at], by: "min-ji", at: "2026-11-22T00:00:00Z" };
      return { records: [one], next: at + 1 < kept.length ? String(at + 1) : null };
    },
  };
  return { session, kept, records: new Records(/** @type {any} */ (session), { request: FORM }) };
}

test("what is saved is sealed, comes back page by page, and is opened here alone", async () => {
  const { session, kept, records } = await desk();
  for (const said of ["하나", "둘", "셋"]) await records.save({ type: "request", state: "drafted", content: { said } });
  assert.ok(!JSON.stringify(kept).includes("하나"));
  const listed = await records.list("request", { state: "drafted" });
  assert.deepEqual(
    listed.map(({ content, version, state, by }) => [content.said, version, state, by]),
    ["하나", "둘", "셋"].map((said) => [said, 1, "drafted", "min-ji"]),
  );
  assert.equal(session.asked.length, 3);
  assert.ok(session.asked.every((path) => path.startsWith("/record?type=request&state=drafted")));
});

test("a next version keeps its id; what does not open is there without content", async () => {
  const { kept, records } = await desk();
  const first = await records.save({ type: "request", state: "drafted", dueOn: "2026-12-01", content: { said: "가" } });
  const second = await records.save({ ...first, state: "sent", content: { said: "나" } });
  assert.deepEqual([second.recordId, second.version, second.state], [first.recordId, 2, "sent"]);
  assert.deepEqual([kept[0].record_id, kept[0].due_on, kept[1].version], [kept[1].record_id, "2026-12-01", 2]);
  assert.equal((await records.open({ ...kept[1], version: 3 })).content, null);
  assert.equal((await records.open({ ...kept[1], type: "room" })).content, null);
});

test("where no answer comes the same bytes go out again, and taking away what is gone is fine", async () => {
  const { session, kept, records } = await desk();
  session.failing = 1;
  await records.save({ type: "request", state: "drafted", content: { said: "가" } });
  assert.equal(kept.length, 2);
  assert.deepEqual(kept[0], kept[1]);
  await records.remove({ recordId: kept[0].record_id, version: 1 });
});
