/** Frequent passwords, as numbers: whether a passphrase is one of them, or two of them joined, with digits around. */

const PART = 4;
const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * What is compared: small letters, without spaces, dots, lines and hyphens.
 * @param {string} text
 * @returns {string}
 */
export function plainOf(text) {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, "");
}

/**
 * The number that stands for a word (FNV-1a, 32 bits): no secret is kept by it, and of ten thousand words one in four
 * hundred thousand others has the number of one.
 * @param {string} plain
 * @returns {number}
 */
export function numberOf(plain) {
  let number = FNV_BASIS;
  for (let place = 0; place < plain.length; place += 1) {
    number = Math.imul(number ^ plain.charCodeAt(place), FNV_PRIME);
  }
  return number >>> 0;
}

/**
 * @param {string} base64 of numbers of 32 bits, little endian
 * @returns {Set<number>}
 */
export function numbersOf(base64) {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return new Set(Array.from({ length: bytes.length / 4 }, (_none, place) => view.getUint32(place * 4, true)));
}

/**
 * @param {string} passphrase
 * @param {Set<number>} numbers
 * @returns {boolean} whether all of it, or all its letters, are one or two frequent passwords
 */
export function isFrequent(passphrase, numbers) {
  const plain = plainOf(passphrase);
  return [plain, plain.replaceAll(/[^\p{L}]+/gu, "")].some((form) => isOneOrTwo(form, numbers));
}

/** @param {string} form @param {Set<number>} numbers @returns {boolean} */
function isOneOrTwo(form, numbers) {
  if (form.length < PART) return false;
  if (numbers.has(numberOf(form))) return true;
  for (let end = PART; end <= form.length - PART; end += 1) {
    if (numbers.has(numberOf(form.slice(0, end))) && numbers.has(numberOf(form.slice(end)))) return true;
  }
  return false;
}
