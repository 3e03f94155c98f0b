/**
 * What is inside the record of one letter that a monitoring group sends: kept before it is sent, so that a lost connection
 * or a closed browser loses nothing and sends nothing twice.
 *
 * @typedef {{url: string, place: string, poster: string}} Row
 * @typedef {{v: 1, batch: string, number: number, of: number, on: string, to: string[], lang: string, report_id: string,
 *   code: string, rows: Row[], sent_on: string|null}} BatchContent `number` of `of` letters; `code`: its receipt code
 */

import { day, LIMITS } from "./letter.js";
import { RECORD_BUCKETS } from "./sealed_length.js";
import { LANGUAGES } from "./vocabulary.js";
import * as wire from "./wire.js";

export const LETTERS_MOST = 200;
const RECEIVERS_MOST = 8;
const LETTER_MOST = Math.max(...RECORD_BUCKETS) - 2048;
const SCHEMA = {
  v: wire.versionOne,
  batch: wire.b64uText(16),
  number: wire.integer(1, LETTERS_MOST),
  of: wire.integer(1, LETTERS_MOST),
  on: day,
  to: wire.listOf(wire.slug, RECEIVERS_MOST, 1, (slug) => slug),
  lang: wire.oneOf(LANGUAGES),
  report_id: wire.b64uText(16),
  code: wire.matching(/^[0-9]{24}$/),
  rows: wire.listOf(
    wire.record({ url: wire.text(LIMITS.url, 1), place: wire.text(LIMITS.short), poster: wire.text(LIMITS.short) }),
    LIMITS.items,
    1,
  ),
  sent_on: wire.nullable(day),
};

/** @param {unknown} value @returns {BatchContent} */
const check = (value) => wire.fields(value, SCHEMA, "batch");

export const FORM = Object.freeze({
  /** @param {BatchContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "batch"),
  /** @param {Uint8Array} bytes @returns {BatchContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "batch"),
});

/**
 * Rows in letters: no more links than a letter may have, and no more than a record holds.
 * @param {readonly Row[]} rows @returns {Row[][]}
 */
export function letters(rows) {
  /** @type {Row[][]} */
  const made = [];
  let size = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const own = wire.canonicalJson(row).length + 1;
    const last = made.at(-1);
    if (last && size + own <= LETTER_MOST && last.length < LIMITS.items) {
      last.push(row);
      size += own;
    } else {
      made.push([row]);
      size = own;
    }
  }
  return made;
}
