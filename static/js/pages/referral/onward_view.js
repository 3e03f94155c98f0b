// What was passed on to us, with its signature and our answer; and what we passed on, with what came back.

import { sealAnswer } from "../../crypto/onward.js";
import { answerJson } from "../../domain/onward_answer.js";
import { transitions } from "../../domain/onward_state.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { label, text } from "../texts.js";
import { fillChoices, offer } from "./choice.js";
import { byId, el, part } from "./dom.js";
import { dayOf } from "./korean_day.js";
import { epochFor, newestKid, openCase } from "./open_case.js";
import { reasonOf } from "./reason.js";
import { sealToReporter } from "./sealing.js";
import { attachWriting } from "./writing.js";

/**
 * @typedef {import('./open_referral.js').OpenReferral} OpenReferral
 * @typedef {import('./types.js').Case} Case
 * @typedef {import('./passed_on.js').PassedOn} PassedOn
 * @typedef {{version: number, answer: 'accepted'|'refused', sealed: string|null,
 *   message: import('./sealing.js').SealedBody|null}} AnswerBody
 */

/**
 * Show who passed this on and what was passed on from here.
 * @param {Case} held
 * @returns {void}
 */
export function showOnward({ opening, referrer, passedOn }) {
  const box = byId("referrer", HTMLElement);
  box.hidden = referrer === null;
  if (referrer) {
    const name = nameOf(referrer.name);
    byId("referrer-title", HTMLElement).textContent = text("referred_by", { name });
    byId("referrer-signature", HTMLElement).replaceChildren(text(`signature_${referrer.signature}`, { name }));
    byId("referrer-signature", HTMLElement).className = `signature signature--${referrer.signature}`;
    byId("referrer-state", HTMLElement).textContent = label("onward_states", opening.onward ?? "");
  }
  byId("passed-on-part", HTMLElement).hidden = passedOn.length === 0;
  byId("passed-on", HTMLElement).replaceChildren(...passedOn.map(rowOf));
}

/**
 * @param {{ko: string, en: string}} name
 * @returns {string}
 */
export function nameOf(name) {
  return document.documentElement.lang === "en" ? name.en : name.ko;
}

/**
 * @param {PassedOn} one
 * @returns {HTMLElement}
 */
function rowOf(one) {
  const { state, said, signature, sent_on, answered_on, urgent } = one;
  const known = ["offered", "accepted", "refused"].includes(state);
  const answered = answered_on && text("answered_on", { day: answered_on });
  return el(
    "li",
    { class: `passed-on__one passed-on__one--${state}` },
    el(
      "p",
      { class: "thread__who" },
      el("strong", {}, nameOf(one.name)),
      " · ",
      text("passed_on_on", { day: sent_on }),
      urgent && ` · ${text("passed_on_urgent")}`,
    ),
    el(
      "p",
      { class: "passed-on__state" },
      label(known ? "onward_states" : "referral_states", state),
      answered && ` (${answered})`,
    ),
    said && el("p", { class: "own-words" }, said),
    one.answer !== null && signature !== "current" && el("p", { class: "thread__broken" }, text(`answer_${signature}`)),
  );
}

/**
 * Attach the form in which the receiver answers.
 * @param {OpenReferral} referral
 * @param {(error: import('../session/request.js').Problem) => Promise<void>} conflict
 * @param {number} most characters of a message
 * @returns {{refresh: () => void, unsent: () => boolean}}
 */
export function attachOnwardAnswer(referral, conflict, most) {
  const form = byId("onward-form", HTMLFormElement);
  const select = byId("onward-choice", HTMLSelectElement);
  const words = byId("onward-words", HTMLTextAreaElement);
  const reason = reasonOf("onward");
  const refresh = () => {
    const { opening, letter } = referral.case;
    const living = !["withdrawn", "destroyed"].includes(opening.state);
    const open = living && opening.onward ? transitions(opening.onward) : [];
    form.hidden = open.length === 0;
    if (form.hidden) return;
    fillChoices(
      select,
      open.map((answer) => [answer, text(`onward_do_${answer}`)]),
    );
    reason.show(select.value === "refused");
    part(form, "send", HTMLButtonElement).disabled = false;
    offer(words, text(`state_words.${letter?.lang ?? "ko"}.onward.${select.value}`));
  };
  select.addEventListener("change", refresh);
  const written = attachWriting({
    form,
    words,
    error: byId("onward-words-error", HTMLElement),
    said: byId("onward-said", HTMLElement),
    most,
    needed: false,
    avoid: () => referral.case.letter?.contact?.avoid ?? "",
    reason,
    make: () => makeAnswer(referral, /** @type {'accepted'|'refused'} */ (select.value), words.value, reason.value),
    send: (body) => sendAnswer(referral, body),
    sentText: "onward_answered",
    conflict,
  });
  return { ...written, refresh };
}

/**
 * @param {OpenReferral} referral
 * @param {'accepted'|'refused'} answer
 * @param {string} toReporter empty: she is told nothing but what the portal shows
 * @param {string} toReferrer
 * @returns {Promise<AnswerBody>}
 */
async function makeAnswer({ session, case: held }, answer, toReporter, toReferrer) {
  const { opening, letter } = held;
  const body = { version: opening.version, answer };
  if (!letter) return { ...body, sealed: null, message: null };
  const { signingSeed } = epochFor(session, newestKid(session));
  const sealed = await sealAnswer({
    replyKey: b64uDecode(letter.reply_key, "reply_key", 32),
    portalId: session.portalId,
    reportId: b64uDecode(opening.report_id, "report_id", 16),
    originKid: b64uDecode(opening.origin_kid, "origin_kid", 16),
    referralId: b64uDecode(opening.referral_id, "referral_id", 16),
    receiver: session.caseworker.slug,
    signingSeed: /** @type {Uint8Array} */ (signingSeed),
    answer: answerJson({ v: 1, answer, text: toReferrer }),
  });
  const message = toReporter.trim() ? await sealToReporter(session, held, { text: toReporter }) : null;
  return { ...body, sealed: b64uEncode(sealed), message };
}

/**
 * @param {OpenReferral} referral
 * @param {AnswerBody} body
 * @returns {Promise<void>}
 */
async function sendAnswer(referral, body) {
  const { opening } = referral.case;
  const standing = await referral.session.post(`${referral.path}/onward/answer`, body);
  const { login: by } = referral.session.caseworker;
  Object.assign(opening, standing, { onward: body.answer });
  if (body.message) {
    opening.messages.push({ ...body.message, direction: "to_reporter", received_on: dayOf(new Date()), by });
  }
  opening.history.push({ at: new Date().toISOString(), by, action: `onward_${body.answer}`, detail: "" });
  referral.held = await openCase(referral.session, opening);
  referral.changed();
}
