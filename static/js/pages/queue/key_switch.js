// Whether single keys act: they can be switched off, and stay off for as long as the tab; never while something is typed.

import { byId } from "../referral/dom.js";

const OFF = "onestop.keys_off";
const TYPING = "input:not([type=checkbox]), textarea, select, [contenteditable], dialog[open] *";

/**
 * Attach the dialog that lists the keys.
 * @returns {{isOn: () => boolean, help: () => void}}
 */
export function attachKeySwitch() {
  const dialog = byId("keys-help", HTMLDialogElement);
  const on = byId("keys-on", HTMLInputElement);
  const help = () => dialog.showModal();
  on.checked = sessionStorage.getItem(OFF) === null;
  on.addEventListener("change", () => {
    if (on.checked) sessionStorage.removeItem(OFF);
    else sessionStorage.setItem(OFF, "off");
  });
  byId("keys-help-open", HTMLButtonElement).addEventListener("click", help);
  return { isOn: () => on.checked, help };
}

/** @param {Event} event @returns {boolean} whether a key would go where words are typed or chosen, or nobody is there */
export function isTaken(event) {
  const target = event.target instanceof Element ? event.target : null;
  // For a moment after a dialog has been closed the focus still lies in it: nobody types there.
  const shut = target?.closest("dialog:not([open])") != null;
  const typing = (!shut && target?.closest(TYPING) != null) || document.querySelector("dialog[open]") !== null;
  return typing || document.body.hasAttribute("data-idle");
}
