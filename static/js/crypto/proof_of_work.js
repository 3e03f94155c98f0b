/**
 * ALTCHA's proof of work, version 2: find the counter whose derived key begins as the challenge says. PBKDF2 comes from
 * the browser itself. The server makes challenges and checks answers; it never searches.
 *
 * @typedef {{algorithm: string, nonce: string, salt: string, cost: number, keyLength: number, keyPrefix: string}
 *   & Record<string, unknown>} Parameters
 * @typedef {{parameters: Parameters, signature: string}} Challenge
 * @typedef {{counter: number, derivedKey: string}} Solution
 */

import { FormatError } from "../errors.js";
import { concat } from "./encoding.js";

const MOST_ROUNDS = 100_000;
const LONGEST_PREFIX = 4;
/** Derivations at one time: the browser spreads them over its threads. */
const TOGETHER = 4;
const MOST_COUNTER = 2 ** 32 - 1;

/**
 * @param {Parameters} parameters
 * @returns {Promise<Solution>}
 * @throws {FormatError} for what is no challenge of this kind, or asks for more than a phone should be asked
 */
export async function solve(parameters) {
  const { nonce, salt, cost, keyPrefix } = checked(parameters);
  for (let first = 0; first + TOGETHER <= MOST_COUNTER; first += TOGETHER) {
    const counters = Array.from({ length: TOGETHER }, (_, place) => first + place);
    const keys = await Promise.all(counters.map((counter) => derivedKey({ nonce, salt, cost, counter })));
    const found = keys.findIndex((key) => key.startsWith(keyPrefix));
    if (found >= 0) return { counter: first + found, derivedKey: /** @type {string} */ (keys[found]) };
  }
  throw new FormatError("challenge");
}

/**
 * What the header `Proof-Of-Work` carries.
 * @param {Challenge} challenge
 * @param {Solution} solution
 * @returns {string} base64 of ASCII JSON
 */
export function proofHeader(challenge, solution) {
  return btoa(JSON.stringify({ challenge, solution }));
}

/** @param {Parameters} parameters */
function checked({ algorithm, nonce, salt, cost, keyLength, keyPrefix }) {
  const known = algorithm === "PBKDF2/SHA-256" && keyLength === 32;
  const payable = Number.isInteger(cost) && cost >= 1 && cost <= MOST_ROUNDS;
  if (!known || !payable || !isHex(keyPrefix) || keyPrefix.length > LONGEST_PREFIX) throw new FormatError("challenge");
  return { nonce: bytesOf(nonce), salt: bytesOf(salt), cost, keyPrefix };
}

/**
 * @param {{nonce: Uint8Array, salt: Uint8Array<ArrayBuffer>, cost: number, counter: number}} parts
 * @returns {Promise<string>} hexadecimal
 */
async function derivedKey({ nonce, salt, cost, counter }) {
  const place = new Uint8Array(4);
  new DataView(place.buffer).setUint32(0, counter);
  const key = await crypto.subtle.importKey("raw", concat(nonce, place), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations: cost }, key, 256);
  return Array.from(new Uint8Array(bits), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {unknown} text @returns {text is string} */
function isHex(text) {
  return typeof text === "string" && /^[0-9a-f]*$/.test(text);
}

/** @param {unknown} text @returns {Uint8Array<ArrayBuffer>} */
function bytesOf(text) {
  if (!isHex(text) || text.length !== 32) throw new FormatError("challenge");
  return Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
}
