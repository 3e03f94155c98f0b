/** Where a sealed report goes, and who says that they sealed it: a reporter's own browser, or a caseworker for a caller. */

import { byId } from "../element.js";
import { NoAnswer, patientPost, pauseOrOnline } from "../patient_post.js";
import { ask, isPassing, Problem } from "../session/request.js";

/** @typedef {(wait: import("../patient_post.js").Wait) => void} OnWait */

const SECONDS = 5;
const MOST_TRIES = 40;

function isTakenDown() {
  return "takenDown" in byId("report").dataset;
}

/** What the letters say of their sealing. */
export function sealer() {
  return isTakenDown() ? "caseworker" : "browser";
}

/**
 * @param {import("../../domain/wire.js").Bytes} body
 * @param {OnWait} onWait
 * @returns {Promise<import("../patient_post.js").Answer>} also what became of a session that ended meanwhile
 */
export async function postReport(body, onWait) {
  if (!isTakenDown()) return patientPost({ address: "report", body, onWait });
  try {
    const csrf = await tokenOfSession(onWait);
    return await patientPost({ address: "caller", body, onWait, headers: { "X-CSRF-Token": csrf } });
  } catch (error) {
    if (error instanceof Problem) return { status: error.status, answer: error.details };
    throw error;
  }
}

/**
 * Asked for each time: whoever signed in anew in another tab has another token.
 * @param {OnWait} onWait
 * @returns {Promise<string>}
 */
async function tokenOfSession(onWait) {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    try {
      return (await ask("session")).csrf;
    } catch (error) {
      if (!isPassing(error)) throw error;
      onWait({ reason: "line", seconds: SECONDS });
      await pauseOrOnline(SECONDS);
    }
  }
  throw new NoAnswer();
}
