/** Sites as a table: what spreadsheets hold of them, in the words of either language, and what is wrong with one. */

import { FormatError } from "../errors.js";
import { SITE } from "./signed_list.js";
import { emptySite, siteOf } from "./sites.js";

/**
 * @typedef {import("./signed_list.js").Site} Site
 * @typedef {Record<string, Record<string, Record<string, string>>>} Words by language, enum and value; columns stand under
 *   `site_columns`
 */

export const COLUMNS = Object.freeze(/** @type {(keyof Site)[]} */ (Object.keys(SITE)));
/** @type {Partial<Record<keyof Site, string>>} */
const ENUMS = { service: "site_kinds", registration: "registrations" };

/** Something in a table that stops it: `key` says what, `row` counts as a spreadsheet does, from 1. */
export class TableFault extends Error {
  /** @override */
  name = "TableFault";

  /** @param {string} key @param {{row?: number, what?: string}} [where] */
  constructor(key, { row = 0, what = "" } = {}) {
    super(key);
    this.key = key;
    this.row = row;
    this.what = what;
  }
}

/**
 * Sites as rows, the names of the columns first.
 * @param {readonly Site[]} sites @param {Words} words @param {string} language @returns {string[][]}
 */
export function tableOf(sites, words, language) {
  const named = (/** @type {string} */ enumName, /** @type {string} */ value) => words[language]?.[enumName]?.[value];
  const head = COLUMNS.map((column) => named("site_columns", column) ?? column);
  const rows = sites.map((site) =>
    COLUMNS.map((column) => {
      const value = site[column] ?? "";
      return named(ENUMS[column] ?? "", value) ?? value;
    }),
  );
  return [head, ...rows];
}

/**
 * The sites of a table. Columns stand in any order and may be missing, but for the domain; a name that is none stops it,
 * and so does a row that is wrong: nothing of the table is taken then.
 * @param {readonly string[][]} rows @param {Words} words @returns {Site[]}
 * @throws {TableFault}
 */
export function sitesOf(rows, words) {
  const [head = [], ...others] = rows;
  const columns = head.map((name) => columnOf(name.trim(), words));
  if (!columns.includes("domain")) throw new TableFault("no_domain_column");
  const unknown = head.find((name, at) => columns[at] === "" && name.trim() !== "");
  if (unknown !== undefined) throw new TableFault("unknown_column", { what: unknown });
  const twice = columns.find((column, at) => column && columns.indexOf(column) !== at);
  if (twice) throw new TableFault("column_twice", { what: twice });
  const sites = others.map((cells, at) => siteIn(cells, columns, words, at + 2));
  const seen = new Set();
  for (const [at, { domain }] of sites.entries()) {
    if (seen.has(domain)) throw new TableFault("domain_twice", { row: at + 2, what: domain });
    seen.add(domain);
  }
  return sites;
}

/** @param {string} name @param {Words} words @returns {keyof Site|""} */
function columnOf(name, words) {
  const same = (/** @type {string} */ other) => other.toLowerCase() === name.toLowerCase();
  const found = COLUMNS.find(
    (column) => same(column) || Object.values(words).some((of) => same(of.site_columns?.[column] ?? "")),
  );
  return found ?? "";
}

/**
 * @param {readonly string[]} cells @param {readonly (keyof Site|"")[]} columns @param {Words} words @param {number} row
 * @returns {Site}
 */
function siteIn(cells, columns, words, row) {
  if (cells.some((cell, at) => cell.trim() !== "" && !columns[at])) throw new TableFault("too_many_cells", { row });
  const typed = (/** @type {keyof Site} */ column) => (cells[columns.indexOf(column)] ?? "").trim();
  const site = emptySite(siteOf(typed("domain")));
  if (!site.domain) throw new TableFault("bad_domain", { row, what: typed("domain") });
  for (const column of COLUMNS) {
    if (column === "domain" || typed(column) === "") continue;
    const value = wordOf(column, typed(column), words);
    try {
      SITE[column](value, column);
    } catch (error) {
      if (error instanceof FormatError) throw new TableFault("bad_cell", { row, what: typed(column).slice(0, 60) });
      throw error;
    }
    Object.assign(site, { [column]: value });
  }
  return site;
}

/** The word of an enum by its label in any language; other text as it is. @param {keyof Site} column @param {string} typed @param {Words} words */
function wordOf(column, typed, words) {
  const enumName = ENUMS[column];
  if (!enumName) return typed;
  for (const of of Object.values(words)) {
    for (const [value, words_] of Object.entries(of[enumName] ?? {})) {
      if (words_.toLowerCase() === typed.toLowerCase()) return value;
    }
  }
  return typed;
}
