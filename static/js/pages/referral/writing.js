// A form in which words are written and sent. Whatever happens on the way, what was typed stays until it has arrived:
// a bad line, an ended session, a colleague who was quicker.

import { containsImage } from "../../domain/image_text.js";
import { problemWords } from "../session/problem_words.js";
import { isPassing, Offline, Problem } from "../session/request.js";
import { OtherCaseworker } from "../session.js";
import { text } from "../texts.js";
import { Delivery } from "./delivery.js";
import { avoidedWords } from "./words_to_avoid.js";

const FIRST_WAIT = 5_000;
const LONGEST_WAIT = 60_000;

/**
 * @template Body
 * @typedef {object} Writing
 * @property {HTMLFormElement} form
 * @property {HTMLTextAreaElement} words
 * @property {HTMLElement} error
 * @property {HTMLElement} said where the way of what was sent is told
 * @property {number} most longest text, in characters
 * @property {boolean} needed whether there must be words
 * @property {() => string} [avoid] words that the reader asked not to be used; said once, then it is the writer's choice
 * @property {import('./reason.js').Reason} [reason] what colleagues are told, where a step needs it
 * @property {() => Promise<Body>} make what is sent, made once
 * @property {(body: Body) => Promise<void>} send
 * @property {string | (() => string)} sentText key of the words when it arrived
 * @property {(conflict: Problem) => Promise<void>} [conflict] somebody else changed it first
 * @property {() => void} [sent] when it arrived
 */

/**
 * @template Body
 * @typedef {{delivery: Delivery<Body, void>, busy: boolean, wait: number,
 *   timer: ReturnType<typeof setTimeout>|undefined}} OnItsWay
 */

/**
 * Attach a form. Gives a way to ask whether anything would be lost by leaving.
 * @template Body
 * @param {Writing<Body>} writing
 * @returns {{unsent: () => boolean}}
 */
export function attachWriting(writing) {
  const { form, words } = writing;
  /** @type {OnItsWay<Body>} */
  const state = { delivery: new Delivery(writing.send), busy: false, wait: FIRST_WAIT, timer: undefined };
  const go = () => submit(writing, state, go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go();
  });
  addEventListener("online", () => state.delivery.waiting && go());
  return { unsent: () => state.delivery.waiting || (words.value !== "" && words.dataset.offered !== words.value) };
}

/**
 * @template Body
 * @param {Writing<Body>} writing
 * @param {OnItsWay<Body>} state
 * @param {() => void} again
 * @returns {Promise<void>}
 */
async function submit(writing, state, again) {
  if (state.busy || (!state.delivery.waiting && !isFit(writing))) return;
  clearTimeout(state.timer);
  state.busy = true;
  lock(writing, true);
  say(writing, text("sending"));
  try {
    await state.delivery.attempt(writing.make);
    writing.words.value = "";
    writing.reason?.clear();
    state.wait = FIRST_WAIT;
    say(writing, text(typeof writing.sentText === "string" ? writing.sentText : writing.sentText()));
    writing.sent?.();
  } catch (error) {
    await failed(writing, error);
    if (isPassing(error)) {
      const asked = error instanceof Problem ? (error.details.retry_after ?? 0) * 1000 : 0;
      state.timer = setTimeout(again, Math.max(state.wait, asked));
      state.wait = Math.min(state.wait * 2, LONGEST_WAIT);
    }
  } finally {
    state.busy = false;
    lock(writing, state.delivery.waiting);
  }
}

/**
 * @template Body
 * @param {Writing<Body>} writing
 * @param {unknown} error
 * @returns {Promise<void>}
 */
async function failed(writing, error) {
  say(writing, "");
  if (error instanceof Offline) {
    say(writing, text("kept_offline"));
  } else if (isPassing(error)) {
    say(writing, text("kept_busy"));
  } else if (error instanceof Problem && error.code === "version_conflict" && writing.conflict) {
    await writing.conflict(error);
    complain(writing, text("kept_conflict"));
  } else if (error instanceof Problem && error.code === "session_ended") {
    complain(writing, text("kept_signed_out"));
  } else if (error instanceof Problem || error instanceof OtherCaseworker) {
    complain(writing, problemWords(error).detail);
  } else {
    complain(writing, text("kept_failed"));
  }
}

/**
 * @template Body
 * @param {Writing<Body>} writing
 * @returns {boolean}
 */
function isFit(writing) {
  const typed = writing.words.value;
  if (writing.needed && !typed.trim()) return complain(writing, text("words_missing"));
  if (typed.length > writing.most) return complain(writing, text("words_too_long", { most: writing.most }));
  if (containsImage(typed)) return complain(writing, text("words_image"));
  if (writing.reason?.isFit() === false) return false;
  const avoided = avoidedWords(writing.avoid?.() ?? "", typed);
  const warned = writing.words.dataset.warned === typed;
  writing.words.dataset.warned = typed;
  if (avoided.length > 0 && !warned) return complain(writing, text("words_avoided", { words: avoided.join(", ") }));
  return complain(writing, "");
}

/**
 * @template Body
 * @param {Writing<Body>} writing
 * @param {string} words empty: nothing is wrong
 * @returns {boolean} whether nothing is wrong
 */
function complain({ error, words: field }, words) {
  error.hidden = !words;
  error.textContent = words;
  field.classList.toggle("govuk-textarea--error", words !== "");
  if (words) {
    field.setAttribute("aria-invalid", "true");
    field.focus();
  } else {
    field.removeAttribute("aria-invalid");
  }
  return !words;
}

/**
 * While something is on its way, and until an answer came, what is sent must not change.
 * @template Body
 * @param {Writing<Body>} writing
 * @param {boolean} locked
 * @returns {void}
 */
function lock({ form, words, reason }, locked) {
  words.readOnly = locked;
  reason?.lock(locked);
  for (const choice of form.querySelectorAll("select")) choice.disabled = locked;
  form.toggleAttribute("aria-busy", locked);
}

/**
 * @template Body
 * @param {Writing<Body>} writing
 * @param {string} words
 * @returns {void}
 */
function say({ said }, words) {
  said.textContent = words;
}
