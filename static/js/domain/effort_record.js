/**
 * What is inside a record of effort before it is sealed: what was done, on which day, for how many minutes, in which role,
 * and for which referrals and links. A statement says none of the latter, nor who it was.
 *
 * @typedef {{v: 1, on: string, what: string, minutes: number, role: string, referrals: string[], items: string[],
 *   note: string, struck: boolean}} EffortContent `struck`: entered by mistake; it stays, and counts for nothing
 */

import { day } from "./letter.js";
import { LINKS_MOST, MINUTES_MOST } from "./signed_list.js";
import { EFFORT_KINDS, ROLES } from "./vocabulary.js";
import * as wire from "./wire.js";

const SCHEMA = {
  v: wire.versionOne,
  on: day,
  what: wire.oneOf(EFFORT_KINDS),
  minutes: wire.integer(1, MINUTES_MOST),
  role: wire.oneOf(ROLES),
  referrals: wire.listOf(wire.b64uText(16), LINKS_MOST, 0, (id) => id),
  items: wire.listOf(wire.b64uText(16), LINKS_MOST, 0, (id) => id),
  note: wire.text(300),
  struck: wire.boolean,
};

/** @param {unknown} value @returns {EffortContent} */
const check = (value) => wire.fields(value, SCHEMA, "effort");

export const FORM = Object.freeze({
  /** @param {EffortContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "effort"),
  /** @param {Uint8Array} bytes @returns {EffortContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "effort"),
});

/**
 * The rows of a statement: days, kinds of work, roles, minutes, how many links. Nothing says whose they are.
 * @param {readonly EffortContent[]} efforts
 * @param {{from: string, until: string}} period both days count
 * @returns {import("./signed_list.js").EffortRow[]} by day, in an order that does not tell when each was entered
 */
export function statementRows(efforts, { from, until }) {
  return efforts
    .filter(({ on, struck }) => !struck && on >= from && on <= until)
    .map(({ on, what, role, minutes, items }) => ({ on, what, role, minutes, links: items.length }))
    .sort(
      (a, b) =>
        compared(a.on, b.on) ||
        compared(a.what, b.what) ||
        compared(a.role, b.role) ||
        a.minutes - b.minutes ||
        a.links - b.links,
    );
}

/**
 * Sums by kind of work, in the vocabulary's order; kinds without any are left out.
 * @param {readonly import("./signed_list.js").EffortRow[]} rows
 * @returns {{what: string, times: number, minutes: number, links: number}[]}
 */
export function sums(rows) {
  return EFFORT_KINDS.map((what) => {
    const own = rows.filter((row) => row.what === what);
    const total = (/** @type {"minutes"|"links"} */ name) => own.reduce((sum, row) => sum + row[name], 0);
    return { what, times: own.length, minutes: total("minutes"), links: total("links") };
  }).filter(({ times }) => times > 0);
}

/** @param {string} a @param {string} b */
function compared(a, b) {
  return a < b ? -1 : Number(a > b);
}
