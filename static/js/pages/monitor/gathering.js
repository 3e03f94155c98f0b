// Links out of a pasted text or a table: each once, and those that went out before left out. Touches no page.

import { canonicalUrl } from "../../domain/canonical_url.js";
import { csvRows, fileText } from "../../domain/csv.js";
import { LIMITS } from "../../domain/letter.js";
import { addressesIn } from "../../domain/pasted_text.js";

/** @typedef {import("../../domain/batch_record.js").Row} Row */

/** As many links as go out at once. */
export const LINKS_MOST = 10_000;
/** What the columns are called, whoever made the table. @type {Record<keyof Row, string[]>} */
const NAMES = {
  url: ["url", "address", "link", "주소", "링크", "url 주소"],
  place: ["place", "위치", "게시 위치"],
  poster: ["poster", "게시자", "게시자 id"],
};

/** A table has no column of addresses. */
export class NoColumn extends Error {
  /** @override */
  name = "NoColumn";
}

/** @param {string} text @returns {Row[]} */
export function rowsPasted(text) {
  return addressesIn(text).map((url) => ({ url, place: "", poster: "" }));
}

/**
 * @param {Uint8Array} bytes a table with its columns named, or a plain list of addresses
 * @returns {Row[]}
 * @throws {NoColumn} or FormatError for what is no table that can be read
 */
export function rowsInFile(bytes) {
  const text = fileText(bytes);
  const [head = [], ...others] = csvRows(text, LINKS_MOST);
  const places = /** @type {(keyof Row)[]} */ (["url", "place", "poster"]).map((name) => [name, placeOf(head, name)]);
  const { url, place, poster } = Object.fromEntries(places);
  if (url === -1) {
    if (head.length > 1 || rowsPasted(text).length === 0) throw new NoColumn();
    return rowsPasted(text); // one address a line, with no name above
  }
  const cell = (/** @type {string[]} */ row, /** @type {number} */ at) => (at === -1 ? "" : (row[at] ?? "").trim());
  return others
    .map((row) => ({ url: cell(row, url), place: cut(cell(row, place)), poster: cut(cell(row, poster)) }))
    .filter((row) => row.url !== "" && row.url.length <= LIMITS.url);
}

/** @param {string[]} head @param {keyof Row} name */
function placeOf(head, name) {
  return head.findIndex((words) => NAMES[name].includes(words.trim().toLowerCase()));
}

/** @param {string} words */
function cut(words) {
  return [...words].slice(0, LIMITS.short).join("");
}

/**
 * What goes out: each address once, and none that went out before unless that is wanted.
 * @param {readonly Row[]} rows
 * @param {Iterable<string>} sentBefore addresses
 * @returns {{rows: Row[], twice: number, before: number}}
 */
export function gathered(rows, sentBefore) {
  const sent = new Set([...sentBefore].map(sameAs));
  const seen = new Set();
  const found = { rows: /** @type {Row[]} */ ([]), twice: 0, before: 0 };
  for (const row of rows) {
    const same = sameAs(row.url);
    if (seen.has(same)) found.twice += 1;
    else if (sent.has(same)) found.before += 1;
    else found.rows.push(row);
    seen.add(same);
  }
  return found;
}

/** @param {string} url */
function sameAs(url) {
  try {
    return canonicalUrl(url);
  } catch {
    return url;
  }
}
