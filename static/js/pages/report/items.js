/** The list of links: add, remove, and several pasted at once become several links. */

import { all, byId, copyOf, one } from "../element.js";
import { text } from "../texts.js";

const MOST = 500;
let made = 0;

/** Show the first blank link and wire the list. */
export function startItems() {
  const list = byId("links");
  addLink("");
  byId("add-link").addEventListener("click", () => addLink("")?.querySelector("textarea")?.focus());
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-remove-link]") : null;
    if (button) removeLink(/** @type {HTMLElement} */ (button.closest("[data-link]")));
  });
  list.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.inputType === "insertFromPaste") split(event.target);
  });
  list.addEventListener("change", (event) => split(event.target));
}

/**
 * @param {string} address
 * @returns {HTMLElement | null} the new link; null when the list is full
 */
function addLink(address) {
  const list = byId("links");
  if (list.childElementCount >= MOST) return null;
  const link = copyOf("link");
  link.dataset.link = `link-${made}`;
  renumber(link, made);
  made += 1;
  one("textarea", link).append(address);
  list.append(link);
  count();
  return link;
}

/**
 * Make the list so many blank links, to be filled anew.
 * @param {number} wanted at least 1
 * @returns {HTMLElement[]}
 */
export function restoreLinks(wanted) {
  byId("links").replaceChildren();
  return Array.from({ length: wanted }, () => addLink("")).filter((link) => link !== null);
}

/** @param {HTMLElement} link */
function removeLink(link) {
  const neighbour = link.previousElementSibling ?? link.nextElementSibling;
  link.remove();
  const next = /** @type {HTMLElement | null} */ (neighbour) ?? addLink("");
  count();
  if (next) one("legend", next).focus();
}

/**
 * Ids in the template are those of link 0; each copy gets its own, and so do the labels that point to them.
 * @param {HTMLElement} link
 * @param {number} index
 */
function renumber(link, index) {
  for (const element of [link, ...all("*", link)]) {
    for (const name of ["id", "for", "aria-describedby", "data-group"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll("link-0-", `link-${index}-`));
    }
  }
}

function count() {
  const links = all("[data-link]", byId("links"));
  links.forEach((link, index) => {
    one("legend", link).textContent = text("link_n", { n: index + 1 });
    one("[data-remove-link]", link).hidden = links.length === 1;
  });
  byId("links-count").textContent = links.length > 1 ? text("links_count", { n: links.length }) : "";
  byId("add-link").hidden = links.length >= MOST;
}

/** @param {EventTarget | null} field */
function split(field) {
  if (!(field instanceof HTMLTextAreaElement) || !field.dataset.field?.endsWith("address")) return;
  const lines = field.value.split(/\s*\n\s*/).filter((line) => line.trim() !== "");
  const room = MOST - byId("links").childElementCount;
  if (lines.length < 2 || room < lines.length - 1) return;
  field.value = lines[0]?.trim() ?? "";
  for (const line of lines.slice(1)) addLink(line.trim());
}
