/** Asks what the answers so far bring up, says what they call for, and passes over steps that have nothing to ask. */

import { asked, LISTED, noted } from "../../domain/asking.js";
import { all } from "../element.js";
import { givenOf, ownFields, readFields } from "./fields.js";
import { startLeavingOpen } from "./left_open.js";

const ASKED = new Set(LISTED.map(({ name }) => name));

/**
 * @param {HTMLElement} root
 * @param {import("./steps.js").Steps} steps
 */
export function startAsking(root, steps) {
  startLeavingOpen(root);
  const ask = () => {
    showAsked(root);
    steps.recount();
  };
  root.addEventListener("change", ask);
  root.addEventListener("click", ask); // a link that was added has questions as well
  // With the first letter, not when the field is left: a button that moves under a finger misses the press.
  root.addEventListener("input", (event) => becameFilled(event.target) && ask());
  ask();
}

/** @type {WeakSet<EventTarget>} */
const filled = new WeakSet();

/**
 * Whether a field of words has just got its first letter, or lost its last.
 * @param {EventTarget | null} field
 */
function becameFilled(field) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) || field.type === "radio")
    return false;
  const is = field.value !== "";
  if (is === filled.has(field)) return false;
  if (is) filled.add(field);
  else filled.delete(field);
  return true;
}

/** Show what these answers bring up, and nothing else. @param {HTMLElement} root */
export function showAsked(root) {
  const given = givenOf(readFields(ownFields(root)));
  const policy = root.dataset.policy ?? "";
  const names = new Set(asked(given, policy));
  const notes = new Set(noted(given, policy));
  for (const part of all("[data-asked]", root)) show(part, names.has(part.dataset.asked ?? ""));
  for (const part of all("[data-note]", root)) show(part, notes.has(part.dataset.note ?? ""));
  for (const step of all("[data-step]", root)) {
    // The ticks that leave a text open belong to it.
    const fields = all("[data-field]:not([data-left-open])", step).map(
      (field) => field.dataset.field?.split("-").at(-1) ?? "",
    );
    // Who may read a part is asked only where there is the part.
    const rest = fields.some((name) => (ASKED.has(name) ? names.has(name) : name !== "compartments"));
    if (fields.length > 0 && !rest) step.dataset.unasked = "";
    else delete step.dataset.unasked;
  }
}

/**
 * Only what changes is touched: whoever listens to the page is told of changes alone.
 * @param {HTMLElement} part
 * @param {boolean} shown
 */
function show(part, shown) {
  if (part.hidden === shown) part.hidden = !shown;
}
