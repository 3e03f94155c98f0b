/**
 * The receipt code: 22 random digits and 2 check digits (ISO 7064 MOD 97-10), shown as six groups of four.
 * Twin of `app/domain/receipt_code.py`; both replay `tests/vectors/receipt_code.json`.
 */

import { FormatError } from "../errors.js";

export const LENGTH = 24;
const RANDOM = 22;
const MOST = 10n ** 22n;
/** What people and keyboards put between digits: spaces of every width, and hyphens, dashes and minus signs. */
const BETWEEN =
  /[\t\n\r \u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff\-\u00ad\u2010-\u2015\u2212\u30fc\ufe58\ufe63\uff0d]/g;

/** A uniform integer below 10²² from the engine's CSPRNG, by rejection. @returns {bigint} */
function randomNumber() {
  for (;;) {
    const [high = 0n, low = 0n] = crypto.getRandomValues(new BigUint64Array(2));
    const number = ((high & 0x3ffn) << 64n) | low; // 74 bits: 1.9 times 10²²
    if (number < MOST) return number;
  }
}

/** A fresh code of 24 digits. @returns {string} */
export function generate() {
  const digits = randomNumber().toString().padStart(RANDOM, "0");
  return digits + checkDigits(digits);
}

/** The two check digits of a string of digits, 02 to 98 (ISO 7064 MOD 97-10). @param {string} digits */
export function checkDigits(digits) {
  return (98n - ((BigInt(digits) * 100n) % 97n)).toString().padStart(2, "0");
}

/**
 * The 24 digits of a code however it was typed: any spaces, hyphens and full-width digits. The check digits are compared
 * exactly: 99 never stands for 02.
 * @param {string} text @returns {string}
 */
export function normalise(text) {
  const digits = digitsOf(text);
  if (!isCode(digits)) throw new FormatError("receipt_code");
  return digits;
}

/** Six groups of four. @param {string} code @returns {string} */
export function format(code) {
  return normalise(code).replace(/(.{4})(?=.)/g, "$1 ");
}

/**
 * The codes that one mistyped digit or two swapped neighbours could have been, in order of place; none for a code that
 * is right. They are offered, never sent.
 * @param {string} text 24 digits @returns {string[]}
 */
export function candidates(text) {
  const digits = digitsOf(text);
  if (isCode(digits)) return [];
  const found = new Set();
  for (let place = 0; place < LENGTH; place += 1) {
    const [before, here, after] = [digits.slice(0, place), digits.charAt(place), digits.slice(place + 1)];
    for (const digit of "0123456789") if (digit !== here) found.add(before + digit + after);
    found.add(before + after.slice(0, 1) + here + after.slice(1));
  }
  return [...found].filter(isCode);
}

/** @param {string} text */
function digitsOf(text) {
  const digits = text
    .replace(BETWEEN, "")
    .replace(/[\uff10-\uff19]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  if (!/^[0-9]{24}$/.test(digits)) throw new FormatError("receipt_code");
  return digits;
}

/** @param {string} digits */
function isCode(digits) {
  return checkDigits(digits.slice(0, RANDOM)) === digits.slice(RANDOM);
}
