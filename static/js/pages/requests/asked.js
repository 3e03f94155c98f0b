// Which links of which referrals a new request is about: behind the `#` of the address, which no browser sends.

import { b64uDecode } from "../../domain/wire.js";

/** @typedef {{referral: string, items: string[]}} Asked */

/**
 * @param {Asked[]} asked
 * @returns {string} the part of an address from `#` on
 */
export function hashOf(asked) {
  return `#of=${asked.map(({ referral, items }) => `${referral}:${items.join(",")}`).join(";")}`;
}

/**
 * @param {string} hash
 * @returns {Asked[]} nothing for what is not understood
 */
export function askedOf(hash) {
  if (!hash.startsWith("#of=")) return [];
  return hash
    .slice(4)
    .split(";")
    .map((one) => {
      const [referral = "", items = ""] = one.split(":");
      return { referral, items: items.split(",").filter(isId) };
    })
    .filter(({ referral }) => isId(referral));
}

/**
 * @param {string[]} recordIds of requests that one file is made of
 * @returns {string}
 */
export function memoHash(recordIds) {
  return `#memo=${recordIds.join(",")}`;
}

/**
 * @param {string} hash
 * @returns {string[]}
 */
export function memoOf(hash) {
  return hash.startsWith("#memo=") ? hash.slice(6).split(",").filter(isId) : [];
}

/** @param {string} text @returns {boolean} */
function isId(text) {
  try {
    return b64uDecode(text, "id", 16).length === 16;
  } catch {
    return false;
  }
}
