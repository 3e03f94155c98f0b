// How decisions about one letter are saved: its links change state together with one message in the language of the
// letter, as everywhere else. Who was quicker, who withdrew and whose words cannot be said is told for each link.

import { needs, transitions } from "../../domain/item_state.js";
import { offeredCorrection, offeredForItems } from "../referral/offered_words.js";
import { avoidedWords } from "../referral/words_to_avoid.js";
import { Problem } from "../session/request.js";

/**
 * @typedef {import('../referral/open_referral.js').OpenReferral} OpenReferral
 * @typedef {import('../referral/offered_words.js').Sentence} Sentence
 * @typedef {import('./outbox.js').Job} Job
 * @typedef {import('./work.js').Decision} Decision
 * @typedef {object} Desk
 * @property {(referralId: string) => OpenReferral} letter
 * @property {(referralId: string) => Promise<OpenReferral>} reopen
 * @property {Sentence} sentence
 * @property {(decision: Decision) => void} undone
 * @property {() => Promise<void>} unlocked passes when the keys are open
 */

const TRIES = 4;
const GONE = ["withdrawn", "not_found"];

/** The reporter asked that some of these words are not used: a person has to find others. */
class WordsToAvoid extends Error {
  /** @param {string[]} words */
  constructor(words) {
    super("words to avoid");
    this.words = words;
  }
}

/**
 * Deliver one job; every decision of it says afterwards what became of it.
 * @param {Desk} desk
 * @param {Job} job
 * @returns {Promise<void>}
 */
export async function deliver(desk, job) {
  await desk.unlocked();
  for (let tried = 1; ; tried += 1) {
    try {
      await (job.kind === "undo" ? undo(desk, job) : decide(desk, job));
      return;
    } catch (error) {
      if (!(error instanceof Problem && error.code === "version_conflict" && tried < TRIES)) throw error;
      job.body = null;
      compare(job, await desk.reopen(job.referral), error);
    }
  }
}

/**
 * Say of each decision why it was not saved; nothing else has to wait for it.
 * @param {Job} job
 * @param {unknown} error
 * @param {(error: unknown) => string} words
 * @returns {void}
 */
export function failed(job, error, words) {
  for (const one of job.decisions) {
    if (job.kind === "undo") {
      one.status = "saved";
      one.said = { need_undo_over: words(error) };
    } else if (one.status === "sending") {
      const gone = error instanceof Problem && GONE.includes(error.code);
      one.status = gone ? "gone" : error instanceof WordsToAvoid ? "by_hand" : "failed";
      one.said = { why: words(error), words: error instanceof WordsToAvoid ? error.words.join(", ") : "" };
    }
  }
}

/** @param {Desk} desk @param {Job} job */
async function decide(desk, job) {
  const open = desk.letter(job.referral);
  const wanted = job.decisions.filter(({ status }) => ["sending", "undoing"].includes(status));
  if (wanted.length === 0) return;
  const known = new Set(open.case.opening.items.map((one) => one.item_id));
  if (wanted.some(({ link }) => !known.has(link.item))) await open.storeSummary();
  job.body ??= await bodyOf(desk, open, wanted);
  await sendOnce(job, () => open.sendItems(job.body));
  for (const one of wanted) {
    one.sent = true;
    one.link.state = one.state;
    one.link.since = open.case.opening.items.find((item) => item.item_id === one.link.item)?.state_on ?? "";
    if (one.status === "sending") one.status = "saved";
  }
}

/** @param {Desk} desk @param {Job} job */
async function undo(desk, job) {
  const open = desk.letter(job.referral);
  for (const one of job.decisions.filter(({ sent }) => !sent)) desk.undone(one);
  const back = job.decisions.filter(({ sent, status }) => sent && status === "undoing");
  if (back.length === 0) return;
  const places = back.map(({ link, from }) => ({ itemId: link.item, state: from }));
  const words = offeredCorrection(desk.sentence, languageOf(open), numbersOf(back));
  job.body ??= await open.makeUndo(places, fit(open, words));
  await sendOnce(job, () => open.sendUndo(job.body));
  for (const one of back) {
    one.link.state = one.from;
    desk.undone(one);
  }
}

/**
 * What is sent stays the same until it is answered, however often the line breaks; an answer ends it.
 * @param {Job} job
 * @param {() => Promise<void>} send
 */
async function sendOnce(job, send) {
  try {
    await send();
  } catch (error) {
    if (error instanceof Problem && error.status === 409) job.body = null;
    throw error;
  }
}

/** @param {Desk} desk @param {OpenReferral} open @param {Decision[]} decisions */
async function bodyOf({ sentence }, open, decisions) {
  const language = languageOf(open);
  const states = [...new Set(decisions.map(({ state }) => state))];
  const words = states.map((state) =>
    offeredForItems(sentence, language, state, numbersOf(decisions.filter((one) => one.state === state))),
  );
  const changes = decisions.map(({ link, state }) => ({ itemId: link.item, state }));
  return open.makeDecided(changes, fit(open, words.join("\n")), reasonOf(sentence, decisions));
}

/** @param {OpenReferral} open @param {string} words */
function fit(open, words) {
  const avoided = avoidedWords(open.case.letter.contact?.avoid ?? "", words);
  if (avoided.length > 0) throw new WordsToAvoid(avoided);
  return words;
}

/** @param {Sentence} sentence @param {Decision[]} decisions */
function reasonOf(sentence, decisions) {
  const reasoned = decisions.filter(({ from, state }) => needs(from, state).length > 0);
  const lines = [...new Set(reasoned.map(({ reason }) => reason))].map((reason) => {
    const numbers = numbersOf(reasoned.filter((one) => one.reason === reason)).join(", ");
    return sentence("reason_line", { numbers, reason });
  });
  return lines.join("\n");
}

/** @param {Decision[]} decisions @returns {number[]} */
function numbersOf(decisions) {
  return decisions.map(({ link }) => link.number).sort((one, other) => one - other);
}

/** @param {OpenReferral} open */
function languageOf(open) {
  return open.case.letter.lang;
}

/**
 * Somebody changed the letter first. Where the link still stands as it was decided at, the decision goes on; where a
 * colleague came to the same, it is done; where it moved elsewhere, a person decides.
 * @param {Job} job
 * @param {OpenReferral} open as it is now
 * @param {Problem} conflict
 * @returns {void}
 */
function compare(job, open, conflict) {
  const now = new Map(open.case.opening.items.map((one) => [one.item_id, one.state]));
  for (const one of job.decisions) {
    const state = now.get(one.link.item) ?? "reported";
    one.link.state = state;
    const other = { theirs: state, who: conflict.details.changed_by ?? "" };
    if (job.kind === "undo") {
      if (one.sent && state !== one.state && state !== one.from) throw new Problem(409, { code: "undo_over" });
    } else if (one.status === "sending" && state !== one.from) {
      one.status = state === one.state ? "saved" : "conflict";
      one.said = other;
    }
  }
}

/**
 * Whether a decision can still be taken where a colleague moved the link meanwhile.
 * @param {Decision} decision
 * @returns {boolean}
 */
export function canStillFollow({ link, state }) {
  return transitions(link.state).includes(state);
}
