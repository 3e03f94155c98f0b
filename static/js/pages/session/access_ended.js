// Somebody's access was ended while this page was open. The keys go out of this tab at the moment in which it is noticed,
// and the page says so. Words that were being written are shown once more, to be copied; unless the page was covered, since
// nobody can prove any more that it is still the same person who sits there.

import { byId, part } from "../referral/dom.js";
import { whenAccessEnds } from "./request.js";

/** @typedef {import("../session.js").Session} Session */
/** @typedef {{label: string, words: string}} Unsent */

/**
 * Watch for it on a page that holds `sign_in/access_ended.html`.
 * @param {Session} session
 * @returns {void}
 */
export function watchAccess(session) {
  whenAccessEnds(() => {
    if (session.over) return;
    session.giveUp();
    const unsent = unsentWords();
    if (unsent.length > 0) show(unsent, document.body.hasAttribute("data-idle"));
    else leave(session.root);
    document.body.toggleAttribute("data-idle", true);
    byId("access-ended-leave", HTMLButtonElement).addEventListener("click", () => leave(session.root));
  });
}

/** @returns {Unsent[]} what somebody typed here, and nothing that the portal offered */
function unsentWords() {
  const fields = [...document.querySelectorAll("main textarea")].filter((one) => one instanceof HTMLTextAreaElement);
  return fields
    .filter(({ value, defaultValue, dataset }) => value.trim() && ![defaultValue, dataset.offered].includes(value))
    .map(({ value, labels }) => ({ label: labels[0]?.textContent?.trim() ?? "", words: value }));
}

/**
 * @param {Unsent[]} unsent
 * @param {boolean} covered
 * @returns {void}
 */
function show(unsent, covered) {
  for (const open of document.querySelectorAll("dialog")) open.close();
  const dialog = byId("access-ended", HTMLDialogElement);
  part(dialog, "copy", HTMLElement).hidden = covered;
  part(dialog, "covered", HTMLElement).hidden = !covered;
  if (!covered) part(dialog, "unsent", HTMLElement).append(...unsent.map(field));
  // Escape must not take the words away; where it does all the same, they come back.
  dialog.addEventListener("close", () => dialog.showModal());
  dialog.showModal();
}

/** @param {Unsent} one @param {number} index @returns {HTMLElement} */
function field({ label, words }, index) {
  const copy = byId("access-ended-field", HTMLTemplateElement).content.cloneNode(true);
  const group = part(/** @type {DocumentFragment} */ (copy), "group", HTMLElement);
  const area = part(group, "words", HTMLTextAreaElement);
  area.id = `access-ended-${index}`;
  area.value = words;
  const name = part(group, "label", HTMLLabelElement);
  name.htmlFor = area.id;
  name.textContent = label;
  return group;
}

/**
 * Leave the page, and all that its memory holds: the portal answers with a page that says what happened.
 * @param {string} root
 * @returns {void}
 */
function leave(root) {
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), { capture: true });
  location.replace(`${root}/start`);
}
