/**
 * What a receipt code yields: one slow stretch, then keys and tokens by HKDF. Twin of `app/crypto/receipt.py`; both
 * replay `tests/vectors/receipt.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { normalise } from "../domain/receipt_code.js";
import { utf8 } from "../domain/wire.js";
import { context, hkdf, sha256 } from "./encoding.js";

export const ROUNDS = 600_000;

/**
 * Stretches a receipt code, however it was typed, to 32 bytes: PBKDF2-HMAC-SHA256, salted by the portal.
 * @param {string} code @param {Uint8Array} portalId @returns {Promise<Bytes>}
 */
export async function stretch(code, portalId) {
  const imported = await crypto.subtle.importKey("raw", utf8(normalise(code)), "PBKDF2", false, ["deriveBits"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt: context("receipt", portalId), iterations: ROUNDS };
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, imported, 256));
}

/** The 32 bytes with which the reporter's browser comes back. @param {Uint8Array} stretched */
export function token(stretched) {
  return hkdf(stretched, "lookup");
}

/** What the server stores in the place of a token. @param {Uint8Array} presented */
export function lookupOf(presented) {
  return sha256(presented);
}

/** The key of the thread with the organisation whose letter was first sealed to `originKid`.
 * @param {Uint8Array} stretched @param {Uint8Array} originKid */
export function replyKey(stretched, originKid) {
  return hkdf(stretched, "reply", originKid);
}

/** The key under which the custody ledger names that letter. @param {Uint8Array} stretched @param {Uint8Array} originKid */
export function logKey(stretched, originKid) {
  return hkdf(stretched, "log", originKid);
}

/** The reply key or log key of a referral onward, from the referrer's own.
 * @param {Uint8Array} key @param {Uint8Array} referralId @param {Uint8Array} kid */
export function onwardKey(key, referralId, kid) {
  return hkdf(key, "onward", referralId, kid);
}

/** The token of a kept draft; it says nothing about the report's. @param {Uint8Array} stretched */
export function draftToken(stretched) {
  return hkdf(stretched, "draft-lookup");
}
