// A new passphrase: the same key, wrapped anew. The old one, or a passkey, is asked for in place where no proof is fresh.

import { generatePassphrase, judge, SHORTEST, WORDS, willDo } from "../invitation/passphrase.js";
import { byId, part } from "../referral/dom.js";
import { keyProgress } from "../session/key_progress.js";
import { text } from "../texts.js";
import { doing, on } from "./section.js";

/** @typedef {import("../account.js").Account} Account */

let generated = "";

/** @param {Account} account */
export function attachPassphrase(account) {
  const section = byId("new-passphrase", HTMLElement);
  const field = byId("passphrase-new", HTMLInputElement);
  field.addEventListener("input", () => judged(account));
  for (const button of section.querySelectorAll("[data-make]")) {
    button.addEventListener("click", () => make(account, button.getAttribute("data-make") === "en" ? "en" : "ko"));
  }
  on(part(section, "changing", HTMLFormElement), () => doing("new-passphrase", () => change(account)));
}

/** @param {Account} account @param {"ko"|"en"} language */
async function make(account, language) {
  generated = await generatePassphrase(language);
  const made = part(byId("new-passphrase", HTMLElement), "made", HTMLElement);
  made.textContent = generated;
  made.lang = language;
  made.hidden = false;
  byId("passphrase-new", HTMLInputElement).value = generated;
  byId("passphrase-new-again", HTMLInputElement).value = "";
  judged(account);
}

/** @param {Account} account @returns {boolean} whether it will do */
function judged({ session }) {
  const { login, slug } = session.caseworker;
  const judgement = judge(byId("passphrase-new", HTMLInputElement).value, { generated, known: [login, slug] });
  byId("passphrase-new-judged", HTMLElement).textContent = text(`judged.${judgement}`, {
    least: SHORTEST,
    words: WORDS,
  });
  return willDo(judgement);
}

/** @param {Account} account @returns {Promise<string|null>} */
async function change(account) {
  const [field, again] = [byId("passphrase-new", HTMLInputElement), byId("passphrase-new-again", HTMLInputElement)];
  if (!judged(account)) {
    field.focus();
    return null;
  }
  if (field.value.normalize("NFC") !== again.value.normalize("NFC")) {
    again.focus();
    return text("passphrase_differs");
  }
  const section = byId("new-passphrase", HTMLElement);
  const progress = keyProgress(part(section, "changing", HTMLFormElement));
  try {
    if (!(await account.session.changePassphrase(field.value, progress.show))) return null;
  } finally {
    progress.hide();
  }
  wipe(section, field, again);
  await account.refresh();
  return text("passphrase_changed");
}

/** @param {HTMLElement} section @param {HTMLInputElement[]} fields */
function wipe(section, ...fields) {
  generated = "";
  for (const field of fields) field.value = "";
  byId("passphrase-new-judged", HTMLElement).textContent = "";
  const made = part(section, "made", HTMLElement);
  made.textContent = "";
  made.hidden = true;
}
