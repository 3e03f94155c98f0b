// One group: the letters in which one link, site or account is found, opened here for their links alone.

import { matchKeys } from "../../domain/canonical_url.js";
import { FormatError } from "../../errors.js";
import { tagsOf } from "../queue/summary_content.js";
import { openCase } from "../referral/open_case.js";
import { consentOf } from "../referral/thread.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../queue/tag_index.js").TagKind} TagKind
 * @typedef {{referral: string, item: any, number: number, state: string, stateOn: string}} GroupLink `number` as the
 *   reporter sees it
 * @typedef {{referral: string, held: import("../referral/types.js").Case, links: GroupLink[], police: boolean}} Member
 *   `police`: the consent in force covers them
 * @typedef {{members: Member[], closed: string[]}} Group `closed`: referrals whose letters were not handed out, or did
 *   not open
 */

const TOGETHER = 8;

/**
 * Have the portal hand the letters over, which it logs, and open them here.
 * @param {Session} session
 * @param {{kind: TagKind, tag: string, referrals: string[]}} asked
 * @param {(done: number) => void} show
 * @returns {Promise<Group>}
 */
export async function openGroup(session, { kind, tag, referrals }, show) {
  /** @type {Member[]} */
  const members = [];
  for (let at = 0; at < referrals.length; at += TOGETHER) {
    show(at);
    const { letters } = await session.post("/links/openings", { referrals: referrals.slice(at, at + TOGETHER) });
    const opened = await Promise.all(letters.map((/** @type {any} */ one) => memberOf(session, one, kind, tag)));
    members.push(...opened.filter((one) => one !== null));
  }
  const there = new Map(members.map((one) => [one.referral, one]));
  return {
    members: referrals.flatMap((id) => there.get(id) ?? []),
    closed: referrals.filter((id) => !there.has(id)),
  };
}

/**
 * @param {Session} session
 * @param {any} handed
 * @param {TagKind} kind
 * @param {string} tag
 * @returns {Promise<Member|null>} null where it does not open, or is no letter
 */
async function memberOf(session, handed, kind, tag) {
  try {
    const held = await openCase(session, { ...handed, records: [], history: [] });
    if (!held.letter) return null;
    const states = new Map(held.opening.items.map((one) => [one.item_id, one]));
    const tags = await Promise.all(held.items.map(tagsOf));
    const links = held.items.flatMap((item, at) => {
      const standing = states.get(item.id);
      if (tags[at]?.[kind] !== tag || !standing) return [];
      return [
        { referral: handed.referral_id, item, number: at + 1, state: standing.state, stateOn: standing.state_on },
      ];
    });
    const { purposes } = consentOf(held.letter.consent, held.messages);
    return { referral: handed.referral_id, held, links, police: purposes.includes("police") };
  } catch {
    return null;
  }
}

/**
 * What the members have in common, as it is compared: an address, a site, or an account at a site.
 * @param {Member[]} members
 * @param {TagKind} kind
 * @returns {string} empty where none opened
 */
export function nameOf(members, kind) {
  const item = members.flatMap(({ links }) => links)[0]?.item;
  if (!item) return "";
  try {
    return matchKeys(item).find((key) => key.kind === kind)?.canonical ?? "";
  } catch (error) {
    if (error instanceof FormatError) return "";
    throw error;
  }
}
