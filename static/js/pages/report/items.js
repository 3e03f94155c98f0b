/**
 * The list of addresses: add, remove, and what else may be known of one. Reading and taking apart what was typed is
 * fetched once somebody types.
 */

import { all, byId, copyOf, one } from "../element.js";
import { fetched } from "../later.js";
import { text } from "../texts.js";

export const MOST_LINKS = 500;
const MANY = 20;
let made = 0;
let pressing = false;

/** @type {Promise<typeof import("./link_reading.js")> | null} */
let reading = null;

/** Show the first blank link and wire the list. */
export function startItems() {
  const list = byId("links");
  addLinks([""]);
  byId("add-link").addEventListener("click", () => addLinks([""])[0]?.querySelector("textarea")?.focus());
  list.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element ? event.target.closest("summary, [data-remove-link]") : null;
    const link = /** @type {HTMLElement | null} */ (pressed?.closest("[data-link]") ?? null);
    if (link && pressed?.matches("[data-remove-link]")) removeLink(link);
    else if (link && pressed?.parentElement?.matches("[data-more]")) completeLink(link);
  });
  list.addEventListener("input", (event) => read(event));
  list.addEventListener("change", (event) => afterPress(() => read(event)));
  for (const kind of ["pointerdown", "pointerup", "pointercancel"]) {
    addEventListener(kind, () => (pressing = kind === "pointerdown"), { capture: true });
  }
}

/**
 * A field is left when the mouse goes down on a button. What then appeared above the button would move it away before the
 * mouse comes up, and the click would be lost.
 * @param {() => void} act
 */
function afterPress(act) {
  if (pressing) addEventListener("pointerup", () => setTimeout(act), { capture: true, once: true });
  else act();
}

/** @param {Event} event */
function read(event) {
  const field = event.target instanceof HTMLElement ? event.target : null;
  const link = /** @type {HTMLElement | null} */ (field?.closest("[data-link]") ?? null);
  if (!link || field?.dataset.field?.split("-").at(-1) !== "address") return;
  const whole = event.type === "change" || (event instanceof InputEvent && event.inputType === "insertFromPaste");
  reading ??= fetched("pages/report/link_reading.js").then(() => import("./link_reading.js"));
  reading.then(
    (module) => (whole ? module.takeApart(link) : module.readSoon(link)),
    () => {
      reading = null; // a bad line: what is typed next tries again
    },
  );
}

/**
 * Add links, as many as there is room for.
 * @param {string[]} addresses
 * @param {Element | null} [before] the link that they go in front of; at the end without one
 * @returns {HTMLElement[]} the new links
 */
export function addLinks(addresses, before = null) {
  const list = byId("links");
  const links = addresses.slice(0, MOST_LINKS - list.childElementCount).map(linkWith);
  // The two ways to leave the question open stand at the first: five hundred addresses do not ask it five hundred times.
  const others = list.childElementCount === 0 && before === null ? links.slice(1) : links;
  for (const link of others) link.querySelector(".left-open")?.remove();
  for (const link of links) list.insertBefore(link, before);
  count();
  return links;
}

/** @param {string} address */
function linkWith(address) {
  const link = copyOf("link");
  link.dataset.link = `link-${made}`;
  renumber(link, `link-${made}-`);
  made += 1;
  one("textarea", link).append(address);
  return link;
}

/**
 * Make the list so many blank links, to be filled anew.
 * @param {number} wanted at least 1
 * @returns {HTMLElement[]}
 */
export function restoreLinks(wanted) {
  byId("links").replaceChildren();
  return addLinks(Array.from({ length: wanted }, () => ""));
}

/**
 * Put the further questions into a link, once.
 * @param {HTMLElement} link
 * @returns {HTMLElement} what holds them
 */
export function completeLink(link) {
  const rest = one(".govuk-details__text", one("[data-more]", link));
  if (rest.childElementCount === 0) {
    const questions = /** @type {DocumentFragment} */ (moreOfLink().cloneNode(true));
    renumber(questions, `${link.dataset.link}-`);
    rest.append(questions);
    link.dispatchEvent(new CustomEvent("completed"));
  }
  return rest;
}

/** The further questions of any link, as the template has them. @returns {DocumentFragment} */
export function moreOfLink() {
  const link = /** @type {HTMLTemplateElement} */ (/** @type {unknown} */ (byId("link")));
  const more = one("[data-more-of-link]", link.content);
  return /** @type {HTMLTemplateElement} */ (/** @type {unknown} */ (more)).content;
}

/** @param {HTMLElement} link */
function removeLink(link) {
  const neighbour = link.previousElementSibling ?? link.nextElementSibling;
  link.remove();
  const next = /** @type {HTMLElement | undefined} */ (neighbour ?? addLinks([""])[0]);
  count();
  if (next) one("legend", next).focus();
}

/**
 * Ids in the template are those of link 0; each copy gets its own, and so do the labels that point to them.
 * @param {HTMLElement | DocumentFragment} part
 * @param {string} prefix
 */
function renumber(part, prefix) {
  for (const element of all("*", part)) {
    for (const name of ["id", "for", "aria-describedby", "data-group", "data-left-open"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replaceAll("link-0-", prefix));
    }
  }
}

function count() {
  const links = all("[data-link]", byId("links"));
  links.forEach((link, index) => {
    one("legend", link).textContent = text("link_n", { n: index + 1 });
    one("[data-remove-link]", link).hidden = links.length === 1;
  });
  byId("links").classList.toggle("links--many", links.length > MANY);
  byId("links-count").textContent = links.length > 1 ? text("links_count", { n: links.length }) : "";
  byId("add-link").hidden = links.length >= MOST_LINKS;
}
