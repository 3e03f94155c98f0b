// One part of the account's page: what is done there, and what is said about it.

import { byId, el, part } from "../referral/dom.js";
import { momentWords } from "../referral/moment.js";
import { showProblem } from "../session/key_progress.js";
import { problemWords } from "../session/problem_words.js";

export { momentWords };

/**
 * Do something in a part of the page, and say there how it went. A second press while it runs does nothing.
 * @param {string} id of the section
 * @param {() => Promise<string|null>} act gives what to say, or null for nothing
 * @returns {Promise<void>}
 */
export async function doing(id, act) {
  const section = byId(id, HTMLElement);
  if (section.getAttribute("aria-busy") === "true") return;
  section.setAttribute("aria-busy", "true");
  const said = part(section, "said", HTMLElement);
  said.textContent = "";
  showProblem(section, null);
  try {
    const words = await act();
    if (words) said.textContent = words;
  } catch (error) {
    showProblem(section, problemWords(error));
  } finally {
    section.removeAttribute("aria-busy");
  }
}

/**
 * Let a button or a form do one thing, however often the page is filled anew. Until then it cannot be pressed.
 * @param {HTMLElement} element
 * @param {() => void} act
 */
export function on(element, act) {
  const listener = (/** @type {Event} */ event) => {
    event.preventDefault();
    act();
  };
  if (element instanceof HTMLFormElement) element.onsubmit = listener;
  else element.onclick = listener;
  const pressed = element instanceof HTMLFormElement ? element.querySelector("button[type=submit]") : element;
  if (pressed instanceof HTMLButtonElement) pressed.disabled = false;
}

/**
 * A line of a list: words, and perhaps a button that names what it is about.
 * @param {{title: string, words: string, button?: {label: string, named: string, act: () => void}}} line
 * @returns {HTMLLIElement}
 */
export function line({ title, words, button }) {
  const item = el("li", { class: "account__line" }, el("strong", {}, title), el("span", {}, words));
  if (button) {
    const pressed = el("button", { type: "button", class: "plain-button", "aria-label": button.named }, button.label);
    on(pressed, button.act);
    item.append(pressed);
  }
  return item;
}
