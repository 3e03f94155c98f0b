// The links of letters that were opened here, as one list: what a decision needs, and nothing else of the letters.

import { matchKeys } from "../../domain/canonical_url.js";
import { FormatError } from "../../errors.js";

/**
 * @typedef {object} Link
 * @property {string} key of the referral and the item together: what an item's id says alone is only what its letter says
 * @property {string} referral b64u
 * @property {string} item b64u
 * @property {number} number as the reporter sees it: from 1
 * @property {string} state where it stands, as far as the portal said
 * @property {string} since YYYY-MM-DD, empty where nothing was done yet
 * @property {string|null} url as typed
 * @property {string} site
 * @property {string} ageGroup of the person, as her letter says
 * @property {any} said what the letter says of it: place, poster, title_keywords, kind, commercial, spread and days
 */

const UNSAID = "undisclosed";
const MINORS = new Set(["under_14", "14_to_18"]);
/** @type {Readonly<Record<string, ReadonlySet<string>>>} */
const GROUPS = Object.freeze({
  open: new Set([
    "reported",
    "checked",
    "requested_operator",
    "requested_commission",
    "requested_police",
    "reappeared",
  ]),
  ordered: new Set(["correction_requested", "unreachable", "monitoring"]),
  done: new Set(["removed", "blocked", "refused", "site_closed"]),
});

/**
 * @param {import('../referral/types.js').Case} held with its letter
 * @returns {Link[]}
 */
export function linksOf({ opening, letter, items }) {
  const states = new Map(opening.items.map((one) => [one.item_id, one]));
  return items.map((item, index) => ({
    key: `${opening.referral_id} ${item.id}`,
    referral: opening.referral_id,
    item: item.id,
    number: index + 1,
    state: states.get(item.id)?.state ?? "reported",
    since: states.get(item.id)?.state_on ?? "",
    url: item.url,
    site: siteOf(item),
    ageGroup: letter.reporter.age_group === UNSAID ? "" : letter.reporter.age_group,
    said: item,
  }));
}

/**
 * @param {any} item
 * @returns {string} the site in the form in which sites are compared; empty for none
 */
export function siteOf(item) {
  try {
    return matchKeys(item).find(({ kind }) => kind === "site")?.canonical ?? "";
  } catch (error) {
    if (error instanceof FormatError) return "";
    throw error;
  }
}

/** @param {Link} link @returns {boolean} whether somebody under 19 is concerned, as far as the letter says */
export function isUnder19({ ageGroup }) {
  return MINORS.has(ageGroup);
}

/**
 * @param {string} which `open`, `ordered`, `done` or `all`
 * @param {string} words part of a site or an address
 * @returns {(link: Link) => boolean}
 */
export function filterOf(which, words) {
  const wanted = words.trim().normalize("NFC").toLowerCase();
  const group = GROUPS[which];
  return ({ state, url, site }) => {
    if (group && !group.has(state)) return false;
    return !wanted || `${site} ${url ?? ""}`.normalize("NFC").toLowerCase().includes(wanted);
  };
}

/**
 * What is said of a link that has no address.
 * @param {Link} link
 * @returns {string}
 */
export function whereOf({ url, said }) {
  return url === null ? [said.place, said.title_keywords].filter(Boolean).join(" · ") : "";
}

/**
 * @param {string} value of an enum or a day
 * @returns {string} empty where the reporter did not say
 */
export function stated(value) {
  return [UNSAID, "unknown"].includes(value) ? "" : value;
}
