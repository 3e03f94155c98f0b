/**
 * Sealed work records: notes, requests, room evidence, effort, directory links, lists. Twin of
 * `app/crypto/work_record.py`; both replay `tests/vectors/work_record.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{type: string, portalId: Uint8Array, slug: string, epochKid: Uint8Array, recordId: Uint8Array,
 *   version: number}} RecordPlace what a record is bound to
 */

import { RECORD_TYPES } from "../domain/vocabulary.js";
import { FormatError } from "../errors.js";
import { context, hkdf, le64 } from "./encoding.js";
import { pad, RECORD_BUCKETS } from "./padding.js";
import { sealSmall } from "./small.js";

/** The key of one type of record, from the epoch's seed: a viewer, who has none, reads no records.
 * @param {Uint8Array} epochSeed @param {string} type */
export async function recordKey(epochSeed, type) {
  if (!RECORD_TYPES.includes(type)) throw new FormatError("type");
  return hkdf(epochSeed, "record", type);
}

/** Binds a record to its type, organisation, epoch, id and version. @param {RecordPlace} place */
export function recordAad({ type, portalId, slug, epochKid, recordId, version }) {
  return context("record", type, portalId, slug, epochKid, recordId, le64(version));
}

/**
 * Seals one work record, padded to 512, 4096, 16384 or 65536 bytes.
 * @param {RecordPlace & {epochSeed: Uint8Array, content: Uint8Array, nonce?: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealRecord({ epochSeed, content, nonce, ...place }) {
  const key = await recordKey(epochSeed, place.type);
  return sealSmall({ key, aad: recordAad(place), padded: pad(content, RECORD_BUCKETS), nonce });
}
