// Exactly what goes and what stays, read from the letter that would be sealed. Long words stay closed until asked for.

import { UNDISCLOSED } from "../../domain/vocabulary.js";
import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { letterRows } from "../report/letter_rows.js";
import { label, text } from "../texts.js";

/** @typedef {import("../../domain/letter.js").Letter} Letter */

const OWN_WORDS = ["row_account", "row_offender", "row_contact"];

/**
 * @param {Letter} whole what is here
 * @param {import("./letter.js").Cut} cut what would go
 * @returns {void}
 */
export function showPreview(whole, { letter, left }) {
  const speak = { text, label };
  const goes = letterRows({ ...letter, items: [] }, speak);
  const headings = new Set(goes.map((row) => row.heading));
  const stays = letterRows({ ...whole, items: [] }, speak).filter((row) => !headings.has(row.heading));
  const closed = new Set(OWN_WORDS.map((name) => text(name)));
  const consents = [text("row_purposes"), text("row_pass_on")]; // said at the end, in one row
  byId("goes-links", HTMLElement).replaceChildren(...letter.items.map(linkRow));
  byId("goes-links-count", HTMLElement).textContent = text("links_go", { count: letter.items.length });
  byId("goes-left", HTMLElement).hidden = left === 0;
  byId("goes-left", HTMLElement).textContent = text("links_left", { count: left });
  byId("goes", HTMLElement).replaceChildren(
    ...goes
      .filter(({ heading }) => !consents.includes(heading))
      .map(({ heading, lines }) => rowOf(heading, lines, closed.has(heading))),
    consentRow(letter),
  );
  const missing = stays.filter((row) => !consents.includes(row.heading)).map((row) => row.heading);
  byId("stays", HTMLElement).replaceChildren(...missing.map((heading) => el("li", {}, heading)));
  byId("stays-none", HTMLElement).hidden = missing.length > 0;
}

/**
 * @param {string} heading
 * @param {string[]} lines
 * @param {boolean} closed
 * @returns {HTMLElement}
 */
function rowOf(heading, lines, closed) {
  const words = lines.map((line) => el("p", { class: closed ? "own-words" : "onward-line" }, line));
  const value = closed
    ? [el("details", {}, el("summary", {}, text("own_words_go", { count: [...lines.join("")].length })), ...words)]
    : words;
  return el("div", { class: "facts__row" }, el("dt", { class: "facts__name" }, heading), el("dd", {}, ...value));
}

/**
 * @param {Letter} letter
 * @returns {HTMLElement}
 */
function consentRow({ consent }) {
  const said = consent.purposes.map((purpose) => label("purposes", purpose)).join(", ") || text("no_purpose");
  const lines = [`${text("row_purposes")}: ${said}`, text("pass_on_nobody")];
  return rowOf(text("consent_along"), lines, false);
}

/**
 * @param {Letter["items"][number]} item
 * @param {number} index
 * @returns {HTMLElement}
 */
function linkRow(item, index) {
  const said = [item.place, item.poster, item.title_keywords, item.first_seen, item.last_seen, item.posted]
    .filter((words) => words !== "" && words !== UNDISCLOSED)
    .join(" · ");
  return el(
    "li",
    {},
    el("code", { translate: "no" }, item.url ? defang(item.url) : text("no_address")),
    ` ${label("link_kinds", item.kind)}`,
    said && ` · ${said}`,
    el("span", { class: "govuk-visually-hidden" }, ` (${index + 1})`),
  );
}
