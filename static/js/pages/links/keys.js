// Keys of the page by link: one for each decision, and to move, select and take back. They can be switched off, and stay
// off for as long as the tab; while something is typed or composed they do nothing.

import { actOf } from "../queue/keys.js";
import { byId } from "../referral/dom.js";
import { CODES } from "./codes.js";

const OFF = "onestop.keys_off";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open] *";

/** Where the letters lie on a Korean keyboard that is set to Hangul while nothing is being composed. */
const MOVES = /** @type {const} */ ({
  j: "next",
  ㅓ: "next",
  k: "before",
  ㅏ: "before",
  x: "pick",
  ㅌ: "pick",
  u: "back",
  ㅕ: "back",
  w: "save",
  ㅈ: "save",
  "?": "help",
});
const HANGUL = new Map([["c", "ㅊ"]]);

/** @type {Readonly<Record<string, string>>} */
export const KEYS = Object.freeze({
  ...MOVES,
  ...Object.fromEntries(
    CODES.flatMap(({ id, key }) => [key, HANGUL.get(key) ?? key].map((one) => [one, `code:${id}`])),
  ),
});

/**
 * @param {Record<string, () => void>} acts besides `help`
 * @param {(codeId: string) => void} decide
 * @returns {void}
 */
export function attachKeys(acts, decide) {
  const help = byId("keys-help", HTMLDialogElement);
  const on = byId("keys-on", HTMLInputElement);
  on.checked = sessionStorage.getItem(OFF) === null;
  on.addEventListener("change", () => {
    if (on.checked) sessionStorage.removeItem(OFF);
    else sessionStorage.setItem(OFF, "off");
  });
  byId("keys-help-open", HTMLButtonElement).addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const typing = target?.closest(TYPING) != null || document.querySelector("dialog[open]") !== null;
    const act = actOf(KEYS, event, typing || document.body.hasAttribute("data-idle"));
    if (!act || !on.checked || byId("work", HTMLElement).hidden) return;
    event.preventDefault();
    if (act === "help") help.showModal();
    else if (act.startsWith("code:")) decide(act.slice(5));
    else acts[act]?.();
  });
}
