// Each reporter is told in her own thread when a request that covers her links moves: links change state together with a
// message in the language of her letter. Whom that fails for is said, and the others go on.

import { needs, transitions } from "../../domain/item_state.js";
import { offeredForItems } from "../referral/offered_words.js";
import { OpenReferral } from "../referral/open_referral.js";
import { avoidedWords } from "../referral/words_to_avoid.js";
import { Problem } from "../session/request.js";
import { text } from "../texts.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {{referral: string, item: string}} Link
 * @typedef {{told: number, failed: string[]}} Telling `failed`: referrals whose reporters have to be told by hand
 */

/**
 * @param {Session} session
 * @param {Link[]} links
 * @param {string} state that the links come to
 * @param {string} reason for colleagues, where the state needs one
 * @returns {Promise<Telling>}
 */
export async function tellAll(session, links, state, reason) {
  /** @type {Telling} */
  const telling = { told: 0, failed: [] };
  for (const referralId of new Set(links.map(({ referral }) => referral))) {
    const items = new Set(links.filter(({ referral }) => referral === referralId).map(({ item }) => item));
    try {
      if (await tellOne(new OpenReferral(session, referralId, () => undefined), items, state, reason))
        telling.told += 1;
    } catch (error) {
      const gone = error instanceof Problem && ["withdrawn", "not_found"].includes(error.code);
      if (!gone) telling.failed.push(referralId); // whoever withdrew is not written to any more
    }
  }
  return telling;
}

/**
 * @param {OpenReferral} referral
 * @param {Set<string>} wanted
 * @param {string} state
 * @param {string} reason
 * @returns {Promise<boolean>} false where there is nothing to say: the links stand there already, or cannot move there
 */
async function tellOne(referral, wanted, state, reason) {
  await referral.open();
  await referral.storeSummary();
  const { opening, letter, items } = referral.case;
  const moving = opening.items.filter((one) => wanted.has(one.item_id) && transitions(one.state).includes(state));
  if (moving.length === 0) return false;
  const ids = moving.map((one) => one.item_id);
  const numbers = items.flatMap((item, at) => (ids.includes(item.id) ? [at + 1] : []));
  const words = offeredForItems(text, letter?.lang ?? "ko", state, numbers);
  if (avoidedWords(letter?.contact?.avoid ?? "", words).length > 0) throw new TypeError("words to avoid");
  const why = moving.some((one) => needs(one.state, state).length > 0) ? reason : "";
  await referral.sendItems(await referral.makeItems(ids, state, words, why));
  return true;
}

/** @param {Telling} telling @returns {string} */
export function tellingWords({ told, failed }) {
  const parts = [];
  if (told > 0) parts.push(text("told_some", { number: told }));
  if (failed.length > 0) {
    parts.push(text("told_failed", { number: failed.map((one) => one.slice(0, 6)).join(", ") }));
  }
  return parts.length > 0 ? parts.join(" ") : text("told_none");
}
