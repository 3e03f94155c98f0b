// A letter that nobody can open any more, because its keys were lost: it can be closed, without a word to the reporter.

import { problemWords } from "../session/problem_words.js";
import { byId } from "./dom.js";

/** @typedef {import('../session.js').Session} Session */

/** @returns {boolean} whether the letter on this page is one */
export const isLost = () => document.getElementById("lost") !== null;

/**
 * @param {Session} session
 * @param {string} path of the referral
 * @returns {void}
 */
export function attachLost(session, path) {
  const button = document.getElementById("lost-close");
  if (!(button instanceof HTMLButtonElement)) return;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await close(session, path);
      location.reload();
    } catch (error) {
      byId("lost-said", HTMLElement).textContent = problemWords(error).detail;
      button.disabled = false;
    }
  });
}

/**
 * Nobody closes what nobody took on.
 * @param {Session} session
 * @param {string} path
 */
async function close(session, path) {
  const { version, state } = byId("lost", HTMLElement).dataset;
  const claimed = state === "received" ? await session.post(`${path}/claim`, { version: Number(version) }) : null;
  const at = claimed ? claimed.version : Number(version);
  await session.post(`${path}/state`, { version: at, state: "closed", message: null, record: null });
}
