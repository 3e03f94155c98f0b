// What was reported of one account, for the police: links of letters whose consent covers them, each letter by its hashes,
// and how many were left out. Nothing that says whose they are. Touches no page.

import { sha256 } from "../../crypto/encoding.js";
import { signList } from "../../crypto/signed_list.js";
import { letterJson } from "../../domain/letter.js";
import { b64uDecode } from "../../domain/wire.js";

/**
 * @typedef {import("./group.js").Member} Member
 * @typedef {import("../../domain/signed_list.js").SignedList} SignedList
 * @typedef {import("../../domain/signed_list.js").ReportedLetter} ReportedLetter
 * @typedef {{covered: Member[], noConsent: number, unopened: number, reportedIn: number}} Counted
 */

/**
 * Who goes in, and who is counted alone.
 * @param {Member[]} members letters that opened
 * @param {number} referrals in which the account is found, opened or not
 * @returns {Counted}
 */
export function counted(members, referrals) {
  const covered = members.filter(({ police, links }) => police && links.length > 0);
  const noConsent = members.filter(({ police, links }) => !police && links.length > 0).length;
  const moved = members.filter(({ links }) => links.length === 0).length;
  const reportedIn = referrals - moved;
  return { covered, noConsent, unopened: reportedIn - covered.length - noConsent, reportedIn };
}

/**
 * @param {Member} member
 * @returns {Promise<ReportedLetter>}
 */
export async function letterOf({ held: { opening, letter }, links }) {
  return {
    referral_id: opening.referral_id,
    report_id: opening.report_id,
    received_on: opening.received_on,
    leaf: opening.leaf,
    sealed_sha256: hex(await sha256(b64uDecode(opening.sealed, "sealed"))),
    opened_sha256: hex(await sha256(letterJson(letter))),
    links: links.map(({ item, state, stateOn }) => ({ item, state, state_on: stateOn })),
  };
}

/**
 * The package, signed with the organisation's key in force.
 * @param {{account: string, counted: Counted, portalId: string, madeAt: string, reason: string, signingSeed: Uint8Array,
 *   organisation: import("../../crypto/epoch_chain.js").Organisation}} made
 * @returns {Promise<SignedList>}
 */
export async function accountPackage({ account, counted: found, portalId, madeAt, reason, signingSeed, organisation }) {
  const rows = await Promise.all(found.covered.map(letterOf));
  const content = {
    v: 1,
    portal_id: portalId,
    organisation: organisation.slug,
    name: organisation.name,
    made_at: madeAt,
    reason,
    account,
    reported_in: found.reportedIn,
    no_consent: found.noConsent,
    unopened: found.unopened,
    rows,
  };
  const signature = await signList(signingSeed, "account", content);
  return { v: 1, kind: "account", content, signature, chain: organisation.chain };
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
