/**
 * What a reporter's browser sends when it comes back with a token. The other half of `app/domain/coming_back.py`, which
 * parses it.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{referralId: Uint8Array, messageId: Uint8Array, sealed: Uint8Array}} SealedMessage
 */

import { FormatError } from "../errors.js";
import { LETTER_BUCKETS, MESSAGE_BUCKETS, SMALL_OVERHEAD } from "./sealed_length.js";
import { checkEnvelope, checkSealedOwn, envelopeFields, evened } from "./submission.js";
import { STRANGER_SEALED_BY, WITHDRAWAL_TIMES } from "./vocabulary.js";
import { b64uEncode, canonicalJson } from "./wire.js";

/** @param {Uint8Array} bytes @param {number} length @param {string} field */
function exactB64u(bytes, length, field) {
  if (bytes.length !== length) throw new FormatError(field);
  return b64uEncode(bytes);
}

/** @param {SealedMessage} message */
function messageFields({ referralId, messageId, sealed }) {
  if (!MESSAGE_BUCKETS.includes(sealed.length - SMALL_OVERHEAD)) throw new FormatError("sealed");
  return {
    referral_id: exactB64u(referralId, 16, "referral_id"),
    message_id: exactB64u(messageId, 16, "message_id"),
    sealed: b64uEncode(sealed),
  };
}

/** The body of `POST /follow-up`, `/draft/open` and `/draft/destroy`. @param {Uint8Array} token @returns {Bytes} */
export function followUpJson(token) {
  return canonicalJson({ token: exactB64u(token, 32, "token") });
}

/**
 * The body of `POST /draft`.
 * @param {{draftId: Uint8Array, token: Uint8Array, sealed: Uint8Array}} parts @returns {Bytes}
 */
export function draftJson({ draftId, token, sealed }) {
  if (!LETTER_BUCKETS.includes(sealed.length - SMALL_OVERHEAD)) throw new FormatError("sealed");
  return canonicalJson({
    draft_id: exactB64u(draftId, 16, "draft_id"),
    token: exactB64u(token, 32, "token"),
    sealed: b64uEncode(sealed),
  });
}

/** The body of `POST /follow-up/message`. @param {SealedMessage & {token: Uint8Array}} parts @returns {Bytes} */
export function followUpMessageJson({ token, ...message }) {
  return canonicalJson({ token: exactB64u(token, 32, "token"), ...messageFields(message) });
}

/**
 * The body of `POST /follow-up/withdrawal`: one message a referral.
 * @param {{token: Uint8Array, when: string, messages: SealedMessage[]}} parts @returns {Bytes}
 */
export function withdrawalJson({ token, when, messages }) {
  if (!WITHDRAWAL_TIMES.includes(when)) throw new FormatError("when");
  const referrals = new Set(messages.map(({ referralId }) => b64uEncode(referralId)));
  if (messages.length === 0 || referrals.size !== messages.length) throw new FormatError("messages");
  return canonicalJson({ token: exactB64u(token, 32, "token"), when, messages: messages.map(messageFields) });
}

/**
 * The body of `POST /follow-up/organisation`: one more letter, and the own record as it is with it.
 * @param {{token: Uint8Array, sealedBy: string, envelope: import("./submission.js").Envelope, own: Uint8Array | null}} parts
 * @returns {Bytes}
 */
export function additionJson({ token, sealedBy, envelope, own }) {
  if (!STRANGER_SEALED_BY.includes(sealedBy)) throw new FormatError("sealed_by");
  const body = canonicalJson({
    token: exactB64u(token, 32, "token"),
    sealed_by: sealedBy,
    envelope: checkEnvelope(envelopeFields(envelope), "envelope"),
    own: checkSealedOwn(own && b64uEncode(own), "own"),
  });
  return evened(body, [envelope.organisation]);
}
