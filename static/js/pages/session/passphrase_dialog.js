// Over a page whose session ended, in a tab without the key, or before keys change: ask in place who is there. Nothing
// below changes.

import { byId, part } from "../referral/dom.js";
import { text } from "../texts.js";
import { watchAccess } from "./access_ended.js";
import { watchIdle } from "./idle.js";
import { keyProgress, showProblem } from "./key_progress.js";
import { knowsPasskeys } from "./passkey.js";
import { problemWords } from "./problem_words.js";
import { Problem } from "./request.js";
import { restore, secondStepIn } from "./second_step.js";
import { GivenUp } from "./steps.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('./living.js').Reason} Reason
 */

/**
 * Give the session its way of asking, also after half an hour without use. Several requests that end at once share one
 * dialog.
 * @param {Session} session
 * @returns {void}
 */
export function attachDialog(session) {
  /** @type {Promise<boolean>|null} */
  let asking = null;
  session.askSecond = secondStepIn(byId("passphrase-form", HTMLFormElement), byId("again-second", HTMLFormElement));
  session.revive = (reason) => {
    asking ??= ask(session, reason).finally(() => {
      asking = null;
    });
    return asking;
  };
  watchIdle(session);
  watchAccess(session);
}

/**
 * @param {Session} session
 * @param {Reason} reason
 * @returns {Promise<boolean>} whether the session lives and its keyring is open
 */
function ask(session, reason) {
  const dialog = byId("passphrase-dialog", HTMLDialogElement);
  const form = byId("passphrase-form", HTMLFormElement);
  const passkey = part(form, "by-passkey", HTMLButtonElement);
  restore(form, byId("again-second", HTMLFormElement));
  part(form, "reason", HTMLElement).textContent = text(`${reason}_reason`);
  passkey.hidden = !knowsPasskeys() || !session.answer?.unlocks_here;
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
    const go = (/** @type {() => Promise<boolean>} */ way) => attempt(form, way).then((done) => done && finish(true));
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      if (byId("again-passphrase", HTMLInputElement).value) go(() => byPassphrase(session, form, reason));
    };
    form.addEventListener("submit", submit, { signal });
    passkey.addEventListener("click", () => go(() => byPasskey(session, reason)), { signal });
    part(form, "cancel", HTMLButtonElement).addEventListener("click", () => finish(false), { signal });
    dialog.addEventListener("cancel", () => finish(false), { signal });
  });
}

/**
 * @param {Session} session
 * @param {HTMLFormElement} form
 * @param {Reason} reason
 * @returns {Promise<boolean>}
 */
async function byPassphrase(session, form, reason) {
  const passphrase = byId("again-passphrase", HTMLInputElement).value;
  const { show: onProgress } = keyProgress(form);
  const { login } = session.caseworker;
  if (reason === "ended" || reason === "idle") await anew(session, { login, passphrase, onProgress });
  else if (reason === "confirm") await session.confirm(passphrase, onProgress);
  else await session.unlock(passphrase, onProgress);
  return true;
}

/**
 * Sign in, or learn from the session that was here why that cannot be: to a stranger a login whose access was ended looks
 * like one that never was.
 * @param {Session} session
 * @param {import("../session.js").Credentials} [credentials] without them by passkey
 * @returns {Promise<void>}
 */
async function anew(session, credentials) {
  try {
    await (credentials ? session.signIn(credentials) : session.signInByPasskey());
  } catch (error) {
    if (error instanceof Problem && error.code === "sign_in_refused") await session.refresh().catch(() => undefined);
    throw error;
  }
}

/**
 * @param {Session} session
 * @param {Reason} reason
 * @returns {Promise<boolean>}
 */
async function byPasskey(session, reason) {
  if (reason === "locked" || reason === "confirm") return session.unlockByPasskey();
  await anew(session);
  return true;
}

/**
 * @param {HTMLFormElement} form
 * @param {() => Promise<boolean>} way
 * @returns {Promise<boolean>}
 */
async function attempt(form, way) {
  if (form.getAttribute("aria-busy") === "true") return false;
  form.setAttribute("aria-busy", "true");
  showProblem(form, null);
  try {
    return await way();
  } catch (error) {
    restore(form, byId("again-second", HTMLFormElement));
    if (!(error instanceof GivenUp)) showProblem(form, problemWords(error));
    byId("again-passphrase", HTMLInputElement).select();
    return false;
  } finally {
    keyProgress(form).hide();
    form.removeAttribute("aria-busy");
  }
}
