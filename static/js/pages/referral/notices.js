// What a caseworker has to know before reading on: withdrawals, letters that do not parse, entries that do not match.

import { text } from "../texts.js";
import { byId, el, icon } from "./dom.js";
import { withdrawalIn } from "./thread.js";

/** @typedef {import('./types.js').Case} Case */

/**
 * Show what applies to this referral now, in place of what was shown before.
 * @param {Case} held
 * @returns {void}
 */
export function showNotices(held) {
  byId("notices", HTMLElement).replaceChildren(...noticesOf(held));
}

/**
 * @param {Case} held
 * @returns {HTMLElement[]}
 */
function noticesOf(held) {
  const { opening, letter, raw, leaf } = held;
  const notices = [];
  const withdrawal = withdrawalIn(held.messages);
  if (opening.state === "withdrawn" || withdrawal) notices.push(withdrawn(opening, withdrawal?.content?.when ?? null));
  if (opening.sealed_by === "server") notices.push(notice("server_sealed"));
  if (held.referrer?.signature === "wrong") notices.push(notice("signature_wrong"));
  if (leaf === "differs") notices.push(notice("leaf_differs"));
  if (!letter) notices.push(notice("not_a_letter"), el("pre", { class: "raw-letter", tabindex: "0" }, raw ?? ""));
  return notices;
}

/**
 * @param {import('./types.js').Opening} opening
 * @param {string|null} when what the reporter said, sealed; null when only the portal says it
 * @returns {HTMLElement}
 */
function withdrawn(opening, when) {
  const said = when === null ? "withdrawn_unsaid" : "withdrawn_said";
  if (opening.hold) return notice("withdrawal", [text(said), text("withdrawn_held")]);
  const day = opening.destroy_on ? text("destroy_on", { day: opening.destroy_on }) : "";
  return notice("withdrawal", [text(said), day]);
}

/**
 * @param {string} name
 * @param {string[]} [words] instead of the notice's own
 * @returns {HTMLElement}
 */
export function notice(name, words = [text(`notice_${name}`)]) {
  return el(
    "div",
    { class: `notice notice--${name}`, role: "region", "aria-label": text(`notice_${name}_title`) },
    el("p", { class: "notice__title" }, icon("late"), " ", text(`notice_${name}_title`)),
    ...words.filter(Boolean).map((one) => el("p", { class: "govuk-body" }, one)),
  );
}
