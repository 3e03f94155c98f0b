// What is inside an internal note before it is sealed under the epoch's seed.

import { canonicalJson, fields, parseInOrder, text, versionOne } from "../../domain/wire.js";

export const NOTE_MOST = 4000;
const SCHEMA = { v: versionOne, text: text(NOTE_MOST, 1) };

/**
 * @param {string} words
 * @returns {Uint8Array}
 */
export function noteJson(words) {
  return canonicalJson(fields({ v: 1, text: words }, SCHEMA, "note"));
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} the note's words
 */
export function parseNote(bytes) {
  return parseInOrder(bytes, (note) => fields(note, SCHEMA, "note"), "note").text;
}
