/**
 * Sealing one letter, with all that is written beside it, to a newer key of the same organisation. Nothing of it is
 * parsed: the plaintext goes over with its padding, and what a reporter's keys hang on, `origin_kid`, stays.
 *
 * @typedef {import("../domain/keyring_content.js").Keyring} Keyring
 * @typedef {{epoch_kid: string, version: number, sealed: string}} StoredSummary
 * @typedef {{record_id: string, type: string, epoch_kid: string, version: number, sealed: string}} StoredRecord
 * @typedef {{referral_id: string, report_id: string, kid: string, origin_kid: string, sealed_by: string,
 *   referrer?: string|null, sealed: string, sealed_hash: string, summary: StoredSummary|null, records: StoredRecord[]}} Handed as the portal hands it out
 * @typedef {{from_kid: string, from_hash: string, to_kid: string, sealed: string|null, summary_version: number,
 *   summary: string|null, records: {record_id: string, version: number, sealed: string}[]}} Resealed as it goes back
 * @typedef {{ring: Keyring, portalId: Uint8Array, slug: string, toKid: string}} Whose `toKid`: the epoch in force, as b64u
 */

import { b64uDecode, b64uEncode } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { sha256 } from "./encoding.js";
import { referralInfo, reportInfo, resealInfo, sealReseal } from "./envelope.js";
import { epochOf } from "./keyring.js";
import { openPadded } from "./opening.js";
import { fromSeed } from "./recipient_key.js";
import { openRecord, openSummary } from "./small_opening.js";
import { sealSummary } from "./summary.js";
import { sealRecord } from "./work_record.js";

/**
 * Makes a letter anew under the epoch in force. Throws FormatError where the letter opens under no key of the ring: it
 * then stays as it is. A summary that does not open is left out, and a record stays.
 * @param {Whose} whose @param {Handed} handed @returns {Promise<Resealed>}
 */
export async function reseal(whose, handed) {
  const moves = handed.kid !== whose.toKid;
  const sealed = moves ? await sealedAnew(whose, handed) : null;
  const sealedHash = sealed ? await sha256(sealed) : b64uDecode(handed.sealed_hash, "sealed_hash", 32);
  const stale = handed.records.filter((record) => record.epoch_kid !== whose.toKid);
  const records = await Promise.all(stale.map((record) => recordAnew(whose, record)));
  return {
    from_kid: handed.kid,
    from_hash: handed.sealed_hash,
    to_kid: whose.toKid,
    sealed: sealed && b64uEncode(sealed),
    summary_version: handed.summary?.version ?? 0,
    summary: await summaryAnew(whose, handed, sealedHash),
    records: records.filter((record) => record !== null),
  };
}

/** @param {Whose} whose @param {Handed} handed */
async function sealedAnew({ ring, portalId, toKid }, handed) {
  const { seed } = epochOf(ring, handed.kid);
  const newest = epochOf(ring, toKid);
  if (!seed || !newest.seed) throw new FormatError("seed");
  const place = {
    portalId,
    reportId: b64uDecode(handed.report_id, "report_id", 16),
    kid: b64uDecode(handed.kid, "kid", 16),
  };
  const originKid = b64uDecode(handed.origin_kid, "origin_kid", 16);
  const first = handed.kid === handed.origin_kid;
  const info = first ? firstInfo(place, handed) : resealInfo({ ...place, originKid });
  const plaintext = await openPadded(seed, info, b64uDecode(handed.sealed, "sealed"));
  const { publicKey } = await fromSeed(newest.seed);
  return sealReseal({ publicKey, ...place, kid: newest.kid, originKid, plaintext });
}

/**
 * What a letter was first bound to; the signature in one that was passed on stays over this.
 * @param {{portalId: Uint8Array, reportId: Uint8Array, kid: Uint8Array}} place @param {Handed} handed
 */
function firstInfo(place, { referrer, referral_id, sealed_by }) {
  if (!referrer) return reportInfo({ ...place, sealedBy: sealed_by });
  return referralInfo({ ...place, referralId: b64uDecode(referral_id, "referral_id", 16), referrer });
}

/** @param {Whose} whose @param {Handed} handed @param {Uint8Array} sealedHash of the letter as it will be */
async function summaryAnew({ ring, portalId, slug, toKid }, handed, sealedHash) {
  if (!handed.summary) return null;
  const { epoch_kid, version, sealed } = handed.summary;
  const place = { portalId, slug, reportId: b64uDecode(handed.report_id, "report_id", 16) };
  try {
    const before = epochOf(ring, epoch_kid);
    const content = await openSummary({
      summaryKey: before.summaryKey,
      ...place,
      epochKid: before.kid,
      sealedHash: b64uDecode(handed.sealed_hash, "sealed_hash", 32),
      version,
      sealed: b64uDecode(sealed, "sealed"),
    });
    const { summaryKey, kid } = epochOf(ring, toKid);
    const anew = { summaryKey, ...place, epochKid: kid, sealedHash, version: version + 1, content };
    return b64uEncode(await sealSummary(anew));
  } catch {
    return null;
  }
}

/**
 * Makes a record anew under the epoch in force, over the version that it has; null where it opens under no key.
 * @param {Whose} whose @param {StoredRecord} stored
 */
export async function recordAnew({ ring, portalId, slug, toKid }, stored) {
  const place = { type: stored.type, portalId, slug, recordId: b64uDecode(stored.record_id, "record_id", 16) };
  try {
    const [before, newest] = [epochOf(ring, stored.epoch_kid), epochOf(ring, toKid)];
    if (!before.seed || !newest.seed) throw new FormatError("seed");
    const content = await openRecord({
      epochSeed: before.seed,
      ...place,
      epochKid: before.kid,
      version: stored.version,
      sealed: b64uDecode(stored.sealed, "sealed"),
    });
    const version = stored.version + 1;
    const anew = await sealRecord({ epochSeed: newest.seed, ...place, epochKid: newest.kid, version, content });
    return { record_id: stored.record_id, version: stored.version, sealed: b64uEncode(anew) };
  } catch {
    return null;
  }
}
