// Ten codes on paper: made anew, shown once, printed.

import { byId, el, part } from "../referral/dom.js";
import { text } from "../texts.js";
import { doing, on } from "./section.js";

/**
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../account.js").Standing} Standing
 */

const FEW = 3;

/** @param {Account} account @param {Standing} standing */
export function showCodes(account, { codes_left: left }) {
  const section = byId("codes", HTMLElement);
  const words = left === 0 ? text("codes_none") : text("codes_left", { count: left });
  part(section, "standing", HTMLElement).textContent =
    left > 0 && left <= FEW ? `${words} ${text("codes_few")}` : words;
  on(part(section, "make", HTMLButtonElement), () => doing("codes", () => make(account, section)));
  on(part(section, "print", HTMLButtonElement), () => print());
  on(part(section, "done", HTMLButtonElement), () => doing("codes", async () => hide(account, section)));
}

/** @param {Account} account @param {HTMLElement} section @returns {Promise<null>} */
async function make(account, section) {
  /** @type {{codes: string[]}} */
  const { codes } = await account.session.post("/account/codes", {});
  part(section, "list", HTMLElement).replaceChildren(...codes.map((code) => el("li", {}, code)));
  part(section, "shown", HTMLElement).hidden = false;
  part(section, "shown-title", HTMLElement).focus();
  await account.refresh();
  return null;
}

/** @param {Account} account @param {HTMLElement} section @returns {string} */
function hide(account, section) {
  part(section, "list", HTMLElement).replaceChildren();
  part(section, "shown", HTMLElement).hidden = true;
  return account.changed(text("codes_done"));
}
