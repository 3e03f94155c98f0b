// Over a page whose session ended, or in a tab without the key: ask for the passphrase in place. Nothing below changes.

import { byId, part } from "../referral/dom.js";
import { text } from "../texts.js";
import { keyProgress, showProblem } from "./key_progress.js";
import { problemWords } from "./problem_words.js";

/** @typedef {import('../session.js').Session} Session */

/**
 * Give the session its way of asking. Several requests that end at once share one dialog.
 * @param {Session} session
 * @returns {void}
 */
export function attachDialog(session) {
  /** @type {Promise<boolean>|null} */
  let asking = null;
  session.revive = (reason) => {
    asking ??= ask(session, reason).finally(() => {
      asking = null;
    });
    return asking;
  };
}

/**
 * @param {Session} session
 * @param {'ended'|'locked'} reason
 * @returns {Promise<boolean>} whether the session lives and its keyring is open
 */
function ask(session, reason) {
  const dialog = byId("passphrase-dialog", HTMLDialogElement);
  const form = byId("passphrase-form", HTMLFormElement);
  part(form, "reason", HTMLElement).textContent = text(`${reason}_reason`);
  showProblem(form, null);
  dialog.showModal();
  byId("again-passphrase", HTMLInputElement).focus();
  return new Promise((resolve) => {
    const listening = new AbortController();
    const finish = (/** @type {boolean} */ revived) => {
      listening.abort();
      byId("again-passphrase", HTMLInputElement).value = "";
      dialog.close();
      resolve(revived);
    };
    const { signal } = listening;
    form.addEventListener(
      "submit",
      (event) => {
        event.preventDefault();
        attempt(session, form, reason).then((revived) => revived && finish(true));
      },
      { signal },
    );
    part(form, "cancel", HTMLButtonElement).addEventListener("click", () => finish(false), { signal });
    dialog.addEventListener("cancel", () => finish(false), { signal });
  });
}

/**
 * @param {Session} session
 * @param {HTMLFormElement} form
 * @param {'ended'|'locked'} reason
 * @returns {Promise<boolean>}
 */
async function attempt(session, form, reason) {
  const field = byId("again-passphrase", HTMLInputElement);
  if (!field.value || form.getAttribute("aria-busy") === "true") return false;
  const progress = keyProgress(form);
  form.setAttribute("aria-busy", "true");
  showProblem(form, null);
  try {
    const { login } = session.caseworker;
    if (reason === "ended") await session.signIn({ login, passphrase: field.value, onProgress: progress.show });
    else await session.unlock(field.value, progress.show);
    return true;
  } catch (error) {
    showProblem(form, problemWords(error));
    field.select();
    return false;
  } finally {
    progress.hide();
    form.removeAttribute("aria-busy");
  }
}
