// Twenty-four words as somebody typed or scanned them, and what is wrong with them, said by its place.

import { COUNT, seed, wordList } from "../../domain/recovery_words.js";
import { FormatError } from "../../errors.js";

/**
 * @typedef {{seed: Uint8Array<ArrayBuffer>}|{problem: "count", count: number}|{problem: "order"}
 *   |{problem: "unknown", unknown: {place: number, word: string}[]}} Read
 */

/**
 * Read what was typed. Numbers before the words, commas and line breaks are fine, as on the sheet.
 * @param {string} typed
 * @returns {Promise<Read>}
 */
export async function readWords(typed) {
  const words = typed.toLowerCase().match(/\p{L}+/gu) ?? [];
  const known = new Set(wordList());
  const unknown = words.map((word, at) => ({ place: at + 1, word })).filter(({ word }) => !known.has(word));
  if (unknown.length > 0 && words.length <= COUNT + unknown.length) return { problem: "unknown", unknown };
  if (words.length !== COUNT) return { problem: "count", count: words.length };
  try {
    return { seed: await seed(words.join(" ")) };
  } catch (error) {
    if (error instanceof FormatError) return { problem: "order" };
    throw error;
  }
}
