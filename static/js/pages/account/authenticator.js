// An authenticator: its secret is shown once, and counts when a code of it came back.

import { fetched } from "../later.js";
import { byId, part } from "../referral/dom.js";
import { text } from "../texts.js";
import { doing, on } from "./section.js";

/**
 * @typedef {import("../account.js").Account} Account
 * @typedef {import("../account.js").Standing} Standing
 */

const GROUP = /.{4}(?=.)/g;

/** @param {Account} account @param {Standing} standing */
export function showAuthenticator(account, { authenticator }) {
  const section = byId("authenticator", HTMLElement);
  part(section, "standing", HTMLElement).textContent = text(authenticator ? "totp_on" : "totp_off");
  const begin = part(section, "begin", HTMLButtonElement);
  begin.textContent = text(authenticator ? "totp_again" : "totp_begin");
  on(begin, () => doing("authenticator", () => start(account, section)));
  const remove = part(section, "remove", HTMLButtonElement);
  remove.hidden = !authenticator;
  on(remove, () => doing("authenticator", () => takeAway(account)));
}

/** @param {Account} account @param {HTMLElement} section @returns {Promise<null>} */
async function start(account, section) {
  const { pending, secret, address } = await account.session.post("/account/authenticator", {});
  await fetched("pages/qr_code.js");
  const { qrCode } = await import("../qr_code.js");
  part(section, "qr", HTMLElement).replaceChildren(qrCode(address, text("totp_qr")));
  part(section, "secret", HTMLElement).textContent = secret.replace(GROUP, "$& ");
  part(section, "address", HTMLElement).textContent = address;
  const form = part(section, "setting", HTMLFormElement);
  form.hidden = false;
  on(form, () => doing("authenticator", () => finish(account, section, pending)));
  byId("totp-code", HTMLInputElement).focus();
  return null;
}

/** @param {Account} account @param {HTMLElement} section @param {string} pending @returns {Promise<string|null>} */
async function finish(account, section, pending) {
  const field = byId("totp-code", HTMLInputElement);
  const code = field.value.trim();
  if (!code) {
    field.focus();
    return text("code_short");
  }
  await account.session.post("/account/authenticator/answer", { pending, code });
  field.value = "";
  for (const shown of ["qr", "secret", "address"]) part(section, shown, HTMLElement).replaceChildren();
  part(section, "setting", HTMLFormElement).hidden = true;
  await account.refresh();
  return account.changed(text("totp_done"));
}

/** @param {Account} account @returns {Promise<string>} */
async function takeAway(account) {
  await account.session.post("/account/authenticator/removal", {});
  await account.refresh();
  return account.changed(text("totp_removed"));
}
