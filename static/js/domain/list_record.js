/**
 * What is inside one part of a list that somebody gave the organisation, such as a regulator's accounts or sites, before
 * it is sealed. A list that is longer than a record lies in several of the same `set`.
 *
 * @typedef {"url"|"site"|"poster"} ListKind
 * @typedef {{canonical: string, note: string}} ListRow
 * @typedef {{v: 1, set: string, part: number, parts: number, kind: ListKind, title: string, source: string,
 *   received_on: string, note: string, rows: ListRow[]}} ListContent
 */

import { FormatError } from "../errors.js";
import { day } from "./letter.js";
import { ORGANISATION_KINDS } from "./vocabulary.js";
import * as wire from "./wire.js";

export const LIST_KINDS = Object.freeze(/** @type {ListKind[]} */ (["poster", "site", "url"]));
/** Who a list can come from. */
export const LIST_SOURCES = Object.freeze([...ORGANISATION_KINDS, "other"]);
export const PARTS_MOST = 200;
export const NOTE_MOST = 200;
const CANONICAL_MOST = 2000;
const PART_ROWS = 5000;
/** What fits the largest record, with room for what stands around the rows. */
const PART_BYTES = 60_000;

/** @type {wire.Checker<ListRow>} */
const row = wire.record({ canonical: wire.text(CANONICAL_MOST, 1), note: wire.text(NOTE_MOST) });
const SCHEMA = {
  v: wire.versionOne,
  set: wire.b64uText(16),
  part: wire.integer(1, PARTS_MOST),
  parts: wire.integer(1, PARTS_MOST),
  kind: wire.oneOf(LIST_KINDS),
  title: wire.text(120, 1),
  source: wire.oneOf(LIST_SOURCES),
  received_on: day,
  note: wire.text(1000),
  rows: wire.listOf(row, PART_ROWS, 1, (one) => one.canonical),
};

/** @param {unknown} value @returns {ListContent} */
function check(value) {
  const content = wire.fields(value, SCHEMA, "list");
  if (content.part > content.parts) throw new FormatError("list.part");
  return content;
}

export const FORM = Object.freeze({
  /** @param {ListContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "list"),
  /** @param {Uint8Array} bytes @returns {ListContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "list"),
});

/**
 * The rows of a long list, as many together as one record holds.
 * @param {ListRow[]} rows
 * @returns {ListRow[][]}
 */
export function inParts(rows) {
  /** @type {ListRow[][]} */
  const parts = [];
  let room = 0;
  for (const one of rows) {
    const length = wire.utf8(JSON.stringify(one)).length + 1;
    if (length > room) {
      parts.push([]);
      room = PART_BYTES;
    }
    parts.at(-1)?.push(one);
    room -= length;
  }
  return parts;
}
