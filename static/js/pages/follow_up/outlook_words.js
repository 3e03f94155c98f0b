/**
 * What usually comes next, as the page was given it. Nothing here is a promise.
 *
 * @typedef {import("../../domain/progress.js").Outlook} Outlook
 */

import { outlook, stageOf } from "../../domain/progress.js";
import { dayWords } from "../day_words.js";
import { text } from "../texts.js";

/**
 * @param {"referral" | "item"} kind
 * @param {string} stage
 */
function usual(kind, stage) {
  const days = text(`expected.${kind}.${stage}.days`);
  return {
    next: text(`expected.${kind}.${stage}.next`),
    days: days === "" ? null : Number(days),
    paused: text(`expected.${kind}.${stage}.paused`) !== "",
  };
}

/**
 * Where one organisation's work stands, what comes next and by when. The portal knows the very day by which it hopes
 * that a letter is opened; an organisation that is away is late by its own word.
 * @param {import("./visit.js").Thread} thread
 * @param {string} today
 * @returns {{stage: string, since: string, next: string, outlook: Outlook}}
 */
export function threadOutlook(thread, today) {
  const [stage, since] = stageOf(thread.state, thread.stateOn, thread.openedOn);
  const { next, days, paused } = usual("referral", stage);
  const seen = stage === "received" ? outlook(thread.dueOn, today, 0, paused) : outlook(since, today, days, paused);
  const away = thread.reach !== null && (thread.reach.away.ko !== "" || thread.reach.away.en !== "");
  const waits = days !== null;
  return { stage, since, next, outlook: away && waits ? { by: null, late: true } : seen };
}

/**
 * What comes next for an address.
 * @param {{state: string, stateOn: string}} link
 * @param {string} today
 * @param {string | null} [pausedOn] since when the organisation says that the review commission is not to be had
 * @returns {{next: string, outlook: Outlook}}
 */
export function linkOutlook({ state, stateOn }, today, pausedOn = null) {
  if (pausedOn !== null && state === "requested_commission") {
    return { next: text("commission_paused", { on: dayWords(pausedOn) }), outlook: { by: null, late: true } };
  }
  const { next, days, paused } = usual("item", state);
  return { next, outlook: outlook(stateOn, today, days, paused) };
}

/**
 * By when it usually is, or that it takes longer; empty where nobody can say.
 * @param {Outlook} seen
 */
export function outlookWords({ by, late }) {
  if (late) return text("delayed");
  return by === null ? "" : text("usually_by", { on: dayWords(by) });
}
