/** Taking the report back: a choice, a second look, then a sealed word to each organisation. */

import { byId, one } from "../element.js";
import { patientPost } from "../patient_post.js";
import { text } from "../texts.js";
import { waitWords } from "../wait_words.js";
import { withdrawAll } from "./writing.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {"72h" | "now"} When
 */

/** What was sealed and not taken yet: another press sends the same bytes. @type {Map<When, Uint8Array<ArrayBuffer>>} */
const waiting = new Map();

/** @param {{visit: () => Visit, done: (when: When) => Promise<void>}} parts */
export function startWithdrawal({ visit, done }) {
  byId("withdraw-ask").addEventListener("click", () => {
    const when = chosen();
    byId("withdraw-status").textContent = when ? "" : text("withdraw_choose");
    if (!when) return;
    byId("withdraw-sure").hidden = false;
    byId("withdraw-what").textContent = text(`withdraw_sure_${when}`);
    one("h3", byId("withdraw-sure")).focus();
  });
  byId("withdraw-no").addEventListener("click", () => {
    byId("withdraw-sure").hidden = true;
    byId("withdraw-ask").focus();
  });
  byId("withdraw-yes").addEventListener("click", async () => {
    const when = chosen();
    const button = /** @type {HTMLButtonElement} */ (byId("withdraw-yes"));
    if (!when || button.disabled) return;
    button.disabled = true;
    const taken = await withdraw(visit(), when).catch(() => false);
    button.disabled = false;
    byId("withdraw-status").textContent = taken ? "" : text("withdraw_failed");
    if (!taken) return;
    byId("withdraw-sure").hidden = true;
    await done(when);
  });
}

/** @returns {When | null} */
function chosen() {
  const box = /** @type {HTMLInputElement | null} */ (byId("withdraw").querySelector("input[type=radio]:checked"));
  return box ? /** @type {When} */ (box.value) : null;
}

/**
 * @param {Visit} visit
 * @param {When} when
 * @returns {Promise<boolean>} whether the portal took it
 */
async function withdraw(visit, when) {
  const status = byId("withdraw-status");
  status.textContent = text("sending");
  const body = waiting.get(when) ?? (await withdrawAll({ visit, when }));
  waiting.set(when, body);
  let lost = false;
  const { status: answer } = await patientPost({
    address: "follow-up/withdrawal",
    body,
    onWait: (wait) => {
      lost ||= wait.reason === "line";
      status.textContent = waitWords(wait);
    },
  });
  // «Now» destroys what answers: when an answer got lost, «nothing here» means that it was done.
  return answer === 200 || (when === "now" && lost && answer === 404);
}
