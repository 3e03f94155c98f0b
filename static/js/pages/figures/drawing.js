// Tables of figures with their bars: the drawing says nothing that the table does not say.

import { el } from "../referral/dom.js";
import { text } from "../texts.js";

/** A name, not an address: nothing is fetched. */
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");

/** @param {number|null} number @param {string} [unit] @returns {HTMLElement} */
export function numberCell(number, unit = "") {
  const hidden = el("span", { class: "figure__hidden" }, text("not_shown"));
  return el("td", { class: "figure__number" }, number === null ? hidden : `${number.toLocaleString()}${unit}`);
}

/** @param {number|null} number @param {number} longest @returns {HTMLElement} */
export function barCell(number, longest) {
  return el("td", { class: "figure__drawn" }, barOf(number, longest));
}

/** @param {string} words @param {string[]} heads @param {HTMLElement[]} rows @param {{seen?: boolean}} [how] */
export function figureTable(words, heads, rows, { seen = false } = {}) {
  const places = heads.map((head, at) => {
    const number = seen && at > 0 && "figure__number";
    return el("th", { scope: "col", class: number }, head);
  });
  return el(
    "table",
    { class: "figure__table" },
    el("caption", { class: "figure__caption" }, words),
    el("thead", { class: !seen && "govuk-visually-hidden" }, el("tr", {}, ...places)),
    el("tbody", {}, ...rows),
  );
}

/** @param {number|null} number @param {number} longest */
function barOf(number, longest) {
  const drawing = document.createElementNS(SVG, "svg");
  const attributes = { class: "bar", viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" };
  for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
  if (number !== 0) {
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("class", number === null ? "bar__hidden" : "bar__long");
    bar.setAttribute("y", "1");
    bar.setAttribute("height", "8");
    bar.setAttribute("width", String(number === null ? 6 : (number / longest) * 100));
    drawing.append(bar);
  }
  return drawing;
}
