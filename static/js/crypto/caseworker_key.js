/**
 * What a caseworker's passphrase yields, and how the seed of the caseworker's key is wrapped. Twin of
 * `app/crypto/caseworker_key.py`; both replay `tests/vectors/caseworker_key.json`.
 * The passphrase and the wrap key never leave the browser; the server gets the sign-in key and stores its hash.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{portalId: Uint8Array, slug: string, kid: Uint8Array}} WrapPlace what a wrapped seed is bound to
 */

import { argon2idAsync } from "../../vendor/argon2.js";
import { utf8 } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { context, exactly, hkdf, own, sha256 } from "./encoding.js";
import { sealSmall } from "./small.js";

/**
 * How slow Argon2id is: memory in KiB, passes, lanes. A number that is not here is refused: no weaker one can be asked.
 * @type {Map<number, Readonly<{memory: number, passes: number, lanes: number}>>}
 */
export const PARAMETER_SETS = new Map([[1, Object.freeze({ memory: 64 * 1024, passes: 3, lanes: 1 })]]);
/** The strongest: what a passphrase is stretched with from its next use on. @returns {number} */
export const newestSet = () => Math.max(...PARAMETER_SETS.keys());
/** How long, in milliseconds, the page may stand still at a time. */
const TICK = 30;

/**
 * Stretches a passphrase (in NFC) to 32 bytes with Argon2id: seconds of work, in slices, reported from 0 to 1.
 * @param {{passphrase: string, portalId: Uint8Array, login: string, parameterSet?: number,
 *   onProgress?: (done: number) => void}} parts
 * @returns {Promise<Bytes>}
 */
export async function root({ passphrase, portalId, login, parameterSet = 1, onProgress }) {
  const parameters = PARAMETER_SETS.get(parameterSet);
  if (!parameters) throw new FormatError("parameter_set");
  const salt = (await sha256(context("passphrase", portalId, login))).slice(0, 16);
  const derived = await argon2idAsync(utf8(passphrase.normalize("NFC"), "passphrase"), salt, {
    m: parameters.memory,
    t: parameters.passes,
    p: parameters.lanes,
    dkLen: 32,
    asyncTick: TICK,
    onProgress,
  });
  return own(derived);
}

/** The 32 bytes that the browser sends to sign in. @param {Uint8Array} rootKey */
export function signInKey(rootKey) {
  return hkdf(rootKey, "sign-in");
}

/** What the server stores of them. @param {Uint8Array} signIn */
export function signInHash(signIn) {
  return sha256(signIn);
}

/** The key that wraps the caseworker's seed. @param {Uint8Array} rootKey */
export function wrapKey(rootKey) {
  return hkdf(rootKey, "wrap");
}

/** The 32 bytes that a passkey's PRF is asked for: the same for every passkey of a portal. @param {Uint8Array} portalId */
export function prfInput(portalId) {
  return sha256(context("prf", portalId));
}

/**
 * The key that wraps the seed for one passkey: used like that of a passphrase, and never instead of one.
 * @param {Uint8Array} prfOutput 32 bytes
 */
export async function prfWrap(prfOutput) {
  return hkdf(exactly(prfOutput, 32, "prf_output"), "prf-wrap");
}

/** Binds a wrapped seed to portal, organisation and caseworker key. @param {WrapPlace} place */
export function wrapAad({ portalId, slug, kid }) {
  return context("caseworker", portalId, slug, kid);
}

/**
 * Wraps a caseworker's 32-byte seed: `nonce ‖ AES-256-GCM`, 60 bytes.
 * @param {WrapPlace & {wrapKey: Uint8Array, seed: Uint8Array, nonce?: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function wrapSeed({ wrapKey: key, seed, nonce, ...place }) {
  return sealSmall({ key, aad: wrapAad(place), padded: exactly(seed, 32, "seed"), nonce });
}
