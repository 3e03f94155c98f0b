/**
 * Platforms by their addresses: aliases of hosts, forms of one address, posters, shapes. Twin of
 * `app/domain/platform.py`; both replay `tests/vectors/platform.json` and read the same list, whose patterns use only
 * what both languages read alike. It holds services that everybody knows: a list of lesser sites would be a map.
 *
 * @typedef {{pattern: RegExp, to: string, lower: boolean}} Rule one form of an address without its scheme, and how it is
 *   written in the end; `$1` is the first group
 * @typedef {{pattern: RegExp, kind: string, pointsAt: string}} Shape what an address tells by its shape: sought in all
 *   that follows the host, or in a link of an app
 * @typedef {{slug: string, name: {ko: string, en: string}, host: string, aliases: string[], kind: string,
 *   pointsAt: string, copy: string, also: Record<string, [kind: string, pointsAt: string]>, suffixes: string[],
 *   schemes: string[], needsFragment: boolean, shapes: Shape[], rules: Rule[], poster: RegExp|null}} Platform
 *   `poster` finds who posted in a canonical address without its scheme; `kind` and `pointsAt` hold where no shape fits;
 *   `also` are hosts of its own that mean one thing only, `suffixes` what its hosts end in, `schemes` its app's; `copy`
 *   names the words on how to copy a link there; with `needsFragment`, a link without one opens nothing
 */

import { PLATFORMS } from "../data/platforms.js";

/** The canonicaliser's version: tags of two versions are never compared. @type {number} */
export const LIST_VERSION = PLATFORMS.version;

/** @type {readonly Platform[]} */
export const PLATFORM_LIST = PLATFORMS.platforms.map((/** @type {any} */ each) => ({
  slug: each.slug,
  name: each.name,
  host: each.host,
  aliases: each.aliases,
  kind: each.kind,
  pointsAt: each.points_at,
  copy: each.copy,
  also: each.also ?? {},
  suffixes: each.suffixes ?? [],
  schemes: each.schemes ?? [],
  needsFragment: each.needs_fragment ?? false,
  shapes: each.shapes.map((/** @type {string[]} */ [pattern = "", kind, pointsAt]) => ({
    pattern: new RegExp(pattern),
    kind,
    pointsAt,
  })),
  rules: each.rules.map((/** @type {any} */ rule) => ({
    pattern: new RegExp(rule.from),
    to: rule.to,
    lower: rule.lower ?? false,
  })),
  poster: each.poster ? new RegExp(each.poster) : null,
}));

/** @type {readonly string[]} */
const TRACKING_PREFIXES = PLATFORMS.tracking_prefixes;
/** @type {ReadonlySet<string>} */
const TRACKING_PARAMETERS = new Set(PLATFORMS.tracking_parameters);
const RULES = PLATFORM_LIST.flatMap(({ rules }) => rules);

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
  for (const { pattern, to, lower } of RULES) {
    const found = pattern.exec(address);
    if (found) {
      const form = to.replace(/\$([1-9])/g, (_, number) => found[Number(number)] ?? "");
      return lower ? small(form) : form;
    }
  }
  return address;
}

/**
 * The platform that a canonical host belongs to: by its own name first, then by what it ends in; or null.
 * @param {string} host @returns {Platform | null}
 */
export function platformAt(host) {
  const named = PLATFORM_LIST.find((each) => host === each.host || Object.hasOwn(each.also, host));
  const within = (/** @type {string} */ end) => host === end || host.endsWith(`.${end}`);
  return named ?? PLATFORM_LIST.find(({ suffixes }) => suffixes.some(within)) ?? null;
}

/** The slug of the platform that a canonical address without its scheme is on, or null. @param {string} address */
export function platformOf(address) {
  return platformAt(address.split(/[/?]/, 1)[0] ?? "")?.slug ?? null;
}

/** The platform whose app opens links of a scheme, written in small letters, or null. @param {string} scheme */
export function platformOfScheme(scheme) {
  return PLATFORM_LIST.find(({ schemes }) => schemes.includes(scheme)) ?? null;
}

/** Who posted, where a canonical address without its scheme says so: small letters, no leading @; or null. @param {string} address */
export function posterIn(address) {
  for (const { poster } of PLATFORM_LIST) {
    const found = poster?.exec(address)?.[1];
    if (found) return found.toLowerCase().replace(/^@/, "");
  }
  return null;
}

/** Letters small, except in percent-encoding, which has capitals in every canonical form. @param {string} form */
function small(form) {
  return form.toLowerCase().replace(/%[0-9a-f]{2}/g, (encoded) => encoded.toUpperCase());
}
