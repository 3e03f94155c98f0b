// A statement of effort on paper: who made it, over which time, every row, the sums, the signature.

import { sums } from "../../domain/effort_record.js";
import { el } from "../referral/dom.js";
import { tableElement } from "../sites/table.js";
import { label, text } from "../texts.js";

/**
 * @param {{list: import("../../domain/signed_list.js").SignedList, digits: string}} made
 * @param {"ko"|"en"} language
 * @returns {HTMLElement}
 */
export function paperOf({ list, digits }, language) {
  const { name, organisation, made_at, from, until, rows } = list.content;
  const heads = (/** @type {string[]} */ names) => names.map((one) => text(`column_${one}`));
  const total = sums(rows).map((one) => [
    label("effort_kinds", one.what),
    ...[one.times, one.minutes, one.links].map(String),
  ]);
  const each = rows.map((/** @type {import("../../domain/signed_list.js").EffortRow} */ one) => [
    one.on,
    label("effort_kinds", one.what),
    label("roles", one.role),
    String(one.minutes),
    String(one.links),
  ]);
  const fact = (/** @type {string} */ key, /** @type {string} */ said) =>
    el("p", { class: "govuk-body" }, `${text(key)}: ${said}`);
  return el(
    "div",
    { class: "sites__paper" },
    el("h1", { class: "govuk-heading-l" }, text("statement_title")),
    fact("effort_maker", `${name[language]} (${organisation})`),
    el("p", { class: "govuk-body" }, text("effort_period", { from, until })),
    tableElement(heads(["what", "times", "minutes", "links"]), total, { numbers: [1, 2, 3] }),
    el("h2", { class: "govuk-heading-m" }, text("statement_entries")),
    tableElement(heads(["on", "what", "role", "minutes", "links"]), each, { numbers: [3, 4] }),
    fact("effort_made_at", made_at),
    fact("effort_key", digits),
    fact("effort_signature", list.signature),
  );
}
