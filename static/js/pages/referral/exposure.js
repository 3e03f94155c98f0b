// How long letters were read in this tab, for the reader's own sake: after a while a break is offered, and what was read
// in a week is kept, sealed, for herself. Nothing counts while the page is not looked at.

import { text } from "../texts.js";
import { byId } from "./dom.js";
import { dayOf } from "./korean_day.js";
import { keepReading, note } from "./reading_kept.js";

const KEPT = "onestop.reading";
const TICK = 15;
/** In seconds. An hour of review at most, four hours a day: INHOPE's guidance to hotlines. */
export const BREAK_AFTER = 3000;
const LATER = 900;
const RESTED_AFTER = 600;
const DAY_MOST = 14_400;
const USED_WITHIN = 120_000;
/** On a page that is worked on for hours, what was read is kept every so often. */
const KEPT_EVERY = 1800;
const SIGNS_OF_LIFE = ["pointerdown", "pointermove", "keydown", "wheel"];

/**
 * @typedef {{day: string, seconds: number, since: number, at: number}} Reading `seconds` today, `since` the last break;
 *   `at`: when it was counted last, in milliseconds
 */

/**
 * A little more was read.
 * @param {Reading|null} before
 * @param {{day: string, now: number, seconds: number}} read
 * @returns {Reading}
 */
export function counted(before, { day, now, seconds }) {
  const today = before?.day === day ? before.seconds : 0;
  const rested = !before || now - before.at >= RESTED_AFTER * 1000;
  return { day, seconds: today + seconds, since: (rested ? 0 : before.since) + seconds, at: now };
}

/**
 * Count, and offer a break when it is time.
 * @param {import("../session.js").Session} session with its ring open
 * @param {() => boolean} isOpen whether a letter stands open on the page
 * @returns {void}
 */
export function attachExposure(session, isOpen) {
  let used = Date.now();
  let counting = 0;
  keepReading(session);
  for (const sign of SIGNS_OF_LIFE) {
    document.addEventListener(
      sign,
      () => {
        used = Date.now();
      },
      { passive: true },
    );
  }
  setInterval(() => {
    if (document.hidden || !isOpen() || Date.now() - used > USED_WITHIN) return;
    const reading = counted(kept(), { day: dayOf(new Date()), now: Date.now(), seconds: TICK });
    sessionStorage.setItem(KEPT, JSON.stringify(reading));
    note(session.caseworker.login, reading.day, TICK);
    counting += TICK;
    if (counting % KEPT_EVERY === 0 && session.ring) keepReading(session);
    if (reading.since >= BREAK_AFTER) offer(reading);
  }, TICK * 1000);
  byId("break-later", HTMLButtonElement).addEventListener("click", () => restart(BREAK_AFTER - LATER));
  byId("break-now", HTMLButtonElement).addEventListener("click", rest);
  byId("break-over", HTMLButtonElement).addEventListener("click", () => {
    byId("resting", HTMLDialogElement).close();
    restart(0);
  });
}

/** @returns {Reading|null} */
function kept() {
  return JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
}

/** @param {Reading} reading */
function offer({ seconds }) {
  const notice = byId("break", HTMLElement);
  if (!notice.hidden) return;
  const key = seconds >= DAY_MOST ? "break_day" : "break_hour";
  byId("break-words", HTMLElement).textContent = text(key, { minutes: Math.round(seconds / 60) });
  notice.hidden = false;
}

/** @param {number} since */
function restart(since) {
  byId("break", HTMLElement).hidden = true;
  const reading = kept();
  if (reading) sessionStorage.setItem(KEPT, JSON.stringify({ ...reading, since }));
}

/** Nothing of the letter is to be seen until whoever reads comes back; what was typed stays. */
function rest() {
  byId("break", HTMLElement).hidden = true;
  byId("resting", HTMLDialogElement).showModal();
}
