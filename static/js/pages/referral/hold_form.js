// A legal hold: a lead keeps the letter from being destroyed, looks at that again, or ends it. Why is sealed.

import { text } from "../texts.js";
import { fillChoices, offer } from "./choice.js";
import { byId, part } from "./dom.js";
import { dayOf } from "./korean_day.js";
import { reasonOf } from "./reason.js";
import { sealNote, sealToReporter } from "./sealing.js";
import { attachWriting } from "./writing.js";

/**
 * @typedef {import('./open_referral.js').OpenReferral} OpenReferral
 * @typedef {import('./sealing.js').SealedBody} SealedBody
 * @typedef {import('./sealing.js').NoteBody} NoteBody
 * @typedef {'put'|'review'|'lift'} Step
 * @typedef {{version: number, review_on?: string, record: NoteBody, message: SealedBody|null}} HoldBody
 * @typedef {{step: Step, body: HoldBody}} Asked
 */

const DONE = { put: "hold_done_put", review: "hold_done_review", lift: "hold_done_lift" };

/**
 * Attach the form where there is one: only leads have it.
 * @param {OpenReferral} referral
 * @param {(error: import('../session/request.js').Problem) => Promise<void>} conflict
 * @param {number} most
 * @returns {{refresh: () => void, unsent: () => boolean}}
 */
export function attachHold(referral, conflict, most) {
  if (!document.getElementById("hold-form")) return { refresh() {}, unsent: () => false };
  const form = byId("hold-form", HTMLFormElement);
  const select = byId("hold-step", HTMLSelectElement);
  const words = byId("hold-words", HTMLTextAreaElement);
  const reason = withDay(reasonOf("hold"), select);
  const refresh = () => show(referral, { form, select, words });
  let done = DONE.put;
  select.addEventListener("change", refresh);
  const { unsent } = attachWriting({
    form,
    words,
    error: byId("hold-words-error", HTMLElement),
    said: byId("hold-said", HTMLElement),
    most,
    needed: false,
    avoid: () => referral.case.letter?.contact?.avoid ?? "",
    reason,
    make: () => makeHold(referral, /** @type {Step} */ (select.value), words.value, reason.value),
    async send({ step, body }) {
      done = DONE[step];
      await sendHold(referral, step, body);
    },
    sentText: () => done,
    conflict,
    sent: refresh,
  });
  return { refresh, unsent };
}

/**
 * What can be done now, and the words that stand ready for it.
 * @param {OpenReferral} referral
 * @param {{form: HTMLFormElement, select: HTMLSelectElement, words: HTMLTextAreaElement}} fields
 * @returns {void}
 */
function show(referral, { form, select, words }) {
  const { opening, letter } = referral.case;
  /** @type {Step[]} */
  const steps = opening.hold ? ["review", "lift"] : ["put"];
  fillChoices(
    select,
    steps.map((step) => [step, text(`hold_${step}`)]),
  );
  byId("hold-step-group", HTMLElement).hidden = steps.length === 1;
  byId("hold-review-group", HTMLElement).hidden = select.value === "lift";
  words.disabled = letter === null;
  const send = part(form, "send", HTMLButtonElement);
  send.textContent = text(`hold_${select.value}`);
  send.disabled = opening.state === "destroyed";
  if (letter) offer(words, text(`state_words.${letter.lang}.message.hold_${select.value}`));
}

/**
 * The reason with the day of the next look: neither goes without the other.
 * @param {import('./reason.js').Reason} reason
 * @param {HTMLSelectElement} select
 * @returns {import('./reason.js').Reason}
 */
function withDay(reason, select) {
  const field = byId("hold-review", HTMLInputElement);
  const error = byId("hold-review-error", HTMLElement);
  return {
    get value() {
      return reason.value;
    },
    show: reason.show,
    isFit() {
      const bad = select.value !== "lift" && (field.value === "" || !field.checkValidity());
      error.hidden = !bad;
      error.textContent = bad ? text("hold_review_wrong") : "";
      field.classList.toggle("govuk-input--error", bad);
      if (bad) field.focus();
      return reason.isFit() && !bad;
    },
    lock(locked) {
      reason.lock(locked);
      field.readOnly = locked;
    },
    clear: reason.clear,
  };
}

/**
 * @param {OpenReferral} referral
 * @param {Step} step
 * @param {string} words to the reporter; empty: she is shown it, and told nothing
 * @param {string} why for colleagues
 * @returns {Promise<Asked>}
 */
async function makeHold(referral, step, words, why) {
  const { opening, letter } = referral.case;
  const message =
    letter && words.trim() ? await sealToReporter(referral.session, referral.case, { text: words }) : null;
  const body = { version: opening.version, record: await sealNote(referral.session, why), message };
  if (step === "lift") return { step, body };
  return { step, body: { ...body, review_on: byId("hold-review", HTMLInputElement).value } };
}

/**
 * @param {OpenReferral} referral
 * @param {Step} step
 * @param {HoldBody} body
 * @returns {Promise<void>}
 */
async function sendHold(referral, step, body) {
  const standing = await referral.session.post(`${referral.path}/hold${step === "lift" ? "/end" : ""}`, body);
  const { opening } = referral.case;
  const by = referral.session.caseworker.login;
  opening.records.push({ ...body.record, by, at: new Date().toISOString() });
  const since = opening.hold?.since ?? dayOf(new Date());
  opening.hold = step === "lift" ? null : { by, since, review_on: body.review_on ?? "" };
  const action = step === "lift" ? "hold_lifted" : "hold_set";
  await referral.stands(standing, action, body.review_on ?? "", body.message);
}
