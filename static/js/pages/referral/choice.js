// A select of states with the sentence that goes with each. A sentence that was edited is never replaced.

import { el } from "./dom.js";

/**
 * Fill a select; what was chosen stays chosen where it still can be.
 * @param {HTMLSelectElement} select
 * @param {[value: string, words: string][]} choices
 * @returns {void}
 */
export function fillChoices(select, choices) {
  const before = select.value;
  select.replaceChildren(...choices.map(([value, words]) => el("option", { value }, words)));
  if (choices.some(([value]) => value === before)) select.value = before;
}

/**
 * Offer a sentence unless the field holds words of the caseworker's own.
 * @param {HTMLTextAreaElement} field
 * @param {string} sentence
 * @returns {void}
 */
export function offer(field, sentence) {
  if (field.readOnly || (field.value !== "" && field.value !== field.dataset.offered)) return;
  field.value = sentence;
  field.dataset.offered = sentence;
}
