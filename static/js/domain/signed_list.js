/**
 * A list that an organisation hands on, signed: its site directory, or its statement of effort over a period. Twin of
 * `app/domain/signed_list.py`; both replay `tests/vectors/signed_list.json` through the module of the same name in
 * `crypto`. Nothing in it is about a victim: a statement has days, kinds of work, roles, minutes and counts.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{domain: string, service: string, operator: string, abuse: string, jurisdiction: string, hosting: string,
 *   registration: string, breaches: string, last_answer: string, last_answer_on: string|null}} Site
 * @typedef {{on: string, what: string, role: string, minutes: number, links: number}} EffortRow
 * @typedef {{v: 1, portal_id: string, organisation: string, name: {ko: string, en: string}, made_at: string}} Head
 * @typedef {Head & {rows: Site[]}} SitesContent
 * @typedef {Head & {from: string, until: string, rows: EffortRow[]}} EffortContent
 * @typedef {{v: 1, kind: "sites"|"effort", content: any, signature: string,
 *   chain: {signing_key: string, kid: string, signature: string}[]}} SignedList
 */

import { FormatError } from "../errors.js";
import { day } from "./letter.js";
import * as vocabulary from "./vocabulary.js";
import * as wire from "./wire.js";

export const KINDS = Object.freeze(["sites", "effort"]);
export const SITES_MOST = 5000;
export const EFFORTS_MOST = 20_000;
export const MINUTES_MOST = 24 * 60;
export const LINKS_MOST = 300;
const CHAIN_MOST = 1000;
const name = wire.text(200, 1);

/** A host as `canonical_url` writes it: small letters, two labels or more, or an IPv6 address. */
export const domain = wire.matching(/^(?=.{1,253}$)(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)+|\[[0-9a-f:.]+\])(?::[0-9]{1,5})?$/);
/** The fields of one site, in order. */
export const SITE = Object.freeze({
  domain,
  service: wire.oneOf(vocabulary.SITE_KINDS),
  operator: wire.text(200),
  abuse: wire.text(400),
  jurisdiction: wire.text(100),
  hosting: wire.text(100),
  registration: wire.oneOf(vocabulary.REGISTRATIONS),
  breaches: wire.text(2000),
  last_answer: wire.text(1000),
  last_answer_on: wire.nullable(day),
});
const EFFORT = {
  on: day,
  what: wire.oneOf(vocabulary.EFFORT_KINDS),
  role: wire.oneOf(vocabulary.ROLES),
  minutes: wire.integer(1, MINUTES_MOST),
  links: wire.integer(0, LINKS_MOST),
};
const HEAD = {
  v: wire.versionOne,
  portal_id: wire.b64uText(16),
  organisation: wire.slug,
  name: wire.record({ ko: name, en: name }),
  made_at: wire.matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
};
/** @type {Record<string, Record<string, wire.Checker<any>>>} */
const CONTENTS = {
  sites: { ...HEAD, rows: wire.listOf(wire.record(SITE), SITES_MOST, 0, (site) => site.domain) },
  effort: { ...HEAD, from: day, until: day, rows: wire.listOf(wire.record(EFFORT), EFFORTS_MOST) },
};
const LIST = {
  v: wire.versionOne,
  kind: wire.oneOf(KINDS),
  content: (/** @type {unknown} */ value) => value,
  signature: wire.b64uText(64),
  chain: wire.listOf(
    wire.record({ signing_key: wire.b64uText(32), kid: wire.b64uText(16), signature: wire.b64uText(64) }),
    CHAIN_MOST,
    1,
  ),
};

/**
 * A list's form, its fields in order; whether it is true is `crypto/signed_list`'s. A statement has no work outside its
 * period.
 * @param {unknown} value @returns {SignedList}
 */
export function checkList(value) {
  const checked = wire.fields(value, LIST, "list");
  const content = wire.fields(checked.content, CONTENTS[checked.kind] ?? {}, "list.content");
  if (checked.kind === "effort") {
    content.rows.forEach((/** @type {EffortRow} */ { on }, /** @type {number} */ number) => {
      if (on < content.from || on > content.until) throw new FormatError(`list.content.rows.${number}.on`);
    });
  }
  return { ...checked, content };
}

/** Serialises a list in the one way that `parseList` accepts. @param {unknown} value @returns {Bytes} */
export function listJson(value) {
  return wire.canonicalJson(checkList(value), "list");
}

/** Parses a list; line breaks around it are none of it. @param {Uint8Array} content @returns {SignedList} */
export function parseList(content) {
  let [from, until] = [0, content.length];
  while (from < until && isBreak(content[from])) from += 1;
  while (until > from && isBreak(content[until - 1])) until -= 1;
  return wire.parseInOrder(content.slice(from, until), checkList, "list");
}

/** @param {number|undefined} byte */
function isBreak(byte) {
  return byte === 10 || byte === 13;
}
