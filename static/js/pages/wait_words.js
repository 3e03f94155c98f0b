/** Why somebody waits, in the words of the page. */

import { text } from "./texts.js";

/**
 * @param {import("./patient_post.js").Wait} wait
 * @returns {string}
 */
export function waitWords({ reason, seconds }) {
  return text(reason === "proof" && seconds > 0 ? "wait_proof_still" : `wait_${reason}`, { seconds });
}
