/**
 * The seed of an organisation's recovery key as 24 words for paper: BIP-39, entropy encoding, English list. Twin of
 * `app/domain/recovery_words.py`; both replay `tests/vectors/recovery_words.json`. Only the encoding is BIP-39's, not its
 * key derivation: the words are the 32 bytes, and eight bits that catch mistakes.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 */

import { BIP39_ENGLISH } from "../data/bip39_english.js";
import { FormatError } from "../errors.js";

export const COUNT = 24;
const BITS = 11n;
const LENGTH = 32;

/** @param {Uint8Array<ArrayBuffer>} entropy @returns {Promise<number>} the eight bits that catch mistakes */
async function check(entropy) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", entropy))[0] ?? 0;
}

/** The 2048 words, in their order. @returns {readonly string[]} */
export function wordList() {
  return BIP39_ENGLISH;
}

/** Writes 32 bytes as 24 words. @param {Uint8Array} seed @returns {Promise<string[]>} */
export async function words(seed) {
  if (seed.length !== LENGTH) throw new FormatError("seed");
  const entropy = seed.slice();
  let number = 0n;
  for (const byte of [...entropy, await check(entropy)]) number = (number << 8n) | BigInt(byte);
  return Array.from({ length: COUNT }, (_, place) => {
    const at = Number((number >> (BITS * BigInt(COUNT - 1 - place))) & 0x7ffn);
    return BIP39_ENGLISH[at] ?? "";
  });
}

/**
 * Reads 24 words back, however they are spaced or capitalised. Throws FormatError where they are no such words.
 * @param {string} text @returns {Promise<Bytes>} 32 bytes
 */
export async function seed(text) {
  const typed = text.toLowerCase().split(/\s+/).filter(Boolean);
  const places = typed.map((word) => BIP39_ENGLISH.indexOf(word));
  if (typed.length !== COUNT || places.includes(-1)) throw new FormatError("recovery_words");
  let number = 0n;
  for (const place of places) number = (number << BITS) | BigInt(place);
  const entropy = new Uint8Array(LENGTH);
  for (let at = 0; at < LENGTH; at += 1) entropy[at] = Number((number >> BigInt(8 * (LENGTH - at))) & 0xffn);
  if ((await check(entropy)) !== Number(number & 0xffn)) throw new FormatError("recovery_words");
  return entropy;
}
