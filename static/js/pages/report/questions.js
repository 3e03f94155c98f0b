/** A tick that empties the others, and files that are turned away. Which question is asked when is in asking.js. */

import { all, byId } from "../element.js";
import { text } from "../texts.js";

/** @param {HTMLElement} root */
export function startQuestions(root) {
  root.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.type === "checkbox") settleExclusive(event.target);
  });
  // A file that is dropped would open in place of the page, and everything typed would be gone.
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    if (event.dataTransfer?.files.length) refuseFile(event);
  });
  root.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length && !event.clipboardData.getData("text")) refuseFile(event);
  });
}

/** @param {HTMLInputElement} box */
function isExclusive(box) {
  return "noneOf" in box.dataset || box.value === "none";
}

/** @param {HTMLInputElement} changed */
function settleExclusive(changed) {
  const group = changed.closest("[data-group]");
  if (!changed.checked || !group) return;
  for (const box of /** @type {HTMLInputElement[]} */ (all("input[type=checkbox]", group))) {
    if (box !== changed && (isExclusive(changed) || isExclusive(box))) box.checked = false;
  }
}

/** @param {Event} event */
function refuseFile(event) {
  event.preventDefault();
  const words = byId("no-files");
  words.textContent = text("no_files");
  words.focus();
}
