/** Sending sealed bytes from this page, with the wait told where the person looks. Unchanged however often it is tried. */

import { patientPost } from "../patient_post.js";
import { waitWords } from "../wait_words.js";

/** @typedef {import("../../domain/wire.js").Bytes} Bytes */

/**
 * @param {string} address
 * @param {Bytes} body
 * @param {HTMLElement} status
 * @param {() => void} [lostLine] an answer may have got lost
 */
export function deliver(address, body, status, lostLine = () => {}) {
  return patientPost({
    address,
    body,
    onWait: (wait) => {
      if (wait.reason === "line") lostLine();
      status.textContent = waitWords(wait);
    },
  });
}

/**
 * Send letters one after the other. What was taken leaves the list, so that another try sends the rest.
 * @param {{body: Bytes, taken: () => void}[]} letters
 * @param {HTMLElement} status
 * @returns {Promise<"sent" | "part" | "closed" | "failed">}
 */
export async function deliverAll(letters, status) {
  const { length } = letters;
  for (let letter = letters[0]; letter; letter = letters[0]) {
    const answer = await deliver("follow-up/message", letter.body, status).catch(() => null);
    if (answer?.status === 409) return "closed";
    if (answer?.status !== 201) return letters.length < length ? "part" : "failed";
    letter.taken();
    letters.shift();
  }
  return "sent";
}
