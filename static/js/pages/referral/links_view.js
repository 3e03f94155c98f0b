// The links: inert text, what was said about each, where each stands. Never an `<a>`, never fetched, never previewed.

import { label, text } from "../texts.js";
import { defang } from "./defang.js";
import { byId, el } from "./dom.js";
import { addedOn } from "./thread.js";

/** @typedef {import('./types.js').Case} Case */

/**
 * Show the links; those that were chosen stay chosen.
 * @param {Case} held
 * @param {{mayChange: boolean}} options
 * @returns {void}
 */
export function showLinks({ items, opening, letter, messages }, { mayChange }) {
  const rows = byId("links-rows", HTMLElement);
  const chosen = new Set(chosenLinks());
  const added = addedOn(letter?.items ?? [], messages);
  const states = new Map(opening.items.map((one) => [one.item_id, one]));
  byId("links-count", HTMLElement).textContent = String(items.length);
  byId("links", HTMLElement).hidden = items.length === 0;
  byId("links-none", HTMLElement).hidden = items.length > 0;
  rows.replaceChildren(
    ...items.map((item, index) => rowOf({ item, number: index + 1, added: added.get(item.id) }, states, mayChange)),
  );
  for (const box of boxes()) box.checked = chosen.has(box.value);
}

/** The ids of the links that are chosen. @returns {string[]} */
export function chosenLinks() {
  return boxes()
    .filter((box) => box.checked)
    .map((box) => box.value);
}

/** Choose no link. @returns {void} */
export function chooseNone() {
  for (const box of boxes()) box.checked = false;
}

/** @returns {HTMLInputElement[]} */
function boxes() {
  const rows = byId("links-rows", HTMLElement);
  return [.../** @type {NodeListOf<HTMLInputElement>} */ (rows.querySelectorAll('input[type="checkbox"]'))];
}

/**
 * @param {{item: any, number: number, added: string|undefined}} link `number` as the reporter sees it: from 1; `added`
 *   when it came after the letter
 * @param {Map<string, import('./types.js').ItemState>} states
 * @param {boolean} mayChange
 * @returns {HTMLElement}
 */
function rowOf({ item, number, added }, states, mayChange) {
  const standing = states.get(item.id);
  const state = standing?.state ?? "reported";
  const name = text("link_number", { number });
  const box = el("input", {
    type: "checkbox",
    class: "govuk-checkboxes__input",
    id: `link-${number}`,
    value: item.id,
    autocomplete: "off",
  });
  box.disabled = !mayChange || !standing;
  return el(
    "tr",
    { role: "row", class: "links__row", "data-item": item.id },
    el("td", { role: "cell", class: "links__choose" }, choiceOf(box, name)),
    el("td", { role: "cell", class: "links__address" }, ...addressOf(item, name)),
    el(
      "td",
      { role: "cell", class: "links__details" },
      added && el("p", { class: "links__added" }, text("link_added", { day: added })),
      detailsOf(item),
    ),
    el(
      "td",
      { role: "cell", class: "links__state" },
      el("span", { class: `state state--item-${state}` }, label("item_states", state)),
      standing && el("time", { class: "links__since", datetime: standing.state_on }, standing.state_on),
    ),
  );
}

/**
 * @param {HTMLInputElement} box
 * @param {string} name
 * @returns {HTMLElement}
 */
function choiceOf(box, name) {
  const words = el("label", { class: "govuk-label govuk-checkboxes__label", for: box.id }, name);
  const item = el("div", { class: "govuk-checkboxes__item" }, box, words);
  return el("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, item);
}

/**
 * @param {any} item
 * @param {string} name
 * @returns {HTMLElement[]}
 */
function addressOf(item, name) {
  if (item.url === null) return [el("span", { class: "facts__unsaid" }, text("no_address"))];
  const said = el("span", { class: "links__said", role: "status" });
  const which = el("span", { class: "govuk-visually-hidden" }, ` ${name}`);
  const button = el("button", { type: "button", class: "plain-button" }, text("copy"), which);
  button.addEventListener("click", async () => {
    said.textContent = (await copied(item.url)) ? text("copied") : text("copy_failed");
  });
  return [
    el("code", { class: "links__url", translate: "no" }, defang(item.url)),
    el("span", { class: "links__copy" }, button, said),
  ];
}

/**
 * Copy the address exactly as it was typed.
 * @param {string} address
 * @returns {Promise<boolean>}
 */
async function copied(address) {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {any} item
 * @returns {HTMLElement}
 */
function detailsOf(item) {
  const enums = [label("link_kinds", item.kind), said("spread", item.spread), said("commercial", item.commercial)];
  const typed = ["place", "poster", "title_keywords"].map((name) => [name, item[name]]);
  const days = ["first_seen", "last_seen", "posted"].map((name) => [
    name,
    item[name] === "undisclosed" ? "" : item[name],
  ]);
  return el(
    "div",
    {},
    el("p", { class: "links__kinds" }, enums.filter(Boolean).join(" · ")),
    el(
      "dl",
      { class: "links__more" },
      ...[...typed, ...days]
        .filter(([, words]) => words)
        .map(([name, words]) => el("div", {}, el("dt", {}, text(`item_${name}`)), el("dd", {}, words))),
    ),
  );
}

/**
 * @param {string} name of the enum
 * @param {string} value
 * @returns {string}
 */
function said(name, value) {
  return ["undisclosed", "unknown"].includes(value) ? "" : label(name, value);
}
