// What came of a campaign: week by week, as a table of all links, and on paper. Paper has counts alone.

import { weeks } from "../../domain/recheck_record.js";
import { el } from "../referral/dom.js";
import { noted, saveTable } from "../sites/saving.js";
import { tableElement } from "../sites/table.js";
import { label, text } from "../texts.js";

/** @typedef {import("../../domain/recheck_record.js").Entry} Entry */

/** @param {ReturnType<typeof weeks>} rows @returns {HTMLElement} */
export function weekTable(rows) {
  const heads = ["week", "looked", "there", "gone", "unsure"].map((name) => text(`column_${name}`));
  const cells = rows.map(({ week, there, gone, unsure }) => [
    week,
    ...[there + gone + unsure, there, gone, unsure].map(String),
  ]);
  return rows.length > 0
    ? tableElement(heads, cells, { numbers: [1, 2, 3, 4] })
    : el("p", { class: "govuk-body" }, text("look_never"));
}

/** How the queue stands: what was seen last of each. @param {readonly Entry[]} entries */
export function standing(entries) {
  const counts = { there: 0, gone: 0, unsure: 0, never: 0 };
  for (const { looks } of entries) {
    const last = looks.at(-1)?.answer ?? "never";
    counts[/** @type {keyof typeof counts} */ (last)] += 1;
  }
  return counts;
}

/**
 * The portal notes that a table leaves before it does.
 * @param {{entries: readonly Entry[], desk: import("../requests/opening.js").Desk}} page
 * @returns {Promise<void>}
 */
export async function saveEntries({ entries, desk }) {
  await noted(desk.session, "campaign");
  const heads = ["address", "last", "what_seen", "looked"].map((name) => text(`column_${name}`));
  const rows = entries.map(({ url, looks }) => {
    const last = looks.at(-1);
    return [url, last?.on ?? "", last ? label("recheck_answers", last.answer) : "", String(looks.length)];
  });
  saveTable(`${text("file_campaign")}-${desk.page.today}`, [heads, ...rows]);
}

/**
 * @param {import("../../domain/campaign_record.js").CampaignContent} campaign
 * @param {readonly Entry[]} entries
 */
export function printReport({ title, from, until, about, sites }, entries) {
  const { there, gone, unsure, never } = standing(entries);
  const line = (/** @type {string} */ words) => el("p", { class: "govuk-body" }, words);
  const stood = [
    [text("column_there"), there],
    [text("column_gone"), gone],
    [text("column_unsure"), unsure],
    [text("look_never"), never],
  ].map(([words, number]) => [String(words), String(number)]);
  const paper = el(
    "div",
    { class: "sites__paper" },
    el("h1", { class: "govuk-heading-l" }, title),
    line(text("campaign_window", { from, until })),
    line(about),
    line(sites.join(", ")),
    tableElement([text("column_last"), text("column_links")], stood, { numbers: [1] }),
    weekTable(weeks(entries)),
  );
  document.body.classList.add("printing-paper");
  document.body.append(paper);
  print();
  paper.remove();
  document.body.classList.remove("printing-paper");
}
