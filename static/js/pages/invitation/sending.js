/** The end of it: keys are made, and what others may know of them is sent once. The same bytes go again over a bad line. */

import { fingerprint } from "../../crypto/recipient_key.js";
import { byId, part } from "../referral/dom.js";
import { keyProgress } from "../session/key_progress.js";
import { problemWords } from "../session/problem_words.js";
import { ask, Problem } from "../session/request.js";
import { text } from "../texts.js";
import { makeAccount, makeFirstKeys } from "./ceremony.js";

/**
 * @typedef {import("../../crypto/recipient_key.js").KeyPair} KeyPair
 * @typedef {import("./account_form.js").AccountForm} AccountForm
 * @typedef {{address: string, body: string, printed: string, step: string}} Letter what is sent, and what is shown then
 * @typedef {{root: string, secret: string, place: import("./ceremony.js").Place, steps: import("./steps.js").Steps}} Parts
 */

/**
 * Give the function that makes and sends.
 * @param {Parts} parts
 * @returns {(form: AccountForm, recovery: KeyPair|null) => Promise<void>}
 */
export function sender(parts) {
  const progress = keyProgress(byId("sending-form", HTMLFormElement));
  const again = byId("send-again", HTMLButtonElement);
  /** @type {(() => Promise<void>)|null} */
  let retry = null;
  byId("sending-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    retry?.();
  });
  return async (form, recovery) => {
    const { steps } = parts;
    steps.show("sending");
    /** @type {Letter|null} */
    let letter = null;
    retry = async () => {
      again.hidden = true;
      steps.problem("sending", null);
      try {
        letter ??= await write(parts, form, recovery, progress.show);
        const answer = await ask(parts.root + letter.address, { method: "POST", body: letter.body });
        finish(parts, form, letter, answer);
        recovery?.seed.fill(0);
      } catch (error) {
        progress.hide();
        again.hidden = !trouble(parts, error);
      }
    };
    await retry();
  };
}

/**
 * @param {Parts} parts @param {AccountForm} form @param {KeyPair|null} recovery @param {(share: number) => void} onProgress
 * @returns {Promise<Letter>}
 */
async function write({ secret, place }, form, recovery, onProgress) {
  onProgress(0);
  const { login, passphrase } = form;
  const { pair, account } = await makeAccount({ ...place, login, passphrase, onProgress });
  if (!recovery) {
    const body = JSON.stringify({ secret, ...account });
    return { address: "/invitation/joining", body, printed: await fingerprint(pair.publicKey), step: "joined" };
  }
  const { fingerprint: printed, ...keys } = await makeFirstKeys({ ...place, lead: pair, recovery });
  return {
    address: "/invitation/founding",
    body: JSON.stringify({ secret, ...account, ...keys }),
    printed,
    step: "founded",
  };
}

/** @param {Parts} parts @param {AccountForm} form @param {Letter} letter @param {{leads?: string[]}} answer */
function finish({ steps }, form, letter, answer) {
  form.wipe();
  steps.warn = false;
  part(steps.part(letter.step), `${letter.step}-fingerprint`, HTMLElement).textContent = letter.printed;
  const leads = answer.leads ?? [];
  if (letter.step === "joined") {
    part(steps.page, "leads", HTMLElement).textContent = leads.join(", ");
    part(steps.page, "leads-line", HTMLElement).hidden = leads.length === 0;
  }
  for (const name of ["sheet-words", "sheet-square"]) part(steps.page, name, HTMLElement).replaceChildren();
  steps.show(letter.step);
}

/**
 * Say what went wrong, where it can be mended.
 * @param {Parts} parts @param {unknown} error
 * @returns {boolean} whether the same may be sent again
 */
function trouble({ steps }, error) {
  const problem = error instanceof Problem ? error : null;
  if (problem?.code === "login_taken") {
    steps.show("account");
    steps.problem("account", { title: text("failed_title"), detail: text("taken") });
    return false;
  }
  if (problem?.status === 404) {
    steps.warn = false;
    steps.show("gone");
    return false;
  }
  const refused = problem !== null && problem.status >= 400 && problem.status < 500 && problem.status !== 429;
  const words = refused ? { title: text("failed_title"), detail: text("not_readable") } : problemWords(error);
  steps.problem("sending", words);
  return !refused;
}
