// The letter that goes to another organisation: what the reporter agreed to, what that kind of organisation has a need
// of, and nothing else. Touches no page.

import { onwardKey } from "../../crypto/receipt.js";
import { compartmentsOf, letterFor } from "../../domain/compartment.js";
import { LIMITS, letterJson } from "../../domain/letter.js";
import { LETTER_BUCKETS } from "../../domain/sealed_length.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";

/**
 * @typedef {import("../../domain/letter.js").Letter} Letter
 * @typedef {import("../../domain/letter.js").Consent} Consent
 * @typedef {{kind: string, slug: string}} Receiver
 * @typedef {{letter: Letter, left: number}} Cut `left`: links that do not fit, from the last on
 */

const SIGNATURE = 64;
const ROOM = (LETTER_BUCKETS.at(-1) ?? 0) - SIGNATURE - 1;

/**
 * Which of the letter's closed parts could go to a kind of organisation: those that are in it, and that it may have.
 * @param {Letter} letter
 * @param {string} kind
 * @returns {string[]}
 */
export function offeredCompartments(letter, kind) {
  return compartmentsOf(kind).filter((name) => Reflect.get(letter, name) !== null);
}

/**
 * The consent that goes along: of what the reporter agreed to here, what such an organisation does. To whom that one may
 * pass on is the reporter's to say, so it begins with nobody.
 * @param {Consent} consent the one in force here
 * @param {readonly string[]} purposes what that kind of organisation does
 * @returns {Consent}
 */
export function consentAlong({ purposes: agreed }, purposes) {
  return { purposes: agreed.filter((purpose) => purposes.includes(purpose)), pass_on: [] };
}

/**
 * The letter as it would be read there, still with the keys of this thread.
 * @param {{letter: Letter, items: any[], consent: Consent, kind: string, compartments: readonly string[]}} parts
 *   `items`: those of the letter and those that came later
 * @returns {Cut}
 */
export function cutLetter({ letter, items, consent, kind, compartments }) {
  const whole = { ...letter, items: items.slice(0, LIMITS.items) };
  const cut = letterFor({ kind, letter: whole, consent, allowedCompartments: compartments });
  while (letterJson(cut).length > ROOM && cut.items.length > 0) {
    cut.items = cut.items.slice(0, Math.floor(cut.items.length * 0.9));
  }
  return { letter: cut, left: items.length - cut.items.length };
}

/**
 * The same letter with the keys of the new thread, which the reporter's browser finds by itself.
 * @param {Letter} letter
 * @param {Uint8Array} referralId of the new referral
 * @param {Uint8Array} kid that it is sealed to
 * @returns {Promise<Letter>}
 */
export async function withNewKeys(letter, referralId, kid) {
  const derived = async (/** @type {"reply_key"|"log_key"} */ name) =>
    b64uEncode(await onwardKey(b64uDecode(letter[name], name, 32), referralId, kid));
  return { ...letter, reply_key: await derived("reply_key"), log_key: await derived("log_key") };
}
