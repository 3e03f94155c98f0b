/** Saying what must be looked at once more: a summary that takes the focus, and words at each field. */

import { all, byId, make, one } from "../element.js";
import { text } from "../texts.js";
import { faultOf } from "./fault.js";

const A_MOMENT = 400; // milliseconds

/**
 * @param {{id: string, key: string}[]} problems none clears what was shown
 * @param {HTMLElement} root what they are about, with a summary of its own
 */
export function showProblems(problems, root = byId("report")) {
  clearProblems(root);
  const summary = one(".govuk-error-summary", root);
  summary.hidden = problems.length === 0;
  one("ul", summary).replaceChildren(...problems.map(summaryLine));
  for (const { id, key } of problems) sayAtField(id, key);
  if (problems.length > 0) summary.focus();
}

/** @param {HTMLElement} root */
function clearProblems(root) {
  for (const message of all(".govuk-error-message", root)) {
    message.hidden = true;
    message.textContent = "";
  }
  for (const group of all(".govuk-form-group--error", root)) group.classList.remove("govuk-form-group--error");
  for (const field of all("[aria-invalid]", root)) field.removeAttribute("aria-invalid");
}

/**
 * Words at one field, or none when the key is empty.
 * @param {string} id
 * @param {string} key
 */
export function sayAtField(id, key) {
  const field = document.getElementById(id);
  const message = document.getElementById(`${id}-error`);
  if (!field || !message) return;
  message.textContent = key ? text(key) : "";
  message.hidden = key === "";
  field.closest("[data-group]")?.classList.toggle("govuk-form-group--error", key !== "");
  if (key) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  const folded = field.closest("details");
  if (key && folded) folded.open = true;
}

/** @param {{id: string, key: string}} problem */
function summaryLine({ id, key }) {
  const line = make("li");
  const link = make("a", "", text(key));
  link.setAttribute("href", `#${id}`);
  link.addEventListener("click", (event) => {
    event.preventDefault(); // an address with # would be one more entry in the history
    focusField(id);
  });
  line.append(link);
  return line;
}

/** @param {string} id */
function focusField(id) {
  const field = byId(id);
  const inside = field.matches("fieldset, div") ? all("input, textarea, select", field) : [field];
  inside.find((each) => each.offsetParent !== null)?.focus(); // an organisation that cannot be chosen is not shown
  (field.closest("[data-group]") ?? field).scrollIntoView({ block: "start" });
}

/**
 * What is typed is looked at after a moment without a key. When a field is left, too, but not at once: where a button was
 * pressed, words that appear above it would push it away from under the finger.
 * @param {HTMLElement} root
 */
export function watchFields(root) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  root.addEventListener("focusout", ({ target }) => setTimeout(() => checkField(target, false), A_MOMENT));
  root.addEventListener("input", ({ target }) => {
    clearTimeout(soon);
    soon = setTimeout(() => checkField(target, true), A_MOMENT);
  });
}

/**
 * Pictures and numbers that nobody needs are said at the field, and aloud.
 * @param {EventTarget | null} field
 * @param {boolean} isTyped what was said of the field before is about other words
 */
function checkField(field, isTyped) {
  if (!(field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text"))) return;
  const name = field.dataset.field ?? field.dataset.message;
  if (name === undefined) return;
  const key = faultOf(field.value, Number.POSITIVE_INFINITY, name.endsWith("address"));
  if (!key && !isTyped) return;
  sayAtField(field.id, key);
  const words = key ? text(key) : "";
  if (byId("caught").textContent !== words) byId("caught").textContent = words;
}
