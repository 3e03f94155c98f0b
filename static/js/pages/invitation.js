// From an invitation to an account, and for an organisation's first lead to its keys. The secret stands behind the # of
// the address, and is taken out of it at once; nothing is stored here, and nothing is sent before the end.

import { b64uDecode } from "../domain/wire.js";
import { AccountForm } from "./invitation/account_form.js";
import { Kit } from "./invitation/kit.js";
import { sender } from "./invitation/sending.js";
import { Steps } from "./invitation/steps.js";
import { byId, part } from "./referral/dom.js";
import { ask, isPassing, Problem } from "./session/request.js";
import { label, text } from "./texts.js";

/**
 * @typedef {{portal_id: string, organisation: {slug: string, kind: string, name: {ko: string, en: string}}, role: string,
 *   first: boolean, anew: boolean, expires_at: string}} Invited
 */

const page = byId("ceremony", HTMLElement);
const { root = "" } = page.dataset;
const lang = document.documentElement.lang === "en" ? "en" : "ko";
const steps = new Steps(page);
const secret = takeSecret();

/** @returns {string} what stands behind the #; afterwards it is neither in the address nor in the history */
function takeSecret() {
  const found = location.hash.slice(1);
  history.replaceState(null, "", location.pathname + location.search);
  return found;
}

/** Ask what the invitation is for, and begin. */
async function look() {
  steps.show("looking");
  let invited;
  try {
    b64uDecode(secret, "secret", 32);
    invited = await ask(`${root}/invitation`, { method: "POST", body: JSON.stringify({ secret }) });
  } catch (error) {
    steps.show(isPassing(error) || (error instanceof Problem && error.status >= 500) ? "away" : "gone");
    return;
  }
  begin(invited);
}

/** @param {Invited} invited */
function begin(invited) {
  const { organisation, role, first, anew, expires_at } = invited;
  part(page, "organisation", HTMLElement).textContent = organisation.name[lang];
  const until = new Date(expires_at).toLocaleString(lang, { dateStyle: "long", timeStyle: "short" });
  part(page, "role", HTMLElement).textContent = text("role_and_until", { role: label("roles", role), until });
  for (const element of page.querySelectorAll("[data-for]")) {
    if (element instanceof HTMLElement) element.hidden = element.dataset.for !== (first ? "first" : "joining");
  }
  part(page, "anew", HTMLElement).hidden = !anew;
  const place = { portalId: b64uDecode(invited.portal_id, "portal_id", 16), slug: organisation.slug };
  const send = sender({ root, secret, place, steps });
  const form = new AccountForm(steps, [organisation.name.ko, organisation.name.en, organisation.slug]);
  const kit = first ? new Kit(steps, organisation, (recovery) => send(form, recovery)) : null;
  form.onDone = () => (kit ? kit.begin() : send(form, null));
  steps.warn = true;
  steps.show("account");
}

/** The page in the other language is the same invitation: the secret goes along, behind the #, when somebody goes there. */
function keepSecretAcrossLanguages() {
  const link = document.querySelector("a.page-header__language");
  if (!(link instanceof HTMLAnchorElement)) return;
  link.addEventListener("click", () => {
    link.hash = secret;
  });
}

byId("look-again", HTMLButtonElement).addEventListener("click", look);
keepSecretAcrossLanguages();
look();
