/**
 * Messages between a reporter and one organisation, under their reply key. Twin of `app/crypto/message.py`; both replay
 * `tests/vectors/message.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{portalId: Uint8Array, reportId: Uint8Array, originKid: Uint8Array, direction: string,
 *   messageId: Uint8Array}} MessagePlace what a message is bound to
 */

import { DIRECTIONS } from "../domain/vocabulary.js";
import { FormatError } from "../errors.js";
import { context, hkdf } from "./encoding.js";
import { MESSAGE_BUCKETS, pad } from "./padding.js";
import { sealSmall } from "./small.js";

/** The key of one direction, so that a message cannot be thrown back at its sender.
 * @param {Uint8Array} replyKey @param {string} direction */
export async function messageKey(replyKey, direction) {
  if (!DIRECTIONS.includes(direction)) throw new FormatError("direction");
  return hkdf(replyKey, "message", direction);
}

/** Binds a message to its portal, report, thread, direction and id. @param {MessagePlace} place */
export function messageAad({ portalId, reportId, originKid, direction, messageId }) {
  return context("message", portalId, reportId, originKid, direction, messageId);
}

/**
 * Seals one message; `content` is what `messageContentJson` gives.
 * @param {MessagePlace & {replyKey: Uint8Array, content: Uint8Array, nonce?: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealMessage({ replyKey, content, nonce, ...place }) {
  const key = await messageKey(replyKey, place.direction);
  return sealSmall({ key, aad: messageAad(place), padded: pad(content, MESSAGE_BUCKETS), nonce });
}
