/**
 * The letter: what one organisation may read of one report, as JSON with every field present, in this order.
 * Twin of `app/domain/letter.py`; both replay `tests/vectors/letter.json`. Ids and keys inside are b64u text, every enum
 * is in `vocabulary`, free text is as typed.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{role: string, age_group: string, proxy: string, relation: string}} Reporter
 * @typedef {{id: string, url: string|null, kind: string, place: string, poster: string, title_keywords: string,
 *   commercial: string, first_seen: string, last_seen: string, posted: string, spread: string}} Item
 * @typedef {{kinds: string[], ongoing: string, deadline: string}} Threat
 * @typedef {{kind: string, reference: string}} Prior
 * @typedef {{language: string, disability: string[], danger: string, region: string}} Help
 * @typedef {{purposes: string[], pass_on: string[]}} Consent
 * @typedef {{text: string}} Account
 * @typedef {{name: string, handles: string[], text: string}} Offender
 * @typedef {{channel: string, address: string, safe_hours: string, avoid: string}} Contact
 * @typedef {{v: 1, report_id: string, lang: string, reporter: Reporter, items: Item[], harm: string[],
 *   material: string[], threat: Threat, identity_leak: string[], incident_place: string, prior: Prior[], help: Help,
 *   wishes: string[], consent: Consent, account: Account|null, offender: Offender|null, contact: Contact|null,
 *   reply_key: string, log_key: string}} Letter
 */

import { FormatError } from "../errors.js";
import * as vocabulary from "./vocabulary.js";
import { UNDISCLOSED } from "./vocabulary.js";
import * as wire from "./wire.js";

/** Longest texts in characters (code points), most entries in lists. */
export const LIMITS = Object.freeze({ url: 8192, short: 1000, long: 50_000, items: 500, prior: 20, handles: 50 });

/** @type {wire.Checker<string>} a real day, YYYY-MM-DD, from year 1 on */
export function day(value, where) {
  if (typeof value !== "string" || !isDay(value)) throw new FormatError(where);
  return value;
}

/** @type {wire.Checker<string>} a date as well as it is remembered: YYYY, YYYY-MM, YYYY-MM-DD, or undisclosed */
export function roughDate(value, where) {
  if (value === UNDISCLOSED) return UNDISCLOSED;
  if (typeof value !== "string" || !(isDay(value) || isDay(`${value}-01`) || isDay(`${value}-01-01`))) {
    throw new FormatError(where);
  }
  return value;
}

/** @param {string} text */
function isDay(text) {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
  if (!found) return false;
  const [year, month, date] = found.slice(1).map(Number);
  if (!year || !month || !date || month > 12) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const longest = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return date <= longest;
}

const short = wire.text(LIMITS.short);
const long = wire.text(LIMITS.long);
const yesNo = wire.oneOf(vocabulary.YES_NO);

/** @type {wire.Checker<Item>} */
export const checkItem = wire.record({
  id: wire.b64uText(16),
  url: wire.nullable(wire.text(LIMITS.url, 1)),
  kind: wire.oneOf(vocabulary.LINK_KINDS),
  place: short,
  poster: short,
  title_keywords: short,
  commercial: wire.oneOf(vocabulary.COMMERCIAL),
  first_seen: roughDate,
  last_seen: roughDate,
  posted: roughDate,
  spread: wire.oneOf(vocabulary.SPREAD),
});

/** @type {wire.Checker<Item[]>} */
export const checkItems = wire.listOf(checkItem, LIMITS.items, 0, (item) => item.id);

/** @type {wire.Checker<Consent>} */
export const checkConsent = wire.record({
  purposes: wire.severalOf(vocabulary.PURPOSES),
  pass_on: wire.severalOf(vocabulary.ORGANISATION_KINDS),
});

const LETTER = {
  v: wire.versionOne,
  report_id: wire.b64uText(16),
  lang: wire.oneOf(vocabulary.LANGUAGES),
  reporter: wire.record({
    role: wire.oneOf(vocabulary.REPORTER_ROLES),
    age_group: wire.oneOf(vocabulary.AGE_GROUPS),
    proxy: yesNo,
    relation: wire.oneOf(vocabulary.RELATIONS),
  }),
  items: checkItems,
  harm: wire.severalOf(vocabulary.HARMS),
  material: wire.severalOf(vocabulary.MATERIALS),
  threat: wire.record({ kinds: wire.severalOf(vocabulary.THREAT_KINDS), ongoing: yesNo, deadline: short }),
  identity_leak: wire.severalOf(vocabulary.IDENTITY_LEAKS),
  incident_place: short,
  prior: wire.listOf(wire.record({ kind: wire.oneOf(vocabulary.PRIOR_KINDS), reference: short }), LIMITS.prior),
  help: wire.record({
    language: wire.oneOf(vocabulary.HELP_LANGUAGES),
    disability: wire.severalOf(vocabulary.DISABILITY_SUPPORT),
    danger: yesNo,
    region: wire.oneOf(vocabulary.REGIONS),
  }),
  wishes: wire.severalOf(vocabulary.WISHES),
  consent: checkConsent,
  account: wire.nullable(wire.record({ text: long })),
  offender: wire.nullable(
    wire.record({ name: short, handles: wire.listOf(wire.text(LIMITS.short, 1), LIMITS.handles), text: long }),
  ),
  contact: wire.nullable(
    wire.record({ channel: wire.oneOf(vocabulary.CONTACT_CHANNELS), address: short, safe_hours: short, avoid: short }),
  ),
  reply_key: wire.b64uText(32),
  log_key: wire.b64uText(32),
};

/** A letter that is already an object, with its fields in order. @param {unknown} value @returns {Letter} */
export function checkLetter(value) {
  return wire.fields(value, LETTER, "letter");
}

/** Serialises a letter in the one way that `parseLetter` accepts. @param {Letter} letter @returns {Bytes} */
export function letterJson(letter) {
  return wire.canonicalJson(checkLetter(letter), "letter");
}

/** Parses a letter after padding was removed. @param {Uint8Array} plaintext @returns {Letter} */
export function parseLetter(plaintext) {
  return wire.parseInOrder(plaintext, checkLetter, "letter");
}

/**
 * A link about which nothing is known yet.
 * @param {Uint8Array} itemId 16 bytes @returns {Item}
 */
export function emptyItem(itemId) {
  return {
    id: wire.b64uEncode(itemId),
    url: null,
    kind: UNDISCLOSED,
    place: "",
    poster: "",
    title_keywords: "",
    commercial: UNDISCLOSED,
    first_seen: UNDISCLOSED,
    last_seen: UNDISCLOSED,
    posted: UNDISCLOSED,
    spread: UNDISCLOSED,
  };
}

/**
 * A letter that says nothing yet; its keys are zero until it is sealed.
 * @param {{reportId: Uint8Array, lang: string}} start @returns {Letter}
 */
export function emptyLetter({ reportId, lang }) {
  const noKey = wire.b64uEncode(new Uint8Array(32));
  return {
    v: 1,
    report_id: wire.b64uEncode(reportId),
    lang,
    reporter: { role: UNDISCLOSED, age_group: UNDISCLOSED, proxy: UNDISCLOSED, relation: UNDISCLOSED },
    items: [],
    harm: [],
    material: [],
    threat: { kinds: [], ongoing: UNDISCLOSED, deadline: "" },
    identity_leak: [],
    incident_place: "",
    prior: [],
    help: { language: UNDISCLOSED, disability: [], danger: UNDISCLOSED, region: UNDISCLOSED },
    wishes: [],
    consent: { purposes: [], pass_on: [] },
    account: null,
    offender: null,
    contact: null,
    reply_key: noKey,
    log_key: noKey,
  };
}
