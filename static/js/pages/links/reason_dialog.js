// Why something is refused or closed, asked in place: typed, Enter, and on to the next.

import { byId } from "../referral/dom.js";

/** What was typed last about each decision stands ready the next time. @type {Map<string, string>} */
const last = new Map();

/**
 * @param {string} codeId
 * @param {string} title
 * @returns {Promise<string>} empty where whoever decides goes back
 */
export function askReason(codeId, title) {
  const dialog = byId("reason-dialog", HTMLDialogElement);
  const field = byId("reason", HTMLInputElement);
  const error = byId("reason-error", HTMLElement);
  byId("reason-title", HTMLElement).textContent = title;
  error.hidden = true;
  field.value = last.get(codeId) ?? "";
  dialog.showModal();
  field.focus();
  field.select();
  return new Promise((resolve) => {
    const listening = new AbortController();
    const { signal } = listening;
    const finish = (/** @type {string} */ reason) => {
      listening.abort();
      dialog.close();
      resolve(reason);
    };
    byId("reason-form", HTMLFormElement).addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        const typed = field.value.trim();
        error.hidden = typed !== "";
        if (!typed) return;
        last.set(codeId, typed);
        finish(typed);
      },
      { signal },
    );
    byId("reason-cancel", HTMLButtonElement).addEventListener("click", () => finish(""), { signal });
    dialog.addEventListener("cancel", () => finish(""), { signal });
  });
}
