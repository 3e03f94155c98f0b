// Summaries opened in bulk: found by words, flags and addresses; kept as ciphertext alone; one that is broken holds up none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { sealSummary } from "../../static/js/crypto/summary.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { packed, unpacked } from "../../static/js/pages/queue/packing.js";
import { summaryJson, summaryOf } from "../../static/js/pages/queue/summary_content.js";
import { SummaryIndex } from "../../static/js/pages/queue/summary_index.js";

const [summaryKey, kid, portalId] = [randomBytes(32), randomBytes(16), randomBytes(16)];
const WORDS = {
  reporter_roles: { victim: "피해 당사자" },
  materials: { deepfake: "딥페이크" },
  harms: { distribution: "유포", threat: "유포협박" },
};
const whose = { keys: { [b64uEncode(kid)]: summaryKey }, portalId, slug: "centre", words: WORDS };
const LETTER = {
  reporter: { role: "victim", age_group: "undisclosed" },
  harm: ["distribution"],
  material: ["deepfake"],
  threat: { kinds: [], ongoing: "undisclosed" },
  help: { danger: "undisclosed" },
  wishes: ["delete"],
};
const NOTHING = { words: "", flags: [], harm: [], material: [], wishes: [] };

/** @param {object} [changes] @param {string[]} [urls] @param {number} [version] */
async function sealedOf(changes = {}, urls = [], version = 1) {
  const [reportId, sealedHash] = [randomBytes(16), randomBytes(32)];
  const items = urls.map((url) => ({ url, poster: "", spread: "undisclosed" }));
  const content = summaryJson(await summaryOf({ ...LETTER, ...changes }, items));
  const place = { portalId, slug: "centre", reportId, epochKid: kid, sealedHash, version };
  return {
    referral_id: b64uEncode(randomBytes(16)),
    report_id: b64uEncode(reportId),
    sealed_hash: b64uEncode(sealedHash),
    epoch_kid: b64uEncode(kid),
    version,
    sealed: b64uEncode(await sealSummary({ summaryKey, content, ...place })),
  };
}

/** @param {{referral_id: string, version: number}} one */
const rowOf = (one) => ({ referral_id: one.referral_id, summary_version: one.version });

test("found by what they say, by flags, and by an address, a site or an account", async () => {
  const first = await sealedOf({}, ["https://video.example/watch?v=1"]);
  const second = await sealedOf({ help: { danger: "yes" }, material: [] }, ["https://video.example/watch?v=2"]);
  const index = new SummaryIndex(whose);
  assert.equal(await index.take([first, second]), 2);
  const found = async (/** @type {object} */ asked) => (await index.find({ ...NOTHING, ...asked })).toSorted();
  const both = [first.referral_id, second.referral_id].toSorted();
  assert.deepEqual(await found({}), both);
  assert.deepEqual(await found({ words: "딥페이크 유포" }), [first.referral_id]);
  assert.deepEqual(await found({ words: "없는말" }), []);
  assert.deepEqual(await found({ flags: ["danger"] }), [second.referral_id]);
  assert.deepEqual(await found({ flags: ["danger"], material: ["deepfake"] }), []);
  assert.deepEqual(await found({ words: "hxxps[:]//video[.]example/watch?v=2" }), [second.referral_id]);
  assert.deepEqual(await found({ words: "video.example" }), both);
  assert.deepEqual(await found({ words: "https://video.example/watch?v=3" }), []);
  assert.deepEqual(index.flagCounts(), { danger: 1 });
  assert.deepEqual(index.weights([...both, "unknown"]), {
    [first.referral_id]: 0,
    [second.referral_id]: 16,
    unknown: 0,
  });
  assert.equal(index.contents([first.referral_id, "unknown"])[first.referral_id]?.links, 1);
});

test("kept as bytes that open again, and only what is new or changed is wanted", async () => {
  const [first, second] = [await sealedOf(), await sealedOf()];
  const index = new SummaryIndex(whose);
  const rows = [rowOf(first), rowOf(second), { referral_id: b64uEncode(randomBytes(16)), summary_version: 0 }];
  assert.deepEqual((await index.know(rows)).wanted, [first.referral_id, second.referral_id]);
  await index.take([first, second]);
  const text = index.toKeep();
  assert.doesNotMatch(text, /[\ud800-\udfff]/u);
  const next = new SummaryIndex(whose);
  next.takeKept(text);
  assert.deepEqual(await next.know(rows), { wanted: [], opened: 2 });
  assert.deepEqual((await next.know([{ ...rowOf(first), summary_version: 2 }])).wanted, [first.referral_id]);
  next.only([second.referral_id]);
  assert.deepEqual(await next.find(NOTHING), [second.referral_id]);
});

test("one that does not open, or was kept by somebody with other keys, holds up none of the others", async () => {
  const [good, broken, foreign] = [await sealedOf(), await sealedOf(), await sealedOf()];
  broken.report_id = b64uEncode(randomBytes(16));
  foreign.epoch_kid = b64uEncode(randomBytes(16));
  const index = new SummaryIndex(whose);
  assert.equal(await index.take([broken, good, foreign]), 1);
  assert.deepEqual(await index.find(NOTHING), [good.referral_id]);
  const strange = new SummaryIndex(whose);
  strange.takeKept("anything that somebody else wrote there");
  assert.equal((await strange.know([rowOf(good)])).wanted.length, 1);
});

test("a summary that was made anew is found by what it says now", async () => {
  const before = await sealedOf({}, ["https://old.example/1"]);
  const after = { ...(await sealedOf({}, ["https://new.example/1"], 2)), referral_id: before.referral_id };
  const index = new SummaryIndex(whose);
  await index.take([before]);
  await index.take([after]);
  assert.deepEqual(await index.find({ ...NOTHING, words: "https://old.example/1" }), []);
  assert.deepEqual(await index.find({ ...NOTHING, words: "https://new.example/1" }), [before.referral_id]);
});

test("every length of bytes comes back as it was", () => {
  for (let length = 0; length < 64; length += 1) {
    const bytes = randomBytes(length);
    assert.deepEqual(unpacked(packed(bytes)), bytes);
  }
});
