// Kinds that a caseworker would rather not read for now. Their lines are covered in this person's queue; what is chosen
// is sealed, shown to nobody else, and nobody is asked why.

import { byId } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { flagsOf } from "./summary_line.js";

/**
 * @typedef {import("./summary_content.js").SummaryContent} SummaryContent
 * @typedef {import("./views.js").View} View
 * @typedef {import("../records.js").Records} Records
 */

/** What a view's query begins with where it says what is spared. */
export const SPARED = "spare#";
/** @type {Set<string>} */
let spared = new Set();

/**
 * @param {SummaryContent|null} summary
 * @returns {boolean} whether its line is covered here
 */
export function isSpared(summary) {
  if (!summary || spared.size === 0) return false;
  return [...summary.harm, ...summary.material, ...flagsOf(summary)].some((one) => spared.has(one));
}

/** @param {string} query @returns {string[]} */
export function kindsIn(query) {
  return query.startsWith(SPARED) ? query.slice(SPARED.length).split(" ").filter(Boolean) : [];
}

/** @param {Iterable<string>} kinds */
export function spare(kinds) {
  spared = new Set(kinds);
}

/**
 * Let this person choose; what was chosen before stands at once.
 * @param {Records} records
 * @param {string} me
 * @param {View|undefined} before
 * @param {() => void} changed the shown rows are drawn anew
 */
export function attachSpared(records, me, before, changed) {
  let kept = before;
  const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("[data-spare]"))];
  const said = byId("spare-said", HTMLElement);
  spare(kindsIn(kept?.content?.query ?? ""));
  for (const box of boxes) box.checked = spared.has(box.dataset.spare ?? "");
  if (spared.size > 0) changed();
  byId("spare-form", HTMLFormElement).onsubmit = async (event) => {
    event.preventDefault();
    const kinds = boxes.filter((box) => box.checked).map((box) => box.dataset.spare ?? "");
    const content = { v: 1, owner: me, name: SPARED, query: SPARED + kinds.join(" ") };
    try {
      kept = await records.save({ type: "view", content, recordId: kept?.recordId, version: kept?.version ?? 0 });
      spare(kinds);
      changed();
      said.textContent = text("spare_kept");
    } catch (error) {
      said.textContent = problemWords(error).detail;
    }
  };
}
