// Links into the queue of a campaign: from a pasted text, or from requests that were sent. Each once, and only on the sites
// that the campaign is about.

import { randomBytes } from "../../crypto/encoding.js";
import { canonicalUrl } from "../../domain/canonical_url.js";
import { addressesIn } from "../../domain/pasted_text.js";
import { pieces } from "../../domain/recheck_record.js";
import { entryFor } from "../../domain/sites.js";
import { b64uEncode } from "../../domain/wire.js";
import { text } from "../texts.js";

/**
 * @typedef {import("../../domain/recheck_record.js").Entry} Entry
 * @typedef {{url: string, what: string, referral: string|null, item: string|null}} Found
 * @typedef {{desk: import("../requests/opening.js").Desk, campaign: {recordId: string}, sites: string[],
 *   pieces: any[], readonly entries: Entry[]}} Queue
 */

export const ADDED_MOST = 3000;

/** One form of an address, to know it again. @param {string} url */
function sameAs(url) {
  try {
    return canonicalUrl(url);
  } catch {
    return url;
  }
}

/**
 * What of some links is new to a queue.
 * @param {readonly Found[]} found
 * @param {{entries: readonly Entry[], sites: readonly string[]}} queue
 * @returns {{fresh: Found[], known: number, outside: number}}
 */
export function chosen(found, { entries, sites }) {
  const scope = sites.map((domain) => ({ site: /** @type {any} */ ({ domain }) }));
  const seen = new Set(entries.map(({ url }) => sameAs(url)));
  const counts = { fresh: /** @type {Found[]} */ ([]), known: 0, outside: 0 };
  for (const one of found) {
    const same = sameAs(one.url);
    if (scope.length > 0 && !entryFor(scope, one.url)) counts.outside += 1;
    else if (seen.has(same)) counts.known += 1;
    else counts.fresh.push(one);
    seen.add(same);
  }
  return counts;
}

/** @param {Queue} queue @param {string} pasted @returns {Promise<string>} what to say */
export async function addPasted(queue, pasted) {
  const found = addressesIn(pasted).map((url) => ({ url, what: "", referral: null, item: null }));
  return found.length === 0 ? text("queue_nothing_added") : added(queue, found);
}

/** @param {Queue} queue @returns {Promise<string>} what to say */
export async function addFromRequests(queue) {
  const requests = await queue.desk.records.list("request");
  const found = requests
    .filter(({ state, content }) => state !== "drafted" && content)
    .flatMap(({ content }) =>
      content.links.map(
        (/** @type {import("../../domain/request_record.js").RequestLink} */ { url, referral, item }) => ({
          url,
          what: [...content.to].slice(0, 200).join(""),
          referral,
          item,
        }),
      ),
    )
    .filter(({ url }) => url !== "");
  return found.length === 0 ? text("queue_nothing_added") : added(queue, found);
}

/** @param {Queue} queue @param {Found[]} found */
async function added(queue, found) {
  const { fresh, known, outside } = chosen(found, queue);
  if (fresh.length > ADDED_MOST) return text("queue_many", { most: ADDED_MOST });
  const entries = fresh.map((one) => ({ id: b64uEncode(randomBytes(16)), ...one, looks: [] }));
  for (const content of pieces(queue.campaign.recordId, entries)) {
    queue.pieces.push(await queue.desk.records.save({ type: "recheck", content }));
  }
  return text("queue_added", { number: fresh.length, known, outside });
}
