/** A letter moves to a newer key with all that is beside it, whoever sealed it first; and nothing else of it changes. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes, sha256 } from "../../static/js/crypto/encoding.js";
import { sealLetter } from "../../static/js/crypto/envelope.js";
import { epochOf, firstRing, newEpoch, nextRing } from "../../static/js/crypto/keyring.js";
import { openRecord, openReseal, openSummary } from "../../static/js/crypto/opening.js";
import { fromSeed } from "../../static/js/crypto/recipient_key.js";
import { recordAnew, reseal } from "../../static/js/crypto/resealing.js";
import { sealSummary } from "../../static/js/crypto/summary.js";
import { sealRecord } from "../../static/js/crypto/work_record.js";
import { b64uDecode, b64uEncode, utf8 } from "../../static/js/domain/wire.js";

const portalId = randomBytes(16);
const slug = "centre";
const reportId = randomBytes(16);
const letter = utf8('{"as":"it was, 그대로"}', "letter");

async function rings() {
  const members = [{ kid: b64uEncode(randomBytes(16)), role: "lead" }];
  const recoveryKid = randomBytes(16);
  const first = await firstRing({ portalId, slug, recoveryKid, members, epoch: await newEpoch() });
  const second = await nextRing({ portalId, ring: first, epoch: await newEpoch(), retiredOn: "2026-11-22" });
  return nextRing({ portalId, ring: second, epoch: await newEpoch(), retiredOn: "2026-11-23" });
}

/** @param {any} ring @param {number} at */
async function under(ring, at) {
  const { kid, seed, summaryKey } = epochOf(ring, ring.epochs[at].kid);
  const { publicKey } = await fromSeed(/** @type {any} */ (seed));
  return { kid, seed: /** @type {any} */ (seed), summaryKey, publicKey };
}

/** @param {any} ring */
async function handedOut(ring) {
  const { kid, seed, summaryKey, publicKey } = await under(ring, 0);
  const sealed = await sealLetter({ publicKey, portalId, reportId, kid, sealedBy: "browser", letter });
  const sealedHash = await sha256(sealed);
  const bound = { portalId, slug, epochKid: kid };
  const summary = await sealSummary({
    summaryKey,
    ...bound,
    reportId,
    sealedHash,
    version: 4,
    content: utf8("s", "s"),
  });
  const recordId = randomBytes(16);
  const note = { epochSeed: seed, type: "note", ...bound, recordId, version: 2, content: utf8("n", "n") };
  return {
    referral_id: b64uEncode(randomBytes(16)),
    report_id: b64uEncode(reportId),
    kid: b64uEncode(kid),
    origin_kid: b64uEncode(kid),
    sealed_by: "browser",
    sealed: b64uEncode(sealed),
    sealed_hash: b64uEncode(sealedHash),
    summary: { epoch_kid: b64uEncode(kid), version: 4, sealed: b64uEncode(summary) },
    records: [
      {
        record_id: b64uEncode(recordId),
        type: "note",
        epoch_kid: b64uEncode(kid),
        version: 2,
        sealed: b64uEncode(await sealRecord(note)),
      },
    ],
  };
}

/** What the portal would hand out after it took `made` back. @param {any} before @param {any} made */
async function taken(before, made) {
  const sealed = made.sealed ?? before.sealed;
  const { summary, records } = before;
  return {
    ...before,
    kid: made.to_kid,
    sealed,
    sealed_hash: b64uEncode(await sha256(b64uDecode(sealed))),
    summary: made.summary && { epoch_kid: made.to_kid, version: summary.version + 1, sealed: made.summary },
    records: records.map((/** @type {any} */ one, /** @type {number} */ at) => ({
      ...one,
      epoch_kid: made.to_kid,
      version: one.version + 1,
      sealed: made.records[at].sealed,
    })),
  };
}

/** @param {any} ring @param {number} at @param {any} kept */
async function opened(ring, at, kept) {
  const { kid, seed, summaryKey } = await under(ring, at);
  const [summary, record] = [kept.summary, kept.records[0]];
  const sealedHash = b64uDecode(kept.sealed_hash);
  const bound = { portalId, slug, epochKid: kid };
  return {
    letter: await openReseal({
      seed,
      portalId,
      reportId,
      kid,
      originKid: b64uDecode(kept.origin_kid),
      sealed: b64uDecode(kept.sealed),
    }),
    summary: await openSummary({
      summaryKey,
      ...bound,
      reportId,
      sealedHash,
      version: summary.version,
      sealed: b64uDecode(summary.sealed),
    }),
    note: await openRecord({
      epochSeed: seed,
      type: "note",
      ...bound,
      recordId: b64uDecode(record.record_id),
      version: record.version,
      sealed: b64uDecode(record.sealed),
    }),
  };
}

test("a letter moves twice, with its summary and its notes", async () => {
  const ring = await rings();
  let kept = await handedOut(ring);
  const { length } = kept.sealed;
  for (const at of [1, 2]) {
    const whose = { ring, portalId, slug, toKid: ring.epochs[at]?.kid ?? "" };
    const made = await reseal(whose, kept);
    assert.equal(made.from_hash, kept.sealed_hash);
    kept = await taken(kept, made);
    assert.deepEqual(await opened(ring, at, kept), { letter, summary: utf8("s", "s"), note: utf8("n", "n") });
    assert.equal(kept.sealed.length, length);
    assert.equal(kept.origin_kid, ring.epochs[0]?.kid);
  }
});

test("what is under the newest key already is not sealed again; a note that is older is", async () => {
  const ring = await rings();
  const whose = { ring, portalId, slug, toKid: ring.epochs[2]?.kid ?? "" };
  const before = await handedOut(ring);
  const kept = await taken(before, await reseal(whose, before));
  const again = await reseal(whose, { ...kept, records: before.records });
  assert.equal(again.sealed, null);
  assert.equal(again.records.length, 1);
  assert.deepEqual((await reseal(whose, kept)).records, []);
});

test("a letter that opens under no key is left alone; a summary of other bytes is left out, a broken note stays", async () => {
  const ring = await rings();
  const whose = { ring, portalId, slug, toKid: ring.epochs[2]?.kid ?? "" };
  const handed = await handedOut(ring);
  await assert.rejects(reseal(whose, { ...handed, report_id: b64uEncode(randomBytes(16)) }));
  const broken = handed.records.map((one) => ({ ...one, version: 3 }));
  const stale = { ...handed.summary, version: 9 };
  const made = await reseal(whose, { ...handed, summary: stale, records: broken });
  assert.deepEqual([made.summary, made.summary_version, made.records], [null, 9, []]);
});

test("whoever has no seeds seals nothing", async () => {
  const ring = await rings();
  const bare = { ...ring, epochs: ring.epochs.map((epoch) => ({ ...epoch, seed: null, signing_seed: null })) };
  const toKid = ring.epochs[2]?.kid ?? "";
  await assert.rejects(reseal({ ring: bare, portalId, slug, toKid }, await handedOut(ring)));
});

test("a record without a letter moves to the newest key and says what it said; one that opens under no key stays", async () => {
  const ring = await rings();
  const whose = { ring, portalId, slug, toKid: ring.epochs[2]?.kid ?? "" };
  const { kid, seed } = await under(ring, 0);
  const recordId = randomBytes(16);
  const bound = { type: "request", portalId, slug, recordId };
  const content = utf8("r", "r");
  const sealed = await sealRecord({ epochSeed: seed, ...bound, epochKid: kid, version: 3, content });
  const stored = { record_id: b64uEncode(recordId), type: "request", epoch_kid: b64uEncode(kid), version: 3 };
  const made = await recordAnew(whose, { ...stored, sealed: b64uEncode(sealed) });
  const newest = await under(ring, 2);
  const place = { epochSeed: newest.seed, ...bound, epochKid: newest.kid, version: 4 };
  assert.deepEqual(await openRecord({ ...place, sealed: b64uDecode(made?.sealed ?? "") }), content);
  assert.equal(made?.version, 3);
  assert.equal(await recordAnew(whose, { ...stored, type: "room", sealed: b64uEncode(sealed) }), null);
});
