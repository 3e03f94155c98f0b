/** Writing back from the page: checked, sealed, sent until it is taken, then shown in the thread. */

import { TEXT_MOST } from "../../domain/message_content.js";
import { byId, one, release } from "../element.js";
import { patientPost } from "../patient_post.js";
import { faultOf } from "../report/fault.js";
import { sayAtField } from "../report/problems.js";
import { text } from "../texts.js";
import { waitWords } from "../wait_words.js";
import { messageEntry } from "./message_view.js";
import { writeBack } from "./writing.js";

/**
 * @typedef {import("./visit.js").Visit} Visit
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {Awaited<ReturnType<typeof writeBack>> & {words: string}} Letter
 */

/** What was sealed and not taken yet, by referral: another press sends the same bytes. @type {Map<string, Letter>} */
const waiting = new Map();

/** @param {() => Visit} visit */
export function startTalk(visit) {
  byId("threads").addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-send]") : null;
    const card = button?.closest("[data-referral]");
    if (!(button instanceof HTMLButtonElement) || !(card instanceof HTMLElement)) return;
    const thread = visit().threads.find((one) => one.referralId === card.dataset.referral);
    if (thread) send({ visit: visit(), thread, card, button });
  });
}

/** @param {{visit: Visit, thread: Thread, card: HTMLElement, button: HTMLButtonElement}} parts */
async function send({ visit, thread, card, button }) {
  const field = /** @type {HTMLTextAreaElement} */ (one("[data-message]", card));
  const status = one("[data-sent]", card);
  const words = field.value.trim();
  const fault = words === "" ? "message_empty" : faultOf(words, TEXT_MOST);
  sayAtField(field.id, fault === "too_long" ? "message_too_long" : fault);
  status.textContent = fault ? "" : text("sending");
  if (fault) {
    field.focus();
    return;
  }
  button.disabled = true;
  field.readOnly = true;
  const said = await sendWords({ visit, thread, words, card }).catch(() => "message_not_sent");
  status.textContent = text(said === "message_sent" && thread.referredBy ? "message_sent_onward" : said);
  if (said === "message_sent") field.value = "";
  field.readOnly = false;
  release(button);
}

/**
 * @param {{visit: Visit, thread: Thread, words: string, card: HTMLElement}} parts
 * @returns {Promise<string>} key of what to tell
 */
async function sendWords({ visit, thread, words, card }) {
  const before = waiting.get(thread.referralId);
  const letter = before?.words === words ? before : { words, ...(await writeBack({ visit, thread, text: words })) };
  waiting.set(thread.referralId, letter);
  const { status } = await patientPost({
    address: "follow-up/message",
    body: letter.body,
    onWait: (wait) => {
      one("[data-sent]", card).textContent = waitWords(wait);
    },
  });
  if (status === 409) return "message_closed";
  if (status !== 201) return "message_not_sent";
  waiting.delete(thread.referralId);
  thread.messages.push(letter.message);
  one("[data-messages]", card).append(messageEntry(letter.message, "", thread));
  one("[data-no-messages]", card).hidden = true;
  return "message_sent";
}
