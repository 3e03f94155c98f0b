// A table of records: heads, rows, and nothing else.

import { el } from "../referral/dom.js";

/** @typedef {string|Node} Cell */

/**
 * @param {string[]} heads
 * @param {Cell[][]} rows
 * @param {{numbers?: readonly number[], caption?: string}} [how] `numbers`: columns that hold numbers
 * @returns {HTMLTableElement}
 */
export function tableElement(heads, rows, { numbers = [], caption = "" } = {}) {
  const classOf = (/** @type {number} */ at) => ({ class: numbers.includes(at) && "sites__number" });
  const body = rows.map((cells) => el("tr", {}, ...cells.map((cell, at) => el("td", classOf(at), cell))));
  const head = heads.map((words, at) => el("th", { scope: "col", ...classOf(at) }, words));
  return el(
    "table",
    { class: "sites__table" },
    caption && el("caption", { class: "govuk-visually-hidden" }, caption),
    el("thead", {}, el("tr", {}, ...head)),
    el("tbody", {}, ...body),
  );
}
