/**
 * Opening what is sealed under a shared key: messages, own records, drafts, summaries, work records, the tab's keyring.
 * The part of `app/crypto/opening.py` that needs no HPKE; `opening.js` exports it too. Whatever is wrong, a key, a
 * context or a single bit, throws FormatError("sealed"): which one it was is not known.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { SMALL_OVERHEAD } from "../domain/sealed_length.js";
import { FormatError } from "../errors.js";
import { exactly, own } from "./encoding.js";
import { messageAad, messageKey } from "./message.js";
import { ownAad, ownKey } from "./own.js";
import { LETTER_BUCKETS, MESSAGE_BUCKETS, RECORD_BUCKETS, SUMMARY_BUCKETS, unpad } from "./padding.js";
import { NONCE_LENGTH } from "./small.js";
import { summaryAad, summaryCipherKey } from "./summary.js";
import { recordAad, recordKey } from "./work_record.js";

/**
 * Opens `nonce ‖ AES-256-GCM`.
 * @param {{key: Uint8Array, aad: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openSmall({ key, aad, sealed }) {
  if (sealed.length < SMALL_OVERHEAD) throw new FormatError("sealed");
  const imported = await crypto.subtle.importKey("raw", exactly(key, 32, "key"), "AES-GCM", false, ["decrypt"]);
  const algorithm = { name: "AES-GCM", iv: own(sealed.slice(0, NONCE_LENGTH)), additionalData: own(aad) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, imported, own(sealed.slice(NONCE_LENGTH))));
  } catch {
    throw new FormatError("sealed");
  }
}

/**
 * Opens a message of one direction: it came from the other holder of the reply key.
 * @param {import("./message.js").MessagePlace & {replyKey: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openMessage({ replyKey, sealed, ...place }) {
  const key = await messageKey(replyKey, place.direction);
  return unpad(await openSmall({ key, aad: messageAad(place), sealed }), MESSAGE_BUCKETS);
}

/**
 * Opens the own record of a report.
 * @param {{stretched: Uint8Array, portalId: Uint8Array, reportId: Uint8Array, sealed: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function openOwn({ stretched, portalId, reportId, sealed }) {
  const key = await ownKey(stretched, "own");
  return unpad(await openSmall({ key, aad: ownAad("own", portalId, reportId), sealed }), LETTER_BUCKETS);
}

/**
 * Opens a kept draft.
 * @param {{stretched: Uint8Array, portalId: Uint8Array, draftId: Uint8Array, sealed: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function openDraft({ stretched, portalId, draftId, sealed }) {
  const key = await ownKey(stretched, "draft");
  return unpad(await openSmall({ key, aad: ownAad("draft", portalId, draftId), sealed }), LETTER_BUCKETS);
}

/**
 * Opens the summary of one letter.
 * @param {import("./summary.js").SummaryPlace & {summaryKey: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openSummary({ summaryKey, sealed, ...place }) {
  const key = await summaryCipherKey(summaryKey);
  return unpad(await openSmall({ key, aad: summaryAad(place), sealed }), SUMMARY_BUCKETS);
}

/**
 * Opens one work record.
 * @param {import("./work_record.js").RecordPlace & {epochSeed: Uint8Array, sealed: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function openRecord({ epochSeed, sealed, ...place }) {
  const key = await recordKey(epochSeed, place.type);
  return unpad(await openSmall({ key, aad: recordAad(place), sealed }), RECORD_BUCKETS);
}
