/**
 * Platforms by their addresses: aliases of hosts, forms of one address, posters. Twin of `app/domain/platform.py`; both
 * replay `tests/vectors/platform.json` and read the same list, whose patterns use only what both languages read alike.
 *
 * @typedef {{pattern: RegExp, to: string, lower: boolean}} Rule one form of an address without its scheme, and how it is
 *   written in the end; `$1` is the first group
 * @typedef {{slug: string, name: {ko: string, en: string}, host: string, aliases: string[], rules: Rule[],
 *   poster: RegExp|null}} Platform `poster` finds who posted in a canonical address without its scheme
 */

import { PLATFORMS } from "../data/platforms.js";

/** The canonicaliser's version: tags of two versions are never compared. @type {number} */
export const LIST_VERSION = PLATFORMS.version;

/** @type {readonly Platform[]} */
export const PLATFORM_LIST = PLATFORMS.platforms.map(
  (/** @type {any} */ { slug, name, host, aliases, rules, poster }) => ({
    slug,
    name,
    host,
    aliases,
    rules: rules.map((/** @type {any} */ rule) => ({
      pattern: new RegExp(rule.from),
      to: rule.to,
      lower: rule.lower ?? false,
    })),
    poster: poster ? new RegExp(poster) : null,
  }),
);

/** @type {readonly string[]} */
const TRACKING_PREFIXES = PLATFORMS.tracking_prefixes;
/** @type {ReadonlySet<string>} */
const TRACKING_PARAMETERS = new Set(PLATFORMS.tracking_parameters);

/** Whether a parameter of a query only tells who passed the link on. @param {string} parameter */
export function isTracking(parameter) {
  const name = parameter.toLowerCase();
  return TRACKING_PARAMETERS.has(name) || TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** The host that stands for a host: itself, or that of the platform whose alias it is. @param {string} host */
export function hostOfRecord(host) {
  return PLATFORM_LIST.find(({ aliases }) => aliases.includes(host))?.host ?? host;
}

/** The one form of an address without its scheme: the first rule that fits decides, else it stays. @param {string} address */
export function oneForm(address) {
  for (const { pattern, to, lower } of PLATFORM_LIST.flatMap(({ rules }) => rules)) {
    const found = pattern.exec(address);
    if (found) {
      const form = to.replace(/\$([1-9])/g, (_, number) => found[Number(number)] ?? "");
      return lower ? form.toLowerCase() : form;
    }
  }
  return address;
}

/** The slug of the platform that a canonical address without its scheme is on, or null. @param {string} address */
export function platformOf(address) {
  const host = address.split(/[/?]/, 1)[0];
  return PLATFORM_LIST.find((platform) => platform.host === host)?.slug ?? null;
}

/** Who posted, where a canonical address without its scheme says so: small letters, no leading @; or null. @param {string} address */
export function posterIn(address) {
  for (const { poster } of PLATFORM_LIST) {
    const found = poster?.exec(address)?.[1];
    if (found) return found.toLowerCase().replace(/^@/, "");
  }
  return null;
}
