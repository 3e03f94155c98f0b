/**
 * What is inside an entry of the site directory before it is sealed: what is known of a site, where that came from, who
 * changed what, and every step. Staff only, and nothing about any victim.
 *
 * @typedef {import("./signed_list.js").Site} Site
 * @typedef {{organisation: string, name: {ko: string, en: string}, fingerprint: string, made_at: string}} Source whose
 *   signed list it came from
 * @typedef {{on: string, by: string, fields: string[]}} Edit
 * @typedef {{v: 1, site: Site, note: string, source: Source|null, edits: Edit[],
 *   steps: import("./record_steps.js").RecordStep[]}} DirectoryContent
 */

import { STEPS } from "./directory_state.js";
import { day } from "./letter.js";
import { stepsOf } from "./record_steps.js";
import { SITE } from "./signed_list.js";
import * as wire from "./wire.js";

/** As many changes as are kept; older ones go. */
export const EDITS_MOST = 60;
export const NOTE_MOST = 2000;
const name = wire.text(200, 1);
const SCHEMA = {
  v: wire.versionOne,
  site: wire.record(SITE),
  note: wire.text(NOTE_MOST),
  source: wire.nullable(
    wire.record({
      organisation: wire.slug,
      name: wire.record({ ko: name, en: name }),
      fingerprint: wire.matching(/^[0-9 ]{5,60}$/),
      made_at: wire.matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
    }),
  ),
  edits: wire.listOf(
    wire.record({ on: day, by: wire.login, fields: wire.severalOf([...Object.keys(SITE), "note"]) }),
    EDITS_MOST,
  ),
  steps: stepsOf(STEPS),
};

/** @param {unknown} value @returns {DirectoryContent} */
const check = (value) => wire.fields(value, SCHEMA, "directory");

export const FORM = Object.freeze({
  /** @param {DirectoryContent} content @returns {Uint8Array} */
  json: (content) => wire.canonicalJson(check(content), "directory"),
  /** @param {Uint8Array} bytes @returns {DirectoryContent} */
  parse: (bytes) => wire.parseInOrder(bytes, check, "directory"),
});

/**
 * The same entry with other things known of its site, and who said so when. Nothing changed, nothing noted.
 * @param {DirectoryContent} content
 * @param {{site: Site, note?: string, source?: Source|null}} changed
 * @param {{on: string, by: string}} who
 * @returns {DirectoryContent}
 */
export function edited(content, { site, note = content.note, source = content.source }, who) {
  const known = /** @type {Record<string, unknown>} */ (/** @type {unknown} */ (content.site));
  const names = Object.entries(site)
    .filter(([field, value]) => known[field] !== value)
    .map(([field]) => field);
  if (note !== content.note) names.push("note");
  if (names.length === 0) return content;
  const edits = [...content.edits, { ...who, fields: names }].slice(-EDITS_MOST);
  return { ...content, site, note, source, edits };
}
