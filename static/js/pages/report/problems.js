/** Saying what must be looked at once more: a summary that takes the focus, and words at each field. */

import { all, byId, make, one } from "../element.js";
import { text } from "../texts.js";
import { faultOf } from "./checks.js";

/**
 * @param {{id: string, key: string}[]} problems none clears what was shown
 */
export function showProblems(problems) {
  clearProblems();
  byId("errors").hidden = problems.length === 0;
  byId("errors-list").replaceChildren(...problems.map(summaryLine));
  for (const { id, key } of problems) sayAtField(id, key);
  if (problems.length > 0) byId("errors").focus();
}

function clearProblems() {
  for (const message of all(".govuk-error-message")) {
    message.hidden = true;
    message.textContent = "";
  }
  for (const group of all(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  for (const field of all("[aria-invalid]")) field.removeAttribute("aria-invalid");
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
  const target = field.matches("fieldset, div") ? one("input, textarea, select", field) : field;
  target.focus();
  (field.closest("[data-group]") ?? field).scrollIntoView({ block: "start" });
}

/** Pictures and numbers that nobody needs are said at the field at once, and aloud. @param {EventTarget | null} field */
export function checkField(field) {
  if (!(field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text"))) return;
  if (!field.dataset.field) return;
  const key = faultOf(field.value, Number.POSITIVE_INFINITY, field.dataset.field.endsWith("address"));
  sayAtField(field.id, key);
  const words = key ? text(key) : "";
  if (byId("caught").textContent !== words) byId("caught").textContent = words;
}
