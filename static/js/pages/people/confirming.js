// A question before something that cannot be taken back, with what it means.

import { byId, part } from "../referral/dom.js";

/**
 * @param {string} id of the dialog
 * @param {string} title
 * @param {Record<string, boolean>} parts which of its words are meant
 * @returns {Promise<boolean>}
 */
export function confirmed(id, title, parts) {
  const dialog = byId(id, HTMLDialogElement);
  part(dialog, "title", HTMLElement).textContent = title;
  for (const [name, shown] of Object.entries(parts)) part(dialog, name, HTMLElement).hidden = !shown;
  dialog.showModal();
  return new Promise((resolve) => {
    const listening = new AbortController();
    const finish = (/** @type {boolean} */ yes) => {
      listening.abort();
      dialog.close();
      resolve(yes);
    };
    const { signal } = listening;
    part(dialog, "confirm", HTMLButtonElement).addEventListener("click", () => finish(true), { signal });
    part(dialog, "cancel", HTMLButtonElement).addEventListener("click", () => finish(false), { signal });
    dialog.addEventListener("cancel", () => finish(false), { signal });
  });
}
