// Sites by how much of them there is: in how many open letters each is named, of how many links removal was asked for in
// requests, and of how many it was reached. Only numbers leave this module, and none that is too small.

import { matchKeys } from "../../domain/canonical_url.js";
import { PLATFORM_LIST, platformAt } from "../../domain/platform.js";
import { LEAST } from "../../domain/suppression.js";
import { tagOf } from "../queue/typed_tags.js";

/**
 * @typedef {import("../queue/summary_content.js").SummaryContent} Summary
 * @typedef {import("../records.js").Opened<import("../../domain/request_record.js").RequestContent>} Request
 * @typedef {{asked: Set<string>, gone: Set<string>}} Links
 * @typedef {{site: string, name: {ko: string, en: string}, letters: number|null, asked: number|null,
 *   gone: number|null, share: number|null}} SiteFigure `share`: of the links asked for, in percent
 */

/** So many sites are named; the others are in no table. */
export const TOP = 10;
const SENT = ["sent", "acknowledged", "removed", "refused", "no_reply", "closed"];

/**
 * @param {Summary[]} summaries of open letters
 * @param {Request[]} requests
 * @returns {Promise<SiteFigure[]>} what is named or asked for most first; a site of which nothing can be shown is left out
 */
export async function siteFigures(summaries, requests) {
  const links = linksBySite(requests);
  const sites = [...new Set([...PLATFORM_LIST.map(({ host }) => host), ...links.keys()])];
  const letters = await lettersBySite(summaries, sites);
  return sites
    .map((site) => figureOf(site, letters.get(site) ?? 0, summaries.length, links.get(site)))
    .filter(({ letters: named, asked }) => Boolean(named) || Boolean(asked))
    .sort((a, b) => weight(b) - weight(a) || (a.site < b.site ? -1 : 1))
    .slice(0, TOP);
}

/** @param {SiteFigure} figure */
function weight({ asked, letters }) {
  return (asked ?? 0) + (letters ?? 0);
}

/**
 * What is hidden could be told from what all of them are; so a part that all but a few have is hidden with the rest.
 * @param {string} site @param {number} named @param {number} all letters @param {Links|undefined} links
 * @returns {SiteFigure}
 */
function figureOf(site, named, all, links) {
  const asked = links?.asked.size ?? 0;
  const gone = links?.gone.size ?? 0;
  const shownAsked = seen(asked);
  const shownGone = shownAsked === null || isFew(gone) || isFew(asked - gone) ? null : gone;
  return {
    site,
    name: platformAt(site)?.name ?? { ko: site, en: site },
    letters: isFew(all - named) ? null : seen(named),
    asked: shownAsked,
    gone: shownGone,
    share: shownGone === null || asked === 0 ? null : Math.round((gone * 100) / asked),
  };
}

/** @param {number} number */
function isFew(number) {
  return number > 0 && number < LEAST;
}

/** @param {number} number */
function seen(number) {
  return isFew(number) ? null : number;
}

/** @param {Request[]} requests @returns {Map<string, Links>} each link once, however often it was asked for */
function linksBySite(requests) {
  /** @type {Map<string, Links>} */
  const sites = new Map();
  for (const { content, state } of requests) {
    if (!content || !SENT.includes(state)) continue;
    for (const { referral, item, url } of content.links) {
      const site = siteOf(url);
      if (!site) continue;
      const found = sites.get(site) ?? { asked: new Set(), gone: new Set() };
      sites.set(site, found);
      found.asked.add(`${referral} ${item}`);
      if (state === "removed") found.gone.add(`${referral} ${item}`);
    }
  }
  return sites;
}

/** @param {string} url empty once its reporter withdrew */
function siteOf(url) {
  try {
    return url ? (matchKeys({ url, poster: "" }).find(({ kind }) => kind === "site")?.canonical ?? "") : "";
  } catch {
    return ""; // what is no address is on no site
  }
}

/** @param {Summary[]} summaries @param {string[]} sites @returns {Promise<Map<string, number>>} */
async function lettersBySite(summaries, sites) {
  const tags = await Promise.all(sites.map((canonical) => tagOf({ kind: "site", canonical })));
  const named = new Map(tags.map((tag, at) => [tag, sites[at] ?? ""]));
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const { tags: own } of summaries) {
    for (const tag of new Set(own.site)) {
      const site = named.get(tag);
      if (site) found.set(site, (found.get(site) ?? 0) + 1);
    }
  }
  return found;
}
