/** Entries of the site directory: which one an address belongs to, and what a list would change. */

import { canonicalUrl } from "./canonical_url.js";

/**
 * @typedef {import("./signed_list.js").Site} Site
 * @typedef {{field: string, before: string, after: string}} Change
 * @typedef {{added: Site[], changed: {site: Site, changes: Change[]}[], same: number, retired: string[]}} Comparison
 *   `retired`: domains that are no longer in use here; they stay so
 */

/** What is known of a site of which nothing is known. @param {string} domain @returns {Site} */
export function emptySite(domain) {
  return {
    domain,
    service: "unknown",
    operator: "",
    abuse: "",
    jurisdiction: "",
    hosting: "",
    registration: "unknown",
    breaches: "",
    last_answer: "",
    last_answer_on: null,
  };
}

/**
 * The site of an address or a typed domain, as the directory names it; empty for what has none.
 * @param {string} typed @returns {string}
 */
export function siteOf(typed) {
  try {
    const [, site = ""] = /^https:\/\/([^/?]+)/.exec(canonicalUrl(typed)) ?? [];
    return site;
  } catch {
    return "";
  }
}

/**
 * The entry that fits an address best: its own host, or the nearest above it.
 * @template {{site: Site}} Entry
 * @param {readonly Entry[]} entries @param {string} url @returns {Entry|null}
 */
export function entryFor(entries, url) {
  const site = siteOf(url);
  const fitting = entries.filter((one) => site === one.site.domain || site.endsWith(`.${one.site.domain}`));
  return fitting.toSorted((a, b) => b.site.domain.length - a.site.domain.length)[0] ?? null;
}

/**
 * What a list would change. What is empty or unknown in it leaves what is known as it is.
 * @param {ReadonlyMap<string, {site: Site, retired: boolean}>} known by domain
 * @param {readonly Site[]} listed
 * @returns {Comparison}
 */
export function compared(known, listed) {
  /** @type {Comparison} */
  const found = { added: [], changed: [], same: 0, retired: [] };
  for (const site of listed) {
    const own = known.get(site.domain);
    if (!own) {
      found.added.push(site);
    } else if (own.retired) {
      found.retired.push(site.domain);
    } else {
      const merged = mergedSite(own.site, site);
      const changes = changesOf(own.site, merged);
      if (changes.length > 0) found.changed.push({ site: merged, changes });
      else found.same += 1;
    }
  }
  return found;
}

/** @param {Site} own @param {Site} other @returns {Site} */
function mergedSite(own, other) {
  const said = Object.entries(other).filter(([, value]) => value !== null && value !== "" && value !== "unknown");
  return { ...own, ...Object.fromEntries(said) };
}

/** @param {Site} own @param {Site} other @returns {Change[]} */
function changesOf(own, other) {
  const before = new Map(Object.entries(own));
  return Object.entries(other)
    .filter(([field, value]) => before.get(field) !== value)
    .map(([field, value]) => ({ field, before: String(before.get(field) ?? ""), after: String(value ?? "") }));
}
