// The words of requests as this page shows them: templates by name, days that are left, and what was done when.

import { REQUEST_TEMPLATES } from "../../data/request_templates.js";
import { byId, el } from "../referral/dom.js";
import { momentWords } from "../referral/moment.js";
import { label, text } from "../texts.js";

/** @typedef {import('./filling.js').Template} Template */

/** @type {Template[]} */
export const TEMPLATES = REQUEST_TEMPLATES.templates;

/** @param {string} id @returns {Template|null} */
export function templateOf(id) {
  return TEMPLATES.find((one) => one.id === id) ?? null;
}

/** @param {string} id @param {string} language @returns {string} */
export function templateName(id, language) {
  return templateOf(id)?.name[language] ?? text("own_text");
}

/**
 * A label in the language of a text, which need not be the page's.
 * @param {string} language
 * @returns {(enumName: string, value: string) => string}
 */
export function labelIn(language) {
  return (enumName, value) => textIn(language, enumName, value);
}

/** @param {string} language @param {string} enumName @param {string} value */
function textIn(language, enumName, value) {
  try {
    return text(`words_in_texts.${language}.${enumName}.${value}`);
  } catch {
    return value;
  }
}

/**
 * How far off a day is.
 * @param {string|null} dueOn
 * @param {string} today
 * @returns {{days: number, words: string}}
 */
export function dueWords(dueOn, today) {
  if (!dueOn) return { days: Number.POSITIVE_INFINITY, words: text("no_day") };
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000);
  if (days < 0) return { days, words: text("late_by", { days: -days }) };
  return { days, words: days === 0 ? text("due_today") : text("due_in", { days }) };
}

/**
 * The steps of a record, oldest first, with all that was recorded.
 * @param {import('../../domain/record_steps.js').RecordStep[]} steps
 * @param {string} enumName
 * @returns {HTMLElement[]}
 */
export function stepLines(steps, enumName) {
  return steps.map((step) => {
    const more = [
      step.channel && text(`channel_${step.channel}`),
      step.reference,
      step.outcome,
      step.reason,
      step.evidence,
    ].filter(Boolean);
    return el(
      "li",
      { class: "history__one" },
      el("time", { datetime: step.day ?? step.on }, step.day ?? step.on),
      " ",
      el("strong", {}, label(enumName, step.state)),
      ` ${step.by}`,
      more.length > 0 && el("p", { class: "requests__more" }, more.join(" · ")),
    );
  });
}

/** @param {{by: string, at: string}} record @returns {string} */
export function savedWords({ by, at }) {
  return `${by}, ${momentWords(at)}`;
}

/**
 * What is known of a record, as pairs; what is empty is left out.
 * @param {[key: string, said: string][]} facts
 * @returns {void}
 */
export function showFacts(facts) {
  byId("facts", HTMLElement).replaceChildren(
    ...facts
      .filter(([, said]) => said !== "")
      .map(([key, said]) => el("div", {}, el("dt", {}, text(key)), el("dd", {}, said))),
  );
}
