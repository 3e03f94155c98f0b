// The letter's answers, most pressing first, as a list of terms and what was said.

import { label, text } from "../texts.js";
import { byId, el, icon } from "./dom.js";
import { factsOf } from "./facts.js";

const ENUMS = [
  "reporter_roles",
  "age_groups",
  "yes_no",
  "relations",
  "threat_kinds",
  "harms",
  "materials",
  "wishes",
  "identity_leaks",
  "prior_kinds",
  "help_languages",
  "disability_support",
  "regions",
  "purposes",
  "organisation_kinds",
  "contact_channels",
];

/**
 * Show what the letter says.
 * @param {any} letter
 * @param {{purposes: string[], pass_on: string[]}} consent the one in force
 * @returns {void}
 */
export function showFacts(letter, consent) {
  const rows = factsOf(letter, consent, (name, value) => (ENUMS.includes(name) ? label(name, value) : text(value)));
  byId("facts", HTMLElement).replaceChildren(...rows.map(rowOf));
}

/**
 * @param {import('./facts.js').Fact} fact
 * @returns {HTMLElement}
 */
function rowOf({ name, values, quoted, urgent, note }) {
  const said = [
    ...values.map((value) => el("span", { class: "facts__value" }, value)),
    ...quoted.map((words) => el("q", { class: "facts__quote" }, words)),
  ];
  const nothing =
    said.length === 0 &&
    el("span", { class: "facts__unsaid" }, text(["consent", "pass_on"].includes(name) ? `unsaid_${name}` : "unsaid"));
  return el(
    "div",
    { class: urgent ? "facts__row facts__row--urgent" : "facts__row", "data-fact": name },
    el("dt", { class: "facts__name" }, urgent && icon("urgent"), text(`fact_${name}`)),
    el(
      "dd",
      { class: "facts__said" },
      ...said,
      nothing,
      note && el("p", { class: "facts__note" }, text(`note_${note}`)),
    ),
  );
}

/**
 * Words to avoid stand again where words are written.
 * @param {any} letter
 * @returns {void}
 */
export function showWordsToAvoid(letter) {
  const box = byId("message-avoid", HTMLElement);
  const avoid = letter?.contact?.avoid ?? "";
  box.hidden = !avoid;
  box.replaceChildren(el("strong", {}, text("fact_avoid")), " ", el("q", {}, avoid));
}
