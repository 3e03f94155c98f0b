// Decisions read from a file, and what they would change. Pure: bytes and links in; nothing is decided here.

import { csvRows, fileText, ROWS_MOST } from "../../domain/csv.js";
import { FormatError } from "../../errors.js";
import { CODES, codeOf, codesFrom, needsReason } from "./codes.js";
import { COLUMNS } from "./list_file.js";

/**
 * @typedef {import('./link_rows.js').Link} Link
 * @typedef {import('./work.js').LinkWork} LinkWork
 * @typedef {{line: number, id: string, word: string, reason: string}} Line
 * @typedef {{line: number, link: Link, code: string, reason: string, from: string}} Change
 * @typedef {'unknown'|'word'|'from'|'reason'|'twice'|'ambiguous'} Fault
 * @typedef {{changes: Change[], same: number, faults: Map<Fault, number[]>}} Preview `faults`: the lines that stay out
 */

/** Why a file is not read: a key of the page's words, and what goes into it. */
export class NotRead extends Error {
  /** @param {'size'|'encoding'|'quotes'|'rows'|'columns'|'empty'} why @param {string[]} [columns] */
  constructor(why, columns = []) {
    super(why);
    this.name = "NotRead";
    this.why = why;
    this.columns = columns;
  }
}

const NEEDED = /** @type {const} */ (["id", "decision"]);
const UNNAMED = /^[\s\ufeff]+|[\s\u200b]+$/gu;

/**
 * @param {Uint8Array} bytes
 * @returns {Line[]} those with a decision
 * @throws {NotRead}
 */
export function linesOf(bytes) {
  const [head = [], ...rows] = tableOf(bytes);
  const place = placesOf(head);
  const missing = NEEDED.filter((name) => !place.has(name));
  if (missing.length > 0) throw new NotRead("columns", missing);
  const at = (/** @type {string[]} */ row, /** @type {string} */ name) =>
    (row[place.get(name) ?? -1] ?? "").replace(UNNAMED, "");
  const lines = rows.map((row, index) => ({
    line: index + 2,
    id: at(row, "id"),
    word: at(row, "decision"),
    reason: at(row, "reason"),
  }));
  const decided = lines.filter(({ word }) => word !== "");
  if (decided.length === 0) throw new NotRead("empty");
  return decided;
}

/** @param {Uint8Array} bytes */
function tableOf(bytes) {
  try {
    return csvRows(fileText(bytes), ROWS_MOST);
  } catch (error) {
    if (error instanceof FormatError) throw new NotRead(/** @type {any} */ (error.field));
    throw error;
  }
}

/** @param {string[]} head @returns {Map<string, number>} */
function placesOf(head) {
  const names = new Map(
    Object.entries(COLUMNS).flatMap(([id, { ko, en }]) => [id, ko, en].map((one) => [same(one), id])),
  );
  /** @type {Map<string, number>} */
  const found = new Map();
  head.forEach((cell, at) => {
    const name = names.get(same(cell));
    if (name && !found.has(name)) found.set(name, at);
  });
  return found;
}

/** @param {string} word in any writing @returns {string} */
function same(word) {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_.…]+/g, "");
}

/** The words by which a decision is known: its id, its key, and its names. @type {ReadonlyMap<string, string>} */
const WORDS = new Map(CODES.flatMap(({ id, key, name }) => [id, key, name.ko, name.en].map((one) => [same(one), id])));

/**
 * What these lines would change.
 * @param {Line[]} lines
 * @param {LinkWork} work
 * @param {(codeId: string) => string} stock the sentence that stands ready as a reason, where there is one
 * @returns {Preview}
 */
export function previewOf(lines, work, stock) {
  /** @type {Map<string, Link[]>} */
  const byItem = new Map();
  for (const link of work.links.values()) byItem.set(link.item, [...(byItem.get(link.item) ?? []), link]);
  const counted = new Map();
  for (const { id } of lines) counted.set(id, (counted.get(id) ?? 0) + 1);
  /** @type {Preview} */
  const preview = { changes: [], same: 0, faults: new Map() };
  for (const one of lines) {
    const found = byItem.get(one.id) ?? [];
    const outcome = changeOf(one, found, counted.get(one.id), { work, stock });
    if (outcome === "same") preview.same += 1;
    else if (typeof outcome === "string") {
      preview.faults.set(outcome, [...(preview.faults.get(outcome) ?? []), one.line]);
    } else preview.changes.push(outcome);
  }
  return preview;
}

/**
 * @param {Line} line
 * @param {Link[]} found links with this id
 * @param {number} times how often it stands in the file
 * @param {{work: LinkWork, stock: (codeId: string) => string}} known
 * @returns {Change|Fault|'same'}
 */
function changeOf(line, found, times, { work, stock }) {
  const [link] = found;
  if (!link) return "unknown";
  if (found.length > 1) return "ambiguous";
  if (times > 1) return "twice";
  const id = WORDS.get(same(line.word));
  if (!id) return "word";
  const code = codeOf(id);
  const from = work.standOf(link);
  if (code.state === from || work.decisions.get(link.key)?.code === id) return "same";
  if (!codesFrom(from).includes(code) || !work.codes(link).includes(code)) return "from";
  const reason = line.reason || stock(id);
  if (needsReason(code, from) && !reason) return "reason";
  return { line: line.line, link, code: id, reason, from };
}
