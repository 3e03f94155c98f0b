/**
 * Padding to few lengths: `json ‖ 0x80 ‖ 0x00…` (ISO/IEC 7816-4). Twin of `app/crypto/padding.py`; both replay
 * `tests/vectors/padding.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import {
  LETTER_BUCKETS,
  MESSAGE_BUCKETS,
  RECORD_BUCKETS,
  SUMMARY_MOST,
  SUMMARY_STEP,
} from "../domain/sealed_length.js";
import { FormatError } from "../errors.js";

export { LETTER_BUCKETS, MESSAGE_BUCKETS, RECORD_BUCKETS };

export const SUMMARY_BUCKETS = Object.freeze(
  Array.from({ length: SUMMARY_MOST / SUMMARY_STEP }, (_, step) => (step + 1) * SUMMARY_STEP),
);

/**
 * The smallest bucket that holds so many bytes and the mark.
 * @param {number} length in bytes @param {readonly number[]} buckets ascending @returns {number}
 */
export function bucketFor(length, buckets) {
  const found = buckets.find((bucket) => length < bucket);
  if (found === undefined) throw new FormatError("length");
  return found;
}

/**
 * Pads to the smallest bucket that fits and is not below `atLeast`.
 * @param {Uint8Array} plaintext @param {readonly number[]} buckets @param {number} [atLeast] @returns {Bytes}
 */
export function pad(plaintext, buckets, atLeast = 0) {
  const bucket = Math.max(bucketFor(plaintext.length, buckets), atLeast);
  if (!buckets.includes(bucket)) throw new FormatError("length");
  const padded = new Uint8Array(bucket);
  padded.set(plaintext);
  padded[plaintext.length] = 0x80;
  return padded;
}

/**
 * Removes padding. Any bucket that holds the plaintext is right: all letters of one report share the largest needed.
 * @param {Uint8Array} padded @param {readonly number[]} buckets @returns {Bytes}
 */
export function unpad(padded, buckets) {
  let mark = padded.length - 1;
  while (mark >= 0 && padded[mark] === 0) mark -= 1;
  if (!buckets.includes(padded.length) || padded[mark] !== 0x80) throw new FormatError("padding");
  return padded.slice(0, mark);
}
