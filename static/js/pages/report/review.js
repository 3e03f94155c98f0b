/** The letters as they will be read, one for each organisation, drawn from what was sealed. */

import { byId, copyOf, make, one } from "../element.js";
import { label, text } from "../texts.js";
import { letterRows } from "./letter_rows.js";
import { matrixOf } from "./matrix.js";

/** @typedef {import("../../domain/letter.js").Letter} Letter */

/**
 * @param {{name: string, letter: Letter}[]} letters
 * @param {Record<string, boolean>} filled parts that were filled in, by compartment
 */
export function showLetters(letters, filled) {
  byId("letters").replaceChildren(...letters.map(({ name, letter }) => letterCard(name, letter, filled)));
  showMatrix(letters, filled);
}

/**
 * Each cell says for itself whom it is about: on a narrow screen the columns stand below each other.
 * @param {{name: string, letter: Letter}[]} letters
 * @param {Record<string, boolean>} filled
 */
function showMatrix(letters, filled) {
  const head = make("tr");
  head.append(headerCell("col", text("matrix_part")), ...letters.map(({ name }) => headerCell("col", name)));
  const rows = matrixOf(
    letters.map(({ letter }) => letter),
    filled,
  ).map(({ part, count, reads }) => {
    const row = make("tr");
    row.append(headerCell("row", text(`part_${part}`, { n: count })));
    row.append(...reads.map((does, index) => readCell(does, letters[index]?.name ?? "")));
    return row;
  });
  for (const row of [head, ...rows]) row.setAttribute("role", "row");
  byId("matrix-table").setAttribute("role", "table"); // a table, however the style lays it out
  for (const part of ["matrix-head", "matrix-rows"]) byId(part).setAttribute("role", "rowgroup");
  byId("matrix-head").replaceChildren(head);
  byId("matrix-rows").replaceChildren(...rows);
  byId("matrix").hidden = false;
}

/** @param {"col" | "row"} scope @param {string} words */
function headerCell(scope, words) {
  const cell = make("th", "matrix__header", words);
  cell.setAttribute("scope", scope);
  cell.setAttribute("role", scope === "col" ? "columnheader" : "rowheader");
  return cell;
}

/** @param {boolean} does @param {string} name */
function readCell(does, name) {
  const cell = make("td", does ? "matrix__cell matrix__cell--reads" : "matrix__cell");
  cell.setAttribute("role", "cell");
  const organisation = make("span", "matrix__name", name);
  organisation.setAttribute("aria-hidden", "true"); // the column's header says it
  cell.append(organisation, make("span", "", text(does ? "matrix_reads" : "matrix_not")));
  return cell;
}

/**
 * @param {string} name
 * @param {Letter} letter
 * @param {Record<string, boolean>} filled
 */
function letterCard(name, letter, filled) {
  const card = copyOf("letter");
  one("h2", card).textContent = text("letter_to", { name });
  one("dl", card).append(...letterRows(letter, { text, label }).map(rowElement));
  const parts = /** @type {const} */ (["account", "offender", "contact"]);
  const absent = parts.filter((part) => filled[part] && letter[part] === null);
  one(".letter__absent", card).textContent = absent.length
    ? text("not_in_letter", { parts: absent.map((part) => text(`row_${part}`)).join(", ") })
    : "";
  return card;
}

/** @param {{heading: string, lines: string[]}} row */
function rowElement({ heading, lines }) {
  const row = make("div", "govuk-summary-list__row");
  const value = make("dd", "govuk-summary-list__value");
  value.append(...lines.map((line) => make("p", "letter__line", line)));
  row.append(make("dt", "govuk-summary-list__key", heading), value);
  return row;
}

/**
 * What the review page shows below its heading: being prepared, ready, being sent, there
 * already, or in need of another try.
 * @param {"preparing" | "failed" | "ready" | "sending" | "arrived"} state
 * @param {string} [words]
 */
export function showState(state, words = "") {
  byId("preparing").hidden = state !== "preparing" && state !== "failed";
  byId("preparing-bar").hidden = state === "failed";
  byId("prepare-again").hidden = state !== "failed";
  byId("preparing-words").textContent = state === "ready" || state === "sending" ? "" : words;
  byId("ready").hidden = state !== "ready";
  byId("sending").hidden = state !== "sending";
  byId("arrived").hidden = state !== "arrived";
  byId("early").hidden = true;
  byId("sending-words").textContent = state === "sending" ? words : "";
  if (state !== "preparing") return;
  byId("letters").replaceChildren();
  byId("matrix").hidden = true;
}
