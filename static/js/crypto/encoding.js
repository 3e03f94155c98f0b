/**
 * How bytes are joined, hashed and derived. Twin of `app/crypto/encoding.py`; both replay `tests/vectors/encoding.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { utf8 } from "../domain/wire.js";
import { FormatError } from "../errors.js";

export const VERSION = "onestop/v1";

/** Eight bytes, little endian, top bit clear. @param {number} number a safe integer from 0 on @returns {Bytes} */
export function le64(number) {
  if (!Number.isSafeInteger(number) || number < 0) throw new FormatError("le64");
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number), true);
  return bytes;
}

/** @param {...Uint8Array} pieces @returns {Bytes} */
export function concat(...pieces) {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}

/**
 * Pre-authentication encoding, as in PASETO: the number of pieces, then each with its length. Labels may be strings.
 * @param {...(string|Uint8Array)} pieces @returns {Bytes}
 */
export function pae(...pieces) {
  const raw = pieces.map((piece) => (typeof piece === "string" ? utf8(piece, "pae") : piece));
  return concat(le64(raw.length), ...raw.flatMap((piece) => [le64(piece.length), piece]));
}

/** @param {Uint8Array} bytes @returns {Promise<Bytes>} 32 bytes */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", own(bytes)));
}

/** @param {Uint8Array} key @param {Uint8Array} message @returns {Promise<Bytes>} 32 bytes (RFC 2104) */
export async function hmacSha256(key, message) {
  const imported = await crypto.subtle.importKey("raw", own(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, own(message)));
}

/** `PAE("onestop/v1", ...pieces)`: what everything of this version is bound to. @param {...(string|Uint8Array)} pieces */
export function context(...pieces) {
  return pae(VERSION, ...pieces);
}

/**
 * HKDF-SHA256 (RFC 5869) with an empty salt and `info = PAE("onestop/v1", ...pieces)`.
 * @param {Uint8Array} key @param {...(string|Uint8Array)} pieces @returns {Promise<Bytes>} 32 bytes
 */
export async function hkdf(key, ...pieces) {
  const imported = await crypto.subtle.importKey("raw", own(key), "HKDF", false, ["deriveBits"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(0), info: context(...pieces) };
  return new Uint8Array(await crypto.subtle.deriveBits(derivation, imported, 256));
}

/** @param {number} length @returns {Bytes} from the engine's CSPRNG */
export function randomBytes(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** Whether two public values are the same. @param {Uint8Array} a @param {Uint8Array} b */
export function equalBytes(a, b) {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/**
 * Passes bytes of exactly one length through.
 * @param {unknown} bytes @param {number} length @param {string} field @returns {Bytes}
 */
export function exactly(bytes, length, field) {
  if (!(bytes instanceof Uint8Array) || bytes.length !== length) throw new FormatError(field);
  return own(bytes);
}

/** What the engine's own functions take: bytes that do not share memory with another thread. @param {Uint8Array} bytes */
export function own(bytes) {
  return /** @type {Bytes} */ (bytes);
}
