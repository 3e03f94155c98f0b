// Which of the listed rows an answer is about, and in which order they stand.

import { asksAnything } from "./query.js";
import { asItStands } from "./rows.js";

/**
 * @typedef {import("./rows.js").Row} Row
 * @typedef {{state: string, holder: string, me: string}} Filters those of the page's address
 */

/**
 * @param {Row} row
 * @param {Filters} filters
 * @returns {boolean}
 */
export function isIn(row, { state, holder, me }) {
  if (state && row.state !== state) return false;
  return holder === "mine" ? row.assignee === me : holder !== "unassigned" || row.assignee === null;
}

/**
 * Whether typed words name a row itself: its reference, or who holds it.
 * @param {Row} row
 * @param {string} words
 * @returns {boolean}
 */
export function isNamed(row, words) {
  const typed = words.trim();
  if (typed.length < 2) return false;
  return row.referral_id.startsWith(typed) || (row.assignee ?? "").includes(typed.toLowerCase());
}

/**
 * Rows with the heaviest first; among equals the queue's own order stays.
 * @param {Row[]} rows
 * @param {Record<string, number>} weights by referral; none for one whose summary is not known
 * @returns {Row[]}
 */
export function byRisk(rows, weights) {
  return rows.toSorted((one, other) => (weights[other.referral_id] ?? 0) - (weights[one.referral_id] ?? 0));
}

/**
 * The listed rows that filters and a query are true of.
 * @param {import("./listing.js").Listing} listing
 * @param {Filters} filters
 * @param {import("./query.js").Query} query
 * @returns {Promise<Row[]>}
 */
export async function matching(listing, filters, query) {
  const rows = [...listing.rows.values()].map(asItStands).filter((row) => isIn(row, filters));
  if (!asksAnything({ ...query, order: "" })) return rows;
  const ids = await listing.find(query);
  const byContent = [...query.flags, ...query.harm, ...query.material, ...query.wishes].length > 0;
  return rows.filter((row) => ids.has(row.referral_id) || (!byContent && isNamed(row, query.words)));
}
