/**
 * The names of public keys: 16 bytes for machines, thirty digits for people. The part of `app/crypto/recipient_key.py`
 * that needs no HPKE; `recipient_key.js` exports it too.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { utf8 } from "../domain/wire.js";
import { concat, sha256 } from "./encoding.js";

/** `SHA-256("onestop/v1 kid" ‖ public key)[:16]`. @param {Uint8Array} publicKey @returns {Promise<Bytes>} */
export async function kidOf(publicKey) {
  const digest = await sha256(concat(utf8("onestop/v1 kid"), publicKey));
  return digest.slice(0, 16);
}

/**
 * What people compare: thirty digits in six groups of five, from any public key (100 bits).
 * @param {Uint8Array} publicKey @returns {Promise<string>}
 */
export async function fingerprint(publicKey) {
  const digest = await sha256(concat(utf8("onestop/v1 fingerprint"), publicKey));
  let number = 0n;
  for (const byte of digest.slice(0, 16)) number = (number << 8n) | BigInt(byte);
  const digits = (number % 10n ** 30n).toString().padStart(30, "0");
  return digits.replace(/(.{5})(?=.)/g, "$1 ");
}
