/**
 * Numbers that nobody here needs and nobody should type: finds resident registration numbers and card numbers in text.
 * Twin of `app/domain/private_number.py`; both replay `tests/vectors/private_number.json`.
 */

const SHORTEST_CARD = 13;
const LONGEST_CARD = 19;
const DATE = "[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])";
// What people and keyboards put between the halves; in an address only a hyphen counts: long numbers are common there.
const RESIDENT = resident("[ \\t\\n\\r\\-\\u2010-\\u2015]{0,3}");
const RESIDENT_IN_ADDRESS = resident("[-\\u2010-\\u2015]");
const URL_LIKE = /[A-Za-z][A-Za-z0-9+.-]{0,30}:\/\/[^ \t\r\n]*/g;
// As cards are written: in one piece, in groups of four, or four, six and the rest. Bank accounts are grouped otherwise.
const CARDS = [
  /(^|[^0-9])([2-69][0-9]{12,18})(?![0-9])/g,
  /(^|[^0-9])([2-69][0-9]{3}(?:[ \-\u2010-\u2015]{1,3}[0-9]{4}){3}(?:[ \-\u2010-\u2015]{1,3}[0-9]{1,3})?)(?![0-9])/g,
  /(^|[^0-9])(3[0-9]{3}[ \-\u2010-\u2015]{1,3}[0-9]{6}[ \-\u2010-\u2015]{1,3}[0-9]{4,5})(?![0-9])/g,
];

/**
 * What a text holds: `resident_number`, `card_number` or nothing; full-width digits are digits. Inside of URLs no card
 * is looked for, and a text that is one address (`inAddress`) is all URL.
 * @param {string} text
 * @param {boolean} inAddress
 * @returns {"resident_number" | "card_number" | ""}
 */
export function privateNumber(text, inAddress) {
  const plain = text.normalize("NFKC");
  if ((inAddress ? RESIDENT_IN_ADDRESS : RESIDENT).test(plain)) return "resident_number";
  if (!inAddress && holdsCard(plain.replaceAll(URL_LIKE, " "))) return "card_number";
  return "";
}

/** Looking behind is not known to the browsers of older phones. @param {string} between */
function resident(between) {
  return new RegExp(`(?:^|[^0-9])${DATE}${between}[1-8][0-9]{6}(?![0-9])`);
}

/** @param {string} text */
function holdsCard(text) {
  return CARDS.some((pattern) => [...text.matchAll(pattern)].some(([, , written]) => isCard(written ?? "")));
}

/** @param {string} written */
function isCard(written) {
  const digits = written.replaceAll(/[^0-9]/g, "");
  return digits.length >= SHORTEST_CARD && digits.length <= LONGEST_CARD && luhn(digits) === 0;
}

/**
 * What the Luhn sum (ISO/IEC 7812-1) of a string of digits leaves by ten: 0 for a card number.
 * @param {string} digits
 */
export function luhn(digits) {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const doubled = Number(digit) * (1 + (place % 2));
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10;
}
