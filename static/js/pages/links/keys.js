// Keys of the page by link: one for each decision, and to move, select and take back. They can be switched off;
// while something is typed or composed they do nothing.

import { attachKeySwitch, isTaken } from "../queue/key_switch.js";
import { actOf } from "../queue/keys.js";
import { byId } from "../referral/dom.js";
import { CODES } from "./codes.js";

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
  const { isOn, help } = attachKeySwitch();
  document.addEventListener("keydown", (event) => {
    const act = actOf(KEYS, event, isTaken(event));
    if (!act || !isOn() || byId("work", HTMLElement).hidden) return;
    event.preventDefault();
    if (act === "help") help();
    else if (act.startsWith("code:")) decide(act.slice(5));
    else acts[act]?.();
  });
}
