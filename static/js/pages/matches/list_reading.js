// A table or pasted lines as rows of a list: accounts, sites or addresses in the form in which they are compared. What is
// none of these is named by its line, and the rest goes on.

import { canonicalUrl, matchKeys } from "../../domain/canonical_url.js";
import { csvRows } from "../../domain/csv.js";
import { NOTE_MOST } from "../../domain/list_record.js";
import { FormatError } from "../../errors.js";

/**
 * @typedef {import("../../domain/list_record.js").ListKind} ListKind
 * @typedef {import("../../domain/list_record.js").ListRow} ListRow
 * @typedef {"formula"|"unfit"} Why
 * @typedef {{rows: ListRow[], repeated: number, refused: {line: number, why: Why}[]}} Read `line` as a spreadsheet
 *   numbers them
 * @typedef {{value: number, site: number, note: number}} Columns -1: none
 */

export const ROWS_MOST = 5_000;
const MEANINGS = {
  value:
    /^(url|urls|link|links|address|account|accounts|poster|user|username|id|handle|domain|주소|링크|계정|계정명|게시자|아이디|작성자|이름)$/,
  site: /^(site|sites|website|platform|사이트|사이트명|플랫폼|도메인)$/,
  note: /^(note|notes|memo|remark|remarks|비고|메모|내용|설명)$/,
};
const FORMULA = /^[=＝+＋]|^[-－@＠].*[(|!]/u;

/**
 * @param {string} text of a file, or pasted
 * @param {ListKind} kind what it lists
 * @returns {Read}
 * @throws {FormatError} `rows`, for more than anybody compares; `columns`, where none holds what is listed; `quotes`;
 *   `empty`
 */
export function readList(text, kind) {
  const table = csvRows(text, ROWS_MOST);
  if (table.length === 0) throw new FormatError("empty");
  const named = columnsOf(table[0] ?? []);
  const columns = named ?? columnsUnnamed(table);
  return rowsIn(named ? table.slice(1) : table, kind, columns, named ? 2 : 1);
}

/**
 * @param {string[][]} table
 * @param {ListKind} kind
 * @param {Columns} columns
 * @param {number} first line
 * @returns {Read}
 */
function rowsIn(table, kind, columns, first) {
  /** @type {Map<string, ListRow>} */
  const rows = new Map();
  /** @type {Read["refused"]} */
  const refused = [];
  let repeated = 0;
  table.forEach((cells, at) => {
    const cell = (/** @type {keyof Columns} */ name) => (cells[columns[name]] ?? "").trim();
    const value = cell("value") || cell("site");
    const canonical = FORMULA.test(value) ? null : canonicalOf(kind, cell("value"), cell("site"));
    if (canonical === null) {
      refused.push({ line: at + first, why: FORMULA.test(value) ? "formula" : "unfit" });
    } else if (rows.has(canonical)) repeated += 1;
    else rows.set(canonical, { canonical, note: noteOf(cell("note")) });
  });
  if (rows.size === 0) throw new FormatError("columns");
  return { rows: [...rows.values()], repeated, refused };
}

/** As much as there is room for, with nothing in it that no text has. @param {string} cell */
function noteOf(cell) {
  return cell
    .normalize("NFC")
    .slice(0, NOTE_MOST)
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, " ");
}

/**
 * @param {string[]} heads
 * @returns {Columns|null} null where the first line names no column
 */
function columnsOf(heads) {
  const names = heads.map((head) => head.trim().toLowerCase());
  const at = (/** @type {keyof Columns} */ name) => names.findIndex((one) => MEANINGS[name].test(one));
  const found = { value: at("value"), site: at("site"), note: at("note") };
  return found.value === -1 && found.site === -1 ? null : found;
}

/**
 * Without names, one column is what is listed, and a second one is what was noted beside it.
 * @param {string[][]} table
 * @returns {Columns}
 */
function columnsUnnamed(table) {
  const width = Math.max(...table.map((cells) => cells.length));
  if (width > 2) throw new FormatError("columns");
  return { value: 0, site: -1, note: width === 2 ? 1 : -1 };
}

/**
 * @param {ListKind} kind
 * @param {string} value
 * @param {string} site where the table has a column for it
 * @returns {string|null} null for what is none
 */
function canonicalOf(kind, value, site) {
  try {
    if (kind === "url") return canonicalUrl(value || site);
    if (kind === "site") return siteOf(site || value);
    return site ? posterAt(value, site) : (posterOf(value) ?? null);
  } catch (error) {
    if (error instanceof FormatError) return null;
    throw error;
  }
}

/** @param {string} typed */
function siteOf(typed) {
  return matchKeys({ url: typed, poster: "" }).find(({ kind }) => kind === "site")?.canonical ?? null;
}

/** @param {string} account @param {string} site */
function posterAt(account, site) {
  if (account === "" || /\s/u.test(account)) return null;
  const inside = account.includes("/") ? posterOf(account) : null;
  return inside ?? matchKeys({ url: site, poster: account }).find(({ kind }) => kind === "poster")?.canonical ?? null;
}

/** An account written as its address, or as `site/account`. @param {string} typed */
function posterOf(typed) {
  const keys = matchKeys({ url: typed, poster: "" });
  const known = keys.find(({ kind }) => kind === "poster");
  if (known) return known.canonical;
  const parts = /^(?:[a-z]+:\/\/)?([^/\s]+)\/@?([^/?#\s]+)\/?$/iu.exec(typed);
  return parts ? (matchKeys({ url: parts[1] ?? "", poster: parts[2] ?? "" }).at(-1)?.canonical ?? null) : null;
}
