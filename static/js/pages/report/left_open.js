/**
 * «I don't know» and «I would rather not say» for texts. While one is ticked, what was typed is put away, in memory and
 * nowhere else, and is no part of the report; taking the tick away brings it back.
 */

import { all, byId } from "../element.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} TextField */

/** @type {WeakMap<TextField, string>} */
const putAway = new WeakMap();

/** @param {HTMLElement} root */
export function startLeavingOpen(root) {
  root.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement && target.dataset.leftOpen) ticked(target);
  });
  root.addEventListener("input", ({ target }) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
    if (!target.dataset.field || target.value === "") return;
    for (const tick of ticksOf(target)) tick.checked = false;
  });
}

/** @param {HTMLInputElement} tick */
function ticked(tick) {
  const field = /** @type {TextField} */ (byId(tick.dataset.leftOpen ?? ""));
  if (tick.checked) {
    for (const other of ticksOf(field)) if (other !== tick) other.checked = false;
    if (field.value !== "") putAway.set(field, field.value);
    field.value = "";
  } else {
    field.value = putAway.get(field) ?? "";
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** @param {TextField} field */
function ticksOf(field) {
  return /** @type {HTMLInputElement[]} */ (all(`[data-left-open="${field.id}"]`));
}
