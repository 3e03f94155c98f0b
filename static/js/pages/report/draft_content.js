/**
 * What a kept draft holds: every answer as it was typed, the links' ids, and where the person was. Sealed as a whole; the
 * layout is in SPEC.md, section 7. Touches no page.
 *
 * @typedef {import("../../domain/wire.js").Bytes} Bytes
 * @typedef {Record<string, string | string[]>} Answers by the name of the field; several answers are a list of values
 * @typedef {{report_id: string, sentence_id: string, step: string, answers: Answers,
 *   links: {id: string, answers: Answers}[]}} Draft
 */

import { b64uText, canonicalJson, fields, listOf, parseInOrder, record, text, versionOne } from "../../domain/wire.js";
import { FormatError } from "../../errors.js";
import { mended } from "./mended.js";

const LINKS_MOST = 1000;
const TEXT_MOST = 262_144; // no more fits the largest length anyway
const NAME_MOST = 200;
const VALUES_MOST = 200;

const oneText = text(TEXT_MOST);
const oneName = text(NAME_MOST, 1);
const values = listOf(text(NAME_MOST), VALUES_MOST, 1);

/** @type {import("../../domain/wire.js").Checker<Answers>} */
function answers(value, where) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new FormatError(where);
  /** @type {Answers} */
  const checked = {};
  for (const [name, given] of Object.entries(value)) {
    checked[oneName(name, where)] = (Array.isArray(given) ? values : oneText)(given, where);
  }
  return checked;
}

const DRAFT = {
  v: versionOne,
  report_id: b64uText(16),
  sentence_id: b64uText(16),
  step: text(NAME_MOST),
  answers,
  links: listOf(record({ id: b64uText(16), answers }), LINKS_MOST, 0, (link) => link.id),
};

/** @param {Draft} draft @returns {Bytes} */
export function draftContent(draft) {
  return canonicalJson(fields(wellFormed({ v: 1, ...draft }), DRAFT, "draft"), "draft");
}

/** @param {Uint8Array} bytes @returns {Draft} */
export function parseDraftContent(bytes) {
  return parseInOrder(bytes, (value) => fields(value, DRAFT, "draft"), "draft");
}

/**
 * Half of an emoji, as a cut can leave it, has no UTF-8: a sign stands in its place, and nothing else is lost.
 * @template T
 * @param {T} value
 * @returns {T}
 */
function wellFormed(value) {
  return JSON.parse(JSON.stringify(value), (_name, one) => (typeof one === "string" ? mended(one) : one));
}
