// What staff know of a letter without opening it again: words of enums and match tags, nothing that anybody typed.
// It is sealed under the summary key before it leaves the browser.

import { matchTag } from "../../crypto/summary.js";
import { CANONICALISER_VERSION, matchKeys } from "../../domain/canonical_url.js";
import * as words from "../../domain/vocabulary.js";
import {
  b64uEncode,
  canonicalJson,
  fields,
  integer,
  oneOf,
  record,
  severalOf,
  utf8Decode,
  versionOne,
} from "../../domain/wire.js";
import { FormatError } from "../../errors.js";

/** What fits the largest summary; a referral with more links is matched by its first ones. */
const MOST_LINKS = 1000;
const TAG_KINDS = /** @type {const} */ (["url", "site", "poster"]);

/**
 * @typedef {{v: 1, canonicaliser: number, role: string, age_group: string, harm: string[], material: string[],
 *   threat: string[], ongoing: string, danger: string, spread: string[], wishes: string[], links: number,
 *   tags: {url: string[], site: string[], poster: string[]}}} SummaryContent
 */

/** Canonical b64u of eight bytes, or nothing. */
const TAG = /^(?:[A-Za-z0-9_-]{10}[AEIMQUYcgkosw048])?$/;

/**
 * There are hundreds of thousands of them in a queue: none is decoded, and none gets a path of its own.
 * @type {import('../../domain/wire.js').Checker<string[]>}
 */
function tags(value, where) {
  if (!Array.isArray(value) || value.length > MOST_LINKS) throw new FormatError(where);
  for (const one of value) if (typeof one !== "string" || !TAG.test(one)) throw new FormatError(where);
  return value;
}

const SCHEMA = {
  v: versionOne,
  canonicaliser: integer(1, 1_000_000),
  role: oneOf(words.REPORTER_ROLES),
  age_group: oneOf(words.AGE_GROUPS),
  harm: severalOf(words.HARMS),
  material: severalOf(words.MATERIALS),
  threat: severalOf(words.THREAT_KINDS),
  ongoing: oneOf(words.YES_NO),
  danger: oneOf(words.YES_NO),
  spread: severalOf(words.SPREAD),
  wishes: severalOf(words.WISHES),
  links: integer(0, MOST_LINKS),
  tags: record({ url: tags, site: tags, poster: tags }),
};

/**
 * Make the summary of a letter and of the links that came after it.
 * @param {any} letter parsed
 * @param {any[]} items the letter's and later ones
 * @returns {Promise<SummaryContent>}
 */
export async function summaryOf(letter, items) {
  const perItem = await Promise.all(items.slice(0, MOST_LINKS).map(tagsOf));
  const column = (/** @type {'url'|'site'|'poster'} */ kind) => perItem.map((one) => one[kind]);
  return {
    v: 1,
    canonicaliser: CANONICALISER_VERSION,
    role: letter.reporter.role,
    age_group: letter.reporter.age_group,
    harm: letter.harm,
    material: letter.material,
    threat: letter.threat.kinds,
    ongoing: letter.threat.ongoing,
    danger: letter.help.danger,
    spread: words.SPREAD.filter((word) => items.some((item) => item.spread === word)),
    wishes: letter.wishes,
    links: perItem.length,
    tags: { url: column("url"), site: column("site"), poster: column("poster") },
  };
}

/**
 * @param {SummaryContent} summary
 * @returns {Uint8Array}
 */
export function summaryJson(summary) {
  return canonicalJson(checkSummary(summary), "summary");
}

/**
 * @param {Uint8Array} bytes
 * @returns {SummaryContent}
 * @throws {FormatError}
 */
export function parseSummary(bytes) {
  const source = utf8Decode(bytes, "summary");
  let value;
  try {
    value = JSON.parse(source);
  } catch {
    throw new FormatError("summary");
  }
  // As `parseInOrder` does it, in one pass: the schema leaves room for nothing that has to be looked at by itself.
  const summary = checkSummary(value);
  if (JSON.stringify(summary) !== source) throw new FormatError("summary");
  return summary;
}

/**
 * @param {unknown} value
 * @returns {SummaryContent}
 */
function checkSummary(value) {
  const summary = fields(value, SCHEMA, "summary");
  const even = TAG_KINDS.every((kind) => summary.tags[kind].length === summary.links);
  if (!even) throw new FormatError("summary.tags");
  return summary;
}

/**
 * The tags of one link; an empty one where there is nothing to match by.
 * @param {any} item
 * @returns {Promise<{url: string, site: string, poster: string}>}
 */
export async function tagsOf(item) {
  const found = { url: "", site: "", poster: "" };
  for (const { kind, canonical } of keysOf(item)) {
    found[kind] = b64uEncode(await matchTag({ canonicaliserVersion: CANONICALISER_VERSION, kind, canonical }));
  }
  return found;
}

/**
 * An address that is no address still belongs to a report: it only cannot be matched.
 * @param {any} item
 * @returns {{kind: 'url'|'site'|'poster', canonical: string}[]}
 */
function keysOf(item) {
  try {
    return matchKeys(item);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}
