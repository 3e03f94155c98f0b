/**
 * Sealed summaries of opened letters, and the tags that matching uses inside them. Twin of `app/crypto/summary.py`; both
 * replay `tests/vectors/summary.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{portalId: Uint8Array, slug: string, reportId: Uint8Array, epochKid: Uint8Array, sealedHash: Uint8Array,
 *   version: number}} SummaryPlace what a summary is bound to; sealedHash is SHA-256 of the letter's envelope
 */

import { FormatError } from "../errors.js";
import { context, hkdf, le64, sha256 } from "./encoding.js";
import { pad, SUMMARY_BUCKETS } from "./padding.js";
import { sealSmall } from "./small.js";

export const MATCH_KINDS = Object.freeze(["url", "site", "poster"]);

/** The key that seals summaries, from the epoch's summary key (which viewers hold too). @param {Uint8Array} summaryKey */
export function summaryCipherKey(summaryKey) {
  return hkdf(summaryKey, "summary");
}

/** Binds a summary to the very letter and to its own version. @param {SummaryPlace} place */
export function summaryAad({ portalId, slug, reportId, epochKid, sealedHash, version }) {
  return context("summary", portalId, slug, reportId, epochKid, sealedHash, le64(version));
}

/**
 * Seals a summary, padded to a multiple of 512 bytes.
 * @param {SummaryPlace & {summaryKey: Uint8Array, content: Uint8Array, nonce?: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealSummary({ summaryKey, content, nonce, ...place }) {
  const key = await summaryCipherKey(summaryKey);
  return sealSmall({ key, aad: summaryAad(place), padded: pad(content, SUMMARY_BUCKETS), nonce });
}

/**
 * The 8 bytes that are equal where two items are on the same address, site or poster. They live only inside sealed
 * summaries: the server sees no equality.
 * @param {{canonicaliserVersion: number, kind: string, canonical: string}} parts @returns {Promise<Bytes>}
 */
export async function matchTag({ canonicaliserVersion, kind, canonical }) {
  if (!MATCH_KINDS.includes(kind)) throw new FormatError("kind");
  return (await sha256(context("match", le64(canonicaliserVersion), kind, canonical))).slice(0, 8);
}
