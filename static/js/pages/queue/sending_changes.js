// Changes of several on their way: in groups that the portal takes, and where reporters are told, as many as letters are
// opened together. What was done before a line broke is done; the others stay as they are, and can be sent again.

import { isPassing } from "../session/request.js";
import { TOGETHER, tellingOf } from "./telling_several.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("./telling_several.js").News} News
 * @typedef {{done: {referral_id: string, version: number}[], refused: {referral_id: string, code: string}[],
 *   untold: string[], broken?: unknown}} Outcome `untold`: left as they are, for their reporters could not be told;
 *   `broken`: why it ended before all were tried
 * @typedef {object} Sending
 * @property {string} address
 * @property {{referral_id: string, version: number}[]} rows
 * @property {object} body what goes with each group
 * @property {((id: string) => News|null)|null} tell what each reporter is told; null where nobody is told anything
 * @property {import("./telling_several.js").Sentence} sentence
 * @property {(outcome: Outcome, sent: number) => void} show after each group
 */

const AT_ONCE = 100;

/** @param {Session} session @param {Sending} sending @returns {Promise<Outcome>} */
export async function sendChanges(session, sending) {
  const { rows, tell, show } = sending;
  const together = tell ? TOGETHER : AT_ONCE;
  /** @type {Outcome} */
  const whole = { done: [], refused: [], untold: [] };
  for (let at = 0; at < rows.length; at += together) {
    const some = rows.slice(at, at + together);
    try {
      const outcome = await sendSome(session, sending, some);
      whole.done.push(...outcome.done);
      whole.refused.push(...outcome.refused);
      whole.untold.push(...outcome.untold);
      show(outcome, at + some.length);
    } catch (error) {
      if (whole.done.length === 0 && whole.untold.length === 0) throw error;
      return { ...whole, broken: error };
    }
  }
  return whole;
}

/**
 * @param {Session} session
 * @param {Sending} sending
 * @param {{referral_id: string, version: number}[]} rows
 * @returns {Promise<Outcome>}
 */
async function sendSome(session, { address, body, tell, sentence }, rows) {
  const news = new Map(rows.flatMap(({ referral_id: id }) => newsOf(id, tell)));
  const { messages, untold } =
    news.size > 0 ? await tellingOf(session, sentence, news) : { messages: [], untold: /** @type {string[]} */ ([]) };
  const referrals = rows
    .filter(({ referral_id: id }) => !untold.includes(id))
    .map(({ referral_id, version }) => ({ referral_id, version, unread: false }));
  if (referrals.length === 0) return { done: [], refused: [], untold };
  const whole = { referrals, ...body, ...(tell && { messages }) };
  return { ...(await onceMore(() => session.post(address, whole))), untold };
}

/**
 * The same bytes once more where no answer came: whoever was told is not told twice.
 * @template T
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 */
async function onceMore(attempt) {
  try {
    return await attempt();
  } catch (error) {
    if (!isPassing(error)) throw error;
    return attempt();
  }
}

/** @param {string} id @param {Sending["tell"]} tell @returns {[string, News][]} */
function newsOf(id, tell) {
  const one = tell?.(id);
  return one ? [[id, one]] : [];
}
