// Other keys for what the queue's keys do: chosen in the dialog that lists them, and kept where their switch is.

import { byId } from "../referral/dom.js";
import { text } from "../texts.js";
import { keyTyped, takenBy, USUAL } from "./keys.js";

/** @typedef {import("./keys.js").KeyAct} KeyAct */
/** @typedef {Record<KeyAct, string>} Chosen */

const KEPT = "onestop.keys";

/** @returns {{chosen: () => Chosen}} */
export function attachKeyChoice() {
  let chosen = kept();
  const fields = [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-key-of]"))];
  const show = () => {
    for (const field of fields) field.value = chosen[actOf(field)];
    for (const key of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key-shown]"))) {
      key.textContent = chosen[/** @type {KeyAct} */ (key.dataset.keyShown)];
    }
  };
  const keep = (/** @type {Chosen} */ next) => {
    chosen = next;
    sessionStorage.setItem(KEPT, JSON.stringify(chosen));
    show();
  };
  for (const field of fields) {
    field.addEventListener("change", () => {
      const [act, key] = [actOf(field), keyTyped(field.value)];
      const taken = takenBy(chosen, act, key);
      say(key === "" ? text("key_unfit") : taken ? text("key_taken", { key, what: wordsOf(taken) }) : text("key_kept"));
      if (key === "" || taken) field.value = chosen[act];
      else keep({ ...chosen, [act]: key });
    });
  }
  byId("keys-usual", HTMLButtonElement).addEventListener("click", () => {
    keep({ ...USUAL });
    say(text("key_kept"));
  });
  show();
  return { chosen: () => chosen };
}

/** @returns {Chosen} */
function kept() {
  return { ...USUAL, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") };
}

/** @param {HTMLInputElement} field */
function actOf(field) {
  return /** @type {KeyAct} */ (field.dataset.keyOf);
}

/** @param {KeyAct} act */
function wordsOf(act) {
  return document.querySelector(`label[for="key-${act}"]`)?.textContent ?? act;
}

/** @param {string} words */
function say(words) {
  byId("keys-said", HTMLElement).textContent = words;
}
