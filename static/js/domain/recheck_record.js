/**
 * What is inside a piece of a campaign's queue before it is sealed: addresses to look at again, and what people saw who
 * did. A piece holds as many as fit together with what will be seen; a campaign has any number of pieces.
 *
 * @typedef {{on: string, by: string, answer: string}} Look
 * @typedef {{id: string, url: string, what: string, referral: string|null, item: string|null, looks: Look[]}} Entry
 *   `referral` and `item` name the link of a letter where it is one's
 * @typedef {{v: 1, campaign: string, entries: Entry[]}} RecheckContent
 */

import { day } from "./letter.js";
import { RECORD_BUCKETS } from "./sealed_length.js";
import { RECHECK_ANSWERS } from "./vocabulary.js";
import * as wire from "./wire.js";

export const ENTRIES_MOST = 60;
/** Looks that are kept of one entry; older ones go. */
export const LOOKS_MOST = 8;
export const URL_MOST = 8192;
const ROOM_FOR_LOOKS = LOOKS_MOST * 104; // the longest login, and what stands around it
const PIECE_MOST = Math.max(...RECORD_BUCKETS) - 512;
const SCHEMA = {
  v: wire.versionOne,
  campaign: wire.b64uText(16),
  entries: wire.listOf(
    wire.record({
      id: wire.b64uText(16),
      url: wire.text(URL_MOST, 1),
      what: wire.text(200),
      referral: wire.nullable(wire.b64uText(16)),
      item: wire.nullable(wire.b64uText(16)),
      looks: wire.listOf(wire.record({ on: day, by: wire.login, answer: wire.oneOf(RECHECK_ANSWERS) }), LOOKS_MOST),
    }),
    ENTRIES_MOST,
    1,
    ({ id }) => id,
  ),
};

/** @param {unknown} value @returns {RecheckContent} */
const check = (value) => wire.fields(value, SCHEMA, "recheck");

export const FORM = Object.freeze({
  /** @param {RecheckContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "recheck"),
  /** @param {Uint8Array} bytes @returns {RecheckContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "recheck"),
});

/**
 * Entries in pieces that fit a record each, with room for all that will be seen.
 * @param {string} campaign b64u
 * @param {readonly Entry[]} entries
 * @returns {RecheckContent[]}
 */
export function pieces(campaign, entries) {
  /** @type {RecheckContent[]} */
  const made = [];
  let size = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const own = wire.canonicalJson({ ...entry, looks: [] }).length + ROOM_FOR_LOOKS;
    const last = made.at(-1);
    if (last && size + own <= PIECE_MOST && last.entries.length < ENTRIES_MOST) {
      last.entries.push(entry);
      size += own;
    } else {
      made.push({ v: 1, campaign, entries: [entry] });
      size = own;
    }
  }
  return made;
}

/**
 * A piece in which somebody looked at an entry. One answer a day and person: a second one corrects the first.
 * @param {RecheckContent} content @param {string} id @param {Look} look @returns {RecheckContent}
 */
export function looked(content, id, look) {
  const entries = content.entries.map((entry) => {
    if (entry.id !== id) return entry;
    const others = entry.looks.filter(({ on, by }) => on !== look.on || by !== look.by);
    return { ...entry, looks: [...others, look].slice(-LOOKS_MOST) };
  });
  return { ...content, entries };
}

/**
 * What to look at next: what nobody looked at since `since`, longest ago first, what nobody ever looked at before all.
 * @param {readonly Entry[]} entries @param {string} since a day @returns {Entry[]}
 */
export function waiting(entries, since) {
  const last = (/** @type {Entry} */ { looks }) => looks.at(-1)?.on ?? "";
  return entries
    .filter((entry) => last(entry) < since)
    .toSorted((a, b) => (last(a) < last(b) ? -1 : Number(last(a) > last(b))));
}

/**
 * How often people looked, week by week, and what they saw.
 * @param {readonly Entry[]} entries
 * @returns {{week: string, there: number, gone: number, unsure: number}[]} `week`: its Monday
 */
export function weeks(entries) {
  /** @type {Map<string, {week: string, there: number, gone: number, unsure: number}>} */
  const found = new Map();
  for (const { on, answer } of entries.flatMap(({ looks }) => looks)) {
    const week = mondayOf(on);
    const row = found.get(week) ?? { week, there: 0, gone: 0, unsure: 0 };
    row[/** @type {"there"|"gone"|"unsure"} */ (answer)] += 1;
    found.set(week, row);
  }
  return [...found.values()].sort((a, b) => (a.week < b.week ? -1 : 1));
}

/** The Monday of a day's week. @param {string} on YYYY-MM-DD @returns {string} */
export function mondayOf(on) {
  const date = new Date(`${on}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
