// What reporters are told when several referrals change at once: each in her own thread, in the language of her letter.
// Only a letter holds the key to answer with, so this browser opens each for that, shows none of it, and keeps nothing;
// the portal notes what it was handed out for.

import { offeredForReferral } from "../referral/offered_words.js";
import { openCase } from "../referral/open_case.js";
import { sealToReporter } from "../referral/sealing.js";
import { avoidedWords } from "../referral/words_to_avoid.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../referral/offered_words.js").Sentence} Sentence
 * @typedef {{referral_id: string, message_id: string, sealed: string}} ToldMessage
 * @typedef {{messages: ToldMessage[], untold: string[]}} Telling `untold`: whose letters were not handed out, do not
 *   open, or ask not to use words that stand in what would be said
 * @typedef {{state: string, correct?: boolean}} News of one referral; `correct`: what was said before was a mistake
 */

/** So many letters are opened together. */
export const TOGETHER = 8;

/**
 * @param {Session} session with its ring open
 * @param {Sentence} sentence
 * @param {Map<string, News>} news by referral, TOGETHER at most
 * @returns {Promise<Telling>}
 */
export async function tellingOf(session, sentence, news) {
  const { letters } = await session.post("/queue/telling", { referrals: [...news.keys()] });
  const made = await Promise.all(
    letters.map((/** @type {any} */ one) => messageFor(session, sentence, one, news.get(one.referral_id))),
  );
  const messages = made.filter((one) => one !== null);
  const told = new Set(messages.map((one) => one.referral_id));
  return { messages, untold: [...news.keys()].filter((id) => !told.has(id)) };
}

/**
 * @param {Session} session
 * @param {Sentence} sentence
 * @param {any} handed
 * @param {News|undefined} news
 * @returns {Promise<ToldMessage|null>}
 */
async function messageFor(session, sentence, handed, news) {
  try {
    const held = await openCase(session, { ...handed, records: [], passed_on: [], history: [] });
    if (!held.letter || !news) return null;
    const { lang, contact } = held.letter;
    const words = wordsOf(sentence, lang, news);
    if (avoidedWords(contact?.avoid ?? "", words).length > 0) return null;
    const sealed = await sealToReporter(session, held, { text: words, states: [{ item: null, state: news.state }] });
    return { referral_id: handed.referral_id, ...sealed };
  } catch {
    return null;
  }
}

/**
 * @param {Sentence} sentence
 * @param {string} language of the letter
 * @param {News} news
 */
function wordsOf(sentence, language, { state, correct = false }) {
  return correct
    ? sentence(`state_words.${language}.message.state_corrected`)
    : offeredForReferral(sentence, language, state);
}
