// All that is open, loaded page by page: only summaries that are new are fetched, and what was opened goes with the keys.

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { sealSummary } from "../../static/js/crypto/summary.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { Listing } from "../../static/js/pages/queue/listing.js";
import { summaryJson, summaryOf } from "../../static/js/pages/queue/summary_content.js";
import { SUMMARIES } from "../../static/js/pages/session/stored_tab.js";

const [summaryKey, kid, portalId] = [randomBytes(32), randomBytes(16), randomBytes(16)];
const LETTER = {
  reporter: { role: "victim", age_group: "undisclosed" },
  harm: ["distribution"],
  material: ["deepfake"],
  threat: { kinds: [], ongoing: "undisclosed" },
  help: { danger: "undisclosed" },
  wishes: ["delete"],
};
const ASKED = { words: "", flags: [], harm: ["distribution"], material: [], wishes: [] };

async function handed() {
  const [referralId, reportId, sealedHash] = [randomBytes(16), randomBytes(16), randomBytes(32)];
  const content = summaryJson(await summaryOf(LETTER, []));
  const place = { portalId, slug: "centre", reportId, epochKid: kid, sealedHash, version: 1 };
  return {
    referral_id: b64uEncode(referralId),
    report_id: b64uEncode(reportId),
    sealed_hash: b64uEncode(sealedHash),
    epoch_kid: b64uEncode(kid),
    version: 1,
    sealed: b64uEncode(await sealSummary({ summaryKey, content, ...place })),
  };
}

/** A portal that hands out rows two at a time, and summaries that are asked for. @param {any[]} summaries */
function portal(summaries) {
  /** @type {string[]} */
  const asked = [];
  /** @type {any} */
  const session = {
    root: "",
    portalId,
    caseworker: { slug: "centre" },
    ring: {
      epochs: [
        {
          kid: b64uEncode(kid),
          seed: null,
          summary_key: b64uEncode(summaryKey),
          signing_key: b64uEncode(randomBytes(32)),
          signing_seed: null,
          retired_on: null,
        },
      ],
    },
    whenWiped: [],
    async post(/** @type {string} */ _path, /** @type {{referrals: string[]}} */ { referrals }) {
      asked.push(...referrals);
      return { summaries: summaries.filter((one) => referrals.includes(one.referral_id)) };
    },
  };
  const rows = summaries.map((one) => ({ referral_id: one.referral_id, summary_version: one.version }));
  const page = (/** @type {number} */ from) => ({
    rows: rows.slice(from, from + 2),
    next: from + 2 < rows.length ? `${from + 2}` : "",
  });
  const answer = (/** @type {string} */ address) =>
    page(Number(new URLSearchParams(address.split("?")[1]).get("after")));
  /** @type {any} */ (globalThis).fetch = async (/** @type {string} */ address) =>
    new Response(JSON.stringify(answer(address)));
  return { session, asked };
}

/** @type {Map<string, string>} */
const tab = new Map();
/** @type {any} */ (globalThis).sessionStorage = {
  getItem: (/** @type {string} */ key) => tab.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => tab.set(key, value),
  removeItem: (/** @type {string} */ key) => tab.delete(key),
};

test("page by page, and in the next document nothing that is known is fetched again", async () => {
  const summaries = await Promise.all(Array.from({ length: 5 }, handed));
  const first = portal(summaries);
  /** @type {number[]} */
  const seen = [];
  const listing = new Listing(first.session, {});
  await listing.load(({ rows }) => seen.push(rows));
  assert.deepEqual(
    [...listing.rows.keys()],
    summaries.map((one) => one.referral_id),
  );
  assert.deepEqual(listing.progress, { rows: 5, opened: 5, broken: 0, whole: true });
  assert.ok(seen.includes(2) && seen.includes(4));
  assert.equal((await listing.find(ASKED)).size, 5);
  const fresh = await handed();
  const second = portal([...summaries.slice(1), fresh]);
  const next = new Listing(second.session, {});
  await next.load(() => undefined);
  assert.deepEqual(second.asked, [fresh.referral_id]);
  assert.equal((await next.find(ASKED)).size, 5);
  assert.ok(!(await next.find(ASKED)).has(summaries[0]?.referral_id ?? ""));
});

test("what was opened goes with the keys, and comes back with them", async () => {
  const summaries = await Promise.all(Array.from({ length: 3 }, handed));
  const { session, asked } = portal(summaries);
  const listing = new Listing(session, {});
  await listing.load(() => undefined);
  tab.delete(SUMMARIES);
  for (const act of session.whenWiped) act();
  assert.equal(listing.worker, null);
  assert.equal((await listing.find(ASKED)).size, 3);
  assert.equal(asked.length, 6);
});

test("one summary that does not open is counted, and the others are found", async () => {
  const summaries = await Promise.all(Array.from({ length: 3 }, handed));
  const [broken] = summaries;
  if (broken) broken.report_id = b64uEncode(randomBytes(16));
  const listing = new Listing(portal(summaries).session, {});
  await listing.load(() => undefined);
  assert.deepEqual([listing.progress.opened, listing.progress.broken], [2, 1]);
  assert.equal((await listing.find(ASKED)).size, 2);
});
