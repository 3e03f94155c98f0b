// The second step, in the place of the first: a passkey, the code of an authenticator, or a code from paper.

import { part } from "../referral/dom.js";
import { text } from "../texts.js";
import { showProblem } from "./key_progress.js";
import { askPasskey, knowsPasskeys } from "./passkey.js";
import { problemWords } from "./problem_words.js";
import { Problem } from "./request.js";

/**
 * @typedef {import("./steps.js").Pending} Pending
 * @typedef {import("./steps.js").Given} Given
 */

const TOTP_LENGTH = 6;
const CODE_LENGTH = 20;

/**
 * Give the way of asking that a session needs: `first` steps aside for `second`, and comes back when the person does.
 * @param {HTMLFormElement} first
 * @param {HTMLFormElement} second that holds `sign_in/second.html`
 * @returns {import("./steps.js").AskSecond}
 */
export function secondStepIn(first, second) {
  /** @type {Given|null} */
  let before = null;
  return async (pending, problem) => {
    first.hidden = true;
    second.hidden = false;
    showWays(second, pending);
    showProblem(second, problem ? refusalWords(problem, before) : null);
    if (!problem) part(second, "second-title", HTMLElement).focus();
    before = await answered(second, pending);
    part(second, "second-code", HTMLInputElement).value = "";
    return before;
  };
}

/**
 * Put the first step back.
 * @param {HTMLFormElement} first
 * @param {HTMLFormElement} second
 * @returns {void}
 */
export function restore(first, second) {
  first.hidden = false;
  second.hidden = true;
}

/**
 * What to say of a refusal. Clocks matter to codes that change with the time, and to nothing else.
 * @param {unknown} problem
 * @param {Given|null} given what was refused
 */
function refusalWords(problem, given) {
  const words = problemWords(problem);
  const refused = problem instanceof Problem && problem.code === "second_factor_refused";
  return refused && given?.factor !== "totp" ? { ...words, detail: text("second_refused") } : words;
}

/** @param {HTMLFormElement} second @param {Pending} pending */
function showWays(second, { factors, elsewhere }) {
  const byPasskey = factors.includes("passkey") && knowsPasskeys();
  const [totp, code] = [factors.includes("totp"), factors.includes("code")];
  part(second, "second-passkey", HTMLButtonElement).hidden = !byPasskey;
  part(second, "second-typing", HTMLElement).hidden = !totp && !code;
  const hint = totp && code ? "hint_either" : totp ? "hint_totp" : "hint_code";
  part(second, "second-hint", HTMLElement).textContent = text(hint);
  const words = byPasskey && (totp || code) ? "second_both" : byPasskey ? "second_passkey" : "second_code";
  const hosts = elsewhere.join(", ") || location.hostname;
  part(second, "second-words", HTMLElement).textContent =
    byPasskey || totp || code ? text(words) : text("second_elsewhere", { hosts });
}

/**
 * @param {HTMLFormElement} second
 * @param {Pending} pending
 * @returns {Promise<Given|null>}
 */
function answered(second, pending) {
  return new Promise((resolve) => {
    const listening = new AbortController();
    const { signal } = listening;
    const finish = (/** @type {Given|null} */ given) => {
      listening.abort();
      resolve(given);
    };
    const send = (/** @type {Event} */ event) => {
      event.preventDefault();
      const given = typed(part(second, "second-code", HTMLInputElement).value);
      if (given) finish(given);
      else showProblem(second, { title: text("failed_title"), detail: text("code_short") });
    };
    const sign = () => signedBy(pending).then(finish, (error) => showProblem(second, problemWords(error)));
    second.addEventListener("submit", send, { signal });
    part(second, "second-passkey", HTMLButtonElement).addEventListener("click", sign, { signal });
    part(second, "second-back", HTMLButtonElement).addEventListener("click", () => finish(null), { signal });
  });
}

/** @param {Pending} pending @returns {Promise<Given>} */
async function signedBy({ passkey }) {
  if (!passkey) throw new TypeError("passkey");
  const { assertion } = await askPasskey(passkey);
  return { factor: "passkey", assertion };
}

/**
 * Which code it is, told by its length; nothing for one that is neither.
 * @param {string} value
 * @returns {Given|null}
 */
export function typed(value) {
  const digits = value.normalize("NFKC").replace(/[\s\-–—·.]+/gu, "");
  if (!/^\d+$/.test(digits)) return null;
  if (digits.length === TOTP_LENGTH) return { factor: "totp", code: digits };
  return digits.length === CODE_LENGTH ? { factor: "code", code: digits } : null;
}
