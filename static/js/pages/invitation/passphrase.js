/** Passphrases: made of words drawn here, or chosen and then judged by what can be known of them, which is little. */

import { NUMBERS } from "../../../vendor/frequent_passwords.js";
import { randomBytes } from "../../crypto/encoding.js";
import { fetched } from "../later.js";
import { isFrequent, numbersOf, plainOf } from "./frequent.js";

/** Words of a list of 2,048 each stand for 11 bits: seven for 77. */
export const WORDS = 7;
export const SHORTEST = 12;
export const LONG = 24;
const LIST_LENGTH = 2048;
const LEAST_SIGNS = 6;

/** @type {Set<number>|undefined} */
let frequent;

/**
 * A passphrase of words drawn with the engine's own randomness.
 * @param {"ko"|"en"} language
 * @returns {Promise<string>}
 */
export async function generatePassphrase(language) {
  await fetched(`data/bip39_${language === "ko" ? "korean" : "english"}.js`);
  const list =
    language === "ko"
      ? (await import("../../data/bip39_korean.js")).BIP39_KOREAN
      : (await import("../../data/bip39_english.js")).BIP39_ENGLISH;
  // 65,536 is a multiple of 2,048: no word comes oftener than another.
  const drawn = new Uint16Array(randomBytes(2 * WORDS).buffer);
  return [...drawn].map((number) => list[number % LIST_LENGTH]).join(" ");
}

/**
 * What can be said of a passphrase. Nobody can measure how likely somebody is to guess what a person thought of.
 * @param {string} passphrase
 * @param {{generated: string, known: string[]}} about the last one that was drawn here, and words that anybody tries first
 * @returns {"empty"|"short"|"alike"|"frequent"|"known"|"fair"|"long"|"generated"} the first five will not do
 */
export function judge(passphrase, { generated, known }) {
  const said = passphrase.normalize("NFC");
  const signs = [...said];
  if (signs.length === 0) return "empty";
  if (generated !== "" && said === generated.normalize("NFC")) return "generated";
  if (signs.length < SHORTEST) return "short";
  if (new Set(signs.filter((sign) => sign.trim() !== "")).size < LEAST_SIGNS) return "alike";
  frequent ??= numbersOf(NUMBERS);
  if (isFrequent(said, frequent)) return "frequent";
  const likely = known.map(plainOf).filter((word) => word.length > 3);
  const left = likely.reduce((rest, word) => rest.replaceAll(word, ""), plainOf(said));
  if ([...left].length < SHORTEST / 2) return "known";
  return signs.length < LONG ? "fair" : "long";
}

/** Whether a passphrase will do. @param {ReturnType<typeof judge>} judgement */
export function willDo(judgement) {
  return judgement === "fair" || judgement === "long" || judgement === "generated";
}
