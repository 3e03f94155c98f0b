// The summary of one new letter, made without showing any of it: opened, its links taken, sealed, and forgotten.

import { newestKid, openCase } from "../referral/open_case.js";
import { sealSummaryOf } from "../referral/sealing.js";
import { summaryOf } from "./summary_content.js";

/**
 * @typedef {{ring: import("../../domain/keyring_content.js").Keyring, portalId: Uint8Array, slug: string, root: string}} Holder
 * @typedef {{version: number, epoch_kid: string, sealed: string, items: string[]}} MadeSummary
 */

const MOST_ITEMS = 500;

/**
 * @param {Holder} holder
 * @param {any} handed a letter as `POST /queue/openings` hands it out
 * @returns {Promise<MadeSummary|null>} null where it does not open with this ring, or is no letter
 */
export async function summaryFor({ ring, portalId, slug, root }, handed) {
  const session = /** @type {any} */ ({ ring, portalId, root, caseworker: { slug } });
  try {
    const held = await openCase(session, { ...handed, records: [], items: [] });
    if (!held.letter) return null;
    const summary = await summaryOf(held.letter, held.items);
    const made = await sealSummaryOf(session, held, summary, handed.summary_version + 1);
    return { ...made, epoch_kid: newestKid(session), items: made.items.slice(0, MOST_ITEMS) };
  } catch {
    return null;
  }
}
