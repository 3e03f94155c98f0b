/**
 * Small ciphertexts under a shared key: `nonce (12) ‖ AES-256-GCM`. Twin of `app/crypto/small.py`.
 * Seals only; what opens is in `small_opening.js`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { concat, exactly, own, randomBytes } from "./encoding.js";

export const NONCE_LENGTH = 12;

/**
 * Seals padded bytes. `nonce` is random; only vectors ever set it.
 * @param {{key: Uint8Array, aad: Uint8Array, padded: Uint8Array, nonce?: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealSmall({ key, aad, padded, nonce = randomBytes(NONCE_LENGTH) }) {
  const imported = await crypto.subtle.importKey("raw", exactly(key, 32, "key"), "AES-GCM", false, ["encrypt"]);
  const algorithm = { name: "AES-GCM", iv: exactly(nonce, NONCE_LENGTH, "nonce"), additionalData: own(aad) };
  return concat(nonce, new Uint8Array(await crypto.subtle.encrypt(algorithm, imported, own(padded))));
}
