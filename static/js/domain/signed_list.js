/**
 * A list that an organisation hands on, signed: its site directory, its statement of effort over a period, or, for the
 * police, what was reported of one account in letters whose consent covers them. Twin of
 * `app/domain/signed_list.py`; both replay `tests/vectors/signed_list.json` through the module of the same name in
 * `crypto`. A statement has days, kinds of work, roles, minutes and counts; what was reported of an account has links, and
 * nothing that says whose they are.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{domain: string, service: string, operator: string, abuse: string, jurisdiction: string, hosting: string,
 *   registration: string, breaches: string, last_answer: string, last_answer_on: string|null}} Site
 * @typedef {{on: string, what: string, role: string, minutes: number, links: number}} EffortRow
 * @typedef {{v: 1, portal_id: string, organisation: string, name: {ko: string, en: string}, made_at: string}} Head
 * @typedef {Head & {rows: Site[]}} SitesContent
 * @typedef {Head & {from: string, until: string, rows: EffortRow[]}} EffortContent
 * @typedef {{item: import("./letter.js").Item, state: string, state_on: string}} ReportedLink
 * @typedef {{referral_id: string, report_id: string, received_on: string, leaf: string, sealed_sha256: string,
 *   opened_sha256: string, links: ReportedLink[]}} ReportedLetter
 * @typedef {Head & {reason: string, account: string, reported_in: number, no_consent: number, unopened: number,
 *   rows: ReportedLetter[]}} AccountContent `account`: `site/name`, as it is compared
 * @typedef {{v: 1, kind: "sites"|"effort"|"account", content: any, signature: string,
 *   chain: {signing_key: string, kid: string, signature: string}[]}} SignedList
 */

import { FormatError } from "../errors.js";
import { checkItem, day, LIMITS } from "./letter.js";
import * as vocabulary from "./vocabulary.js";
import * as wire from "./wire.js";

export const KINDS = Object.freeze(["sites", "effort", "account"]);
export const SITES_MOST = 5000;
export const EFFORTS_MOST = 20_000;
export const MINUTES_MOST = 24 * 60;
export const LINKS_MOST = 300;
export const LETTERS_MOST = 1000;
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
const sha256Text = wire.matching(/^[0-9a-f]{64}$/);
const count = wire.integer(0, 1_000_000);
const LETTER = {
  referral_id: wire.b64uText(16),
  report_id: wire.b64uText(16),
  received_on: day,
  leaf: wire.b64uText(32),
  sealed_sha256: sha256Text,
  opened_sha256: sha256Text,
  links: wire.listOf(
    wire.record({ item: checkItem, state: wire.oneOf(vocabulary.ITEM_STATES), state_on: day }),
    LIMITS.items,
    1,
    (link) => link.item.id,
  ),
};
const ACCOUNT = {
  ...HEAD,
  reason: wire.oneOf(vocabulary.EVIDENCE_REASONS),
  account: wire.text(2000, 3),
  reported_in: count,
  no_consent: count,
  unopened: count,
  rows: wire.listOf(wire.record(LETTER), LETTERS_MOST, 1, (letter) => letter.referral_id),
};
/** @type {Record<string, Record<string, wire.Checker<any>>>} */
const CONTENTS = {
  sites: { ...HEAD, rows: wire.listOf(wire.record(SITE), SITES_MOST, 0, (site) => site.domain) },
  effort: { ...HEAD, from: day, until: day, rows: wire.listOf(wire.record(EFFORT), EFFORTS_MOST) },
  account: ACCOUNT,
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
 * period, and of the referrals with an account each is there, or counted as left out.
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
  if (checked.kind === "account") {
    const { reported_in, rows, no_consent, unopened } = content;
    if (reported_in !== rows.length + no_consent + unopened) throw new FormatError("list.content.reported_in");
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
