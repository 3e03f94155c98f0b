// The reason that a step needs, for colleagues: shown only where it is needed, and then nothing goes without it.

import { text } from "../texts.js";
import { byId } from "./dom.js";

/**
 * @typedef {{value: string, show: (needed: boolean) => void, isFit: () => boolean, lock: (locked: boolean) => void,
 *   clear: () => void}} Reason `value` is empty where none is needed
 */

/**
 * @param {"state"|"item"|"onward"|"hold"} name whose form it stands in
 * @returns {Reason}
 */
export function reasonOf(name) {
  const group = byId(`${name}-reason-group`, HTMLElement);
  const field = byId(`${name}-reason`, HTMLTextAreaElement);
  const error = byId(`${name}-reason-error`, HTMLElement);
  const complain = (/** @type {boolean} */ bad) => {
    error.hidden = !bad;
    error.textContent = bad ? text("reason_missing") : "";
    field.classList.toggle("govuk-textarea--error", bad);
    if (bad) field.focus();
    return !bad;
  };
  return {
    get value() {
      return group.hidden ? "" : field.value.trim();
    },
    show(needed) {
      group.hidden = !needed;
      complain(false);
    },
    isFit: () => complain(!group.hidden && !field.value.trim()),
    lock(locked) {
      field.readOnly = locked;
    },
    clear() {
      field.value = "";
    },
  };
}
