// Summaries for letters that have none: handed out a few at a time, opened in a worker, sealed, sent. Whoever pauses or
// leaves finds done what is done; what does not open is named and left, and the rest goes on.

import { byId, el } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { Problem } from "../session/request.js";
import { text } from "../texts.js";
import { queueWorker } from "./queue_worker.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {{done: number, total: number, closed: string[]}} Made `closed`: referrals whose letters did not open
 * @typedef {{stopped: boolean, show: (made: Made) => void}} Work set `stopped` to pause
 * @typedef {{call: (name: string, ...given: any[]) => Promise<any>}} Caller
 */

const TOGETHER = 8;
const AT_ONCE = 2;
const GONE = ["not_found", "withdrawn", "version_conflict"];

/**
 * Make the summaries of these referrals.
 * @param {Session} session
 * @param {Caller} worker
 * @param {string[]} ids
 * @param {Work} work
 * @param {Made} [made] of an earlier turn, which goes on here
 * @returns {Promise<Made>}
 */
export async function makeSummaries(session, worker, ids, work, made = { done: 0, total: ids.length, closed: [] }) {
  const left = [...ids];
  const next = async () => {
    while (left.length > 0 && !work.stopped) {
      const referrals = left.splice(0, TOGETHER);
      try {
        await oneGroup(session, worker, referrals, work, made);
      } catch (error) {
        left.length = 0;
        throw error;
      }
    }
  };
  work.show(made);
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return made;
}

/**
 * @param {Session} session
 * @param {Caller} worker
 * @param {string[]} referrals
 * @param {Work} work
 * @param {Made} made
 */
async function oneGroup(session, worker, referrals, work, made) {
  const { letters } = await session.post("/queue/openings", { referrals });
  for (const letter of letters) {
    if (work.stopped) return;
    const summary = await worker.call("summaryFor", letter);
    if (summary === null) made.closed.push(letter.referral_id);
    else await sent(session, letter.referral_id, summary);
    made.done += summary === null ? 0 : 1;
    work.show(made);
  }
}

/**
 * @param {Session} session
 * @param {string} referralId
 * @param {object} summary
 */
async function sent(session, referralId, summary) {
  try {
    await session.post(`/referral/${referralId}/summary`, summary);
  } catch (error) {
    if (!(error instanceof Problem && GONE.includes(error.code))) throw error; // made by somebody else, or gone
  }
}

/**
 * Offer the pass where letters have no summary, and carry it out.
 * @param {Session} session
 * @param {import("./listing.js").Listing} listing
 * @param {() => Promise<void>} again to load what was made
 * @returns {{offer: () => void}}
 */
export function startFirstOpening(session, listing, again) {
  if (!document.getElementById("first-opening")) return { offer() {} };
  /** @type {Work|null} */
  let running = null;
  /** @type {Set<string>} */
  const closed = new Set();
  const missing = () =>
    [...listing.rows.values()].filter((row) => row.summary_version === 0 && !row.lost).map((row) => row.referral_id);
  const left = () => missing().filter((id) => !closed.has(id));
  const offer = () => {
    const count = left().length;
    byId("first-opening", HTMLElement).hidden = count === 0 && closed.size === 0;
    byId("first-opening-go", HTMLButtonElement).hidden = count === 0;
    const key = count === 1 ? "new_letters_1" : "new_letters";
    byId("first-opening-title", HTMLElement).textContent = text(key, { count: count.toLocaleString() });
  };
  byId("first-opening-go", HTMLButtonElement).addEventListener("click", async () => {
    if (running) {
      running.stopped = true;
      return;
    }
    running = { stopped: false, show };
    const made = await pass(session, left(), running);
    for (const id of made?.closed ?? []) closed.add(id);
    const paused = running.stopped;
    running = null;
    await again().catch(() => undefined);
    finish(made, paused, left().length);
    if (!paused) offer();
    const said = byId("first-opening-said", HTMLElement).textContent;
    if (byId("first-opening", HTMLElement).hidden) byId("find-said", HTMLElement).textContent = said;
  });
  return { offer };
}

/**
 * @param {Session} session
 * @param {string[]} ids
 * @param {Work} work
 * @returns {Promise<Made|null>}
 */
async function pass(session, ids, work) {
  byId("first-opening-go", HTMLButtonElement).textContent = text("pause");
  const { ring, portalId, root, caseworker } = session;
  const whose = { ring, portalId, root, slug: caseworker.slug, keys: {}, words: {} };
  const worker = await queueWorker(whose);
  try {
    return await makeSummaries(session, worker, ids, work);
  } catch (error) {
    work.stopped = true;
    byId("first-opening-said", HTMLElement).textContent = problemWords(error).detail;
    return null;
  } finally {
    worker.end();
  }
}

/** @param {Made} made */
function show({ done, total, closed }) {
  const bar = byId("first-opening-bar", HTMLProgressElement);
  bar.hidden = false;
  bar.max = Math.max(1, total);
  bar.value = done + closed.length;
  byId("first-opening-said", HTMLElement).textContent = text("made", { done, total });
}

/**
 * @param {Made|null} made null: a line was lost, and it was said
 * @param {boolean} paused
 * @param {number} left
 */
function finish(made, paused, left) {
  const go = byId("first-opening-go", HTMLButtonElement);
  go.textContent = text(left > 0 && paused ? "go_on" : "make");
  byId("first-opening-bar", HTMLElement).hidden = true;
  if (!made) return;
  const words = [text(paused ? "paused" : "made_all", { done: made.done, total: made.total })];
  if (made.closed.length > 0) words.push(text("made_closed", { count: made.closed.length }));
  byId("first-opening-said", HTMLElement).textContent = words.join(" ");
  const list = byId("first-opening-closed", HTMLElement);
  list.hidden = made.closed.length === 0;
  list.replaceChildren(...made.closed.map((id) => el("li", {}, text("closed_one", { reference: id.slice(0, 6) }))));
}
