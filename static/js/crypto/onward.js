/**
 * The answer to a letter that was passed on, for whoever passed it on. Twin of `app/crypto/onward.py`; both replay
 * `tests/vectors/onward.json`. It lies under the key of the new thread, which the referrer can derive and the receiver
 * finds in the letter: so it opens whatever keys either changes meanwhile.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{portalId: Uint8Array, reportId: Uint8Array, originKid: Uint8Array, referralId: Uint8Array,
 *   receiver: string}} AnswerPlace what an answer is bound to
 */

import { concat, context, hkdf, pae } from "./encoding.js";
import { MESSAGE_BUCKETS, pad } from "./padding.js";
import { sign } from "./signing.js";
import { sealSmall } from "./small.js";

/** The key of the answer, from the reply key of the letter that was passed on. @param {Uint8Array} replyKey */
export function answerKey(replyKey) {
  return hkdf(replyKey, "answer");
}

/** Binds an answer to its portal, report, letter, referral and to the receiver's slug. @param {AnswerPlace} place */
export function answerAad({ portalId, reportId, originKid, referralId, receiver }) {
  return context("answer", portalId, reportId, originKid, referralId, receiver);
}

/**
 * Seals an answer, signed by the receiver (Ed25519 seed) inside.
 * @param {AnswerPlace & {replyKey: Uint8Array, signingSeed: Uint8Array, answer: Uint8Array, nonce?: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function sealAnswer({ replyKey, signingSeed, answer, nonce, ...place }) {
  const aad = answerAad(place);
  const signed = concat(await sign(signingSeed, pae(aad, answer)), answer);
  return sealSmall({ key: await answerKey(replyKey), aad, padded: pad(signed, MESSAGE_BUCKETS), nonce });
}
