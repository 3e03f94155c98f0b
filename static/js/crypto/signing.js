/**
 * Ed25519 (RFC 8032) with 32-byte seeds and raw public keys. Twin of `app/crypto/signing.py`; both replay
 * `tests/vectors/signing.json`. Engines have it natively (Chromium 137, Firefox 129, Safari 17); older ones load a library.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { b64uDecode } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { concat, exactly, own } from "./encoding.js";

/** What stands before a seed in PKCS #8 (RFC 8410 section 7). */
const PKCS8 = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/** @type {Promise<boolean>|undefined} */
let native;

/** Whether the engine has Ed25519: asked once. */
function hasNative() {
  native ??= crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]).then(
    () => true,
    () => false,
  );
  return native;
}

async function library() {
  const { ed25519 } = await import("../../vendor/ed25519.js");
  return ed25519;
}

/** @param {Bytes} seed @param {boolean} extractable */
function importSeed(seed, extractable) {
  return crypto.subtle.importKey("pkcs8", concat(PKCS8, seed), "Ed25519", extractable, ["sign"]);
}

/** The 32-byte public key of a 32-byte seed. @param {Uint8Array} signingSeed @returns {Promise<Bytes>} */
export async function signingKeyOf(signingSeed) {
  const seed = exactly(signingSeed, 32, "signing_seed");
  if (!(await hasNative())) return own((await library()).getPublicKey(seed));
  const exported = await crypto.subtle.exportKey("jwk", await importSeed(seed, true));
  return b64uDecode(exported.x, "signing_key", 32);
}

/**
 * @param {Uint8Array} signingSeed 32 bytes @param {Uint8Array} message
 * @returns {Promise<Bytes>} 64 bytes
 */
export async function sign(signingSeed, message) {
  const seed = exactly(signingSeed, 32, "signing_seed");
  if (!(await hasNative())) return own((await library()).sign(message, seed));
  return new Uint8Array(await crypto.subtle.sign("Ed25519", await importSeed(seed, false), own(message)));
}

/**
 * Passes when the signature is that key's over that message; throws FormatError("signature") otherwise.
 * @param {Uint8Array} signingKey @param {Uint8Array} message @param {Uint8Array} signature
 */
export async function checkSignature(signingKey, message, signature) {
  const key = exactly(signingKey, 32, "signature");
  const signed = exactly(signature, 64, "signature");
  let right;
  try {
    right = (await hasNative())
      ? await verifyNatively(key, message, signed)
      : (await library()).verify(signed, message, key, { zip215: false });
  } catch {
    right = false;
  }
  if (!right) throw new FormatError("signature");
}

/** @param {Bytes} key @param {Uint8Array} message @param {Bytes} signature */
async function verifyNatively(key, message, signature) {
  const imported = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", imported, signature, own(message));
}

/**
 * What a check finds: nothing where it passes, the fault where it does not.
 * @param {() => Promise<unknown>} check @param {string} fault @returns {Promise<string[]>}
 */
export async function unless(check, fault) {
  try {
    await check();
    return [];
  } catch (error) {
    if (error instanceof FormatError) return [fault];
    throw error;
  }
}
