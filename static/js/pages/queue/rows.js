// Rows of the queue as data: what the portal says of each, read from the page that it drew, and written back into it.

import { listsNaming } from "./listed_marks.js";
import { rowView } from "./row_view.js";

/**
 * @typedef {{referral_id: string, state: string, urgent: boolean, received_on: string, due_on: string,
 *   assignee: string|null, opened: boolean, unread: boolean, sealed_by: string, size: number, version: number,
 *   summary_version: number, lost: boolean, junk?: boolean, items?: number, messages?: number}} Row
 * @typedef {import("./summary_content.js").SummaryContent} SummaryContent
 */

/** @returns {HTMLElement} */
export function rowsBody() {
  const body = document.querySelector("table.queue tbody");
  if (!(body instanceof HTMLElement)) throw new TypeError("tbody");
  return body;
}

/** @returns {HTMLElement[]} those that are shown, in their order */
export function shownRows() {
  return [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("tbody .queue__row"))];
}

/**
 * @param {Element} element
 * @returns {Row}
 */
export function rowOf(element) {
  return JSON.parse(element.getAttribute("data-row") ?? "{}");
}

/**
 * What the caseworker's browser read of a referral, kept beside its row for as long as that is shown.
 * @type {WeakMap<Element, SummaryContent>}
 */
export const contentOf = new WeakMap();

/** Rows as they stand since they were changed here, by referral. @type {Map<string, Row>} */
const newest = new Map();

/** @param {Row} row as it was listed @returns {Row} as it stands now */
export function asItStands(row) {
  const changed = newest.get(row.referral_id);
  return changed && changed.version > row.version ? { ...row, ...changed } : row;
}

/** @param {HTMLElement} element of a row that was not shown for a while @returns {HTMLElement} */
export function asNowShown(element) {
  const row = rowOf(element);
  const now = asItStands(row);
  const anew = now.version > row.version || listsNaming(row.referral_id).length > 0;
  return anew ? elementOf(now, contentOf.get(element) ?? null) : element;
}

/**
 * A row for the page; with its summary where this browser has opened that.
 * @param {Row} row
 * @param {SummaryContent|null} summary
 * @returns {HTMLElement}
 */
export function elementOf(row, summary) {
  const element = rowView(row, summary);
  element.setAttribute("data-row", JSON.stringify(row));
  if (summary) contentOf.set(element, summary);
  return element;
}

/**
 * Put a row's newer standing in its place; whether it is selected, and whether it has the focus, stays.
 * @param {Element} element
 * @param {Partial<Row>} changes
 * @returns {HTMLElement}
 */
export function updated(element, changes) {
  const row = { ...rowOf(element), ...changes };
  newest.set(row.referral_id, row);
  const fresh = elementOf(row, contentOf.get(element) ?? null);
  const [before, box] = [element.querySelector("[data-pick]"), fresh.querySelector("[data-pick]")];
  if (before instanceof HTMLInputElement && box instanceof HTMLInputElement) box.checked = before.checked;
  const focused = element.contains(document.activeElement);
  element.replaceWith(fresh);
  if (focused) focusRow(fresh);
  return fresh;
}

/** @param {Element} element */
export function focusRow(element) {
  const link = element.querySelector(".queue__link") ?? element.querySelector(".queue__cell--what");
  if (link instanceof HTMLElement) link.focus();
}

/** @returns {HTMLElement|null} the row that has the focus */
export function focusedRow() {
  const row = document.activeElement?.closest("tbody .queue__row");
  return row instanceof HTMLElement ? row : null;
}

/** @returns {HTMLElement[]} the rows that are selected */
export function pickedRows() {
  return shownRows().filter((row) => row.querySelector("[data-pick]:checked"));
}
