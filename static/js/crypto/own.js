/**
 * What the receipt code alone gives back to the reporter: the own record and a kept draft. Twin of `app/crypto/own.py`;
 * both replay `tests/vectors/own.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { FormatError } from "../errors.js";
import { context, hkdf } from "./encoding.js";
import { LETTER_BUCKETS, pad } from "./padding.js";
import { sealSmall } from "./small.js";

/** @param {Uint8Array} stretched @param {string} label own or draft */
export async function ownKey(stretched, label) {
  if (label !== "own" && label !== "draft") throw new FormatError("label");
  return hkdf(stretched, label);
}

/** Binds an own record to its report, a draft to its draft id.
 * @param {string} label @param {Uint8Array} portalId @param {Uint8Array} recordId */
export function ownAad(label, portalId, recordId) {
  return context(label, portalId, recordId);
}

/**
 * Seals the own record of a report; `content` is what `ownJson` gives.
 * @param {{stretched: Uint8Array, portalId: Uint8Array, reportId: Uint8Array, content: Uint8Array, nonce?: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function sealOwn({ stretched, portalId, reportId, content, nonce }) {
  const aad = ownAad("own", portalId, reportId);
  return sealSmall({ key: await ownKey(stretched, "own"), aad, padded: pad(content, LETTER_BUCKETS), nonce });
}

/**
 * Seals a draft that is kept for 72 hours.
 * @param {{stretched: Uint8Array, portalId: Uint8Array, draftId: Uint8Array, content: Uint8Array, nonce?: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function sealDraft({ stretched, portalId, draftId, content, nonce }) {
  const aad = ownAad("draft", portalId, draftId);
  return sealSmall({ key: await ownKey(stretched, "draft"), aad, padded: pad(content, LETTER_BUCKETS), nonce });
}
