// Each row's summary, opened here and put into the row: one neutral line and the flags.

import { part } from "../referral/dom.js";
import { flagMarks, linksWords } from "../referral/head_view.js";
import { openStoredSummary } from "../referral/open_case.js";
import { label, text } from "../texts.js";
import { contentOf } from "./rows.js";
import { summaryLine } from "./summary_line.js";

/**
 * @param {import('../session.js').Session} session with its ring open
 * @returns {Promise<void>}
 */
export async function openSummaries(session) {
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-summary]"))];
  const opened = await Promise.all(rows.map((row) => openRow(session, row)));
  const status = document.getElementById("queue-status");
  if (status) status.textContent = text("summaries_open", { count: opened.filter(Boolean).length });
}

/**
 * @param {import('../session.js').Session} session
 * @param {HTMLElement} row
 * @returns {Promise<boolean>} whether its summary opened
 */
async function openRow(session, row) {
  const { summary: sealed = "", epochKid = "", version = "", reportId = "", sealedHash = "" } = row.dataset;
  const stored = { epoch_kid: epochKid, version: Number(version), sealed };
  const summary = await openStoredSummary(session, { report_id: reportId, sealed_hash: sealedHash }, stored);
  const line = part(row, "line", HTMLElement);
  if (!summary) {
    line.textContent = text("summary_broken");
    return false;
  }
  contentOf.set(row, summary);
  line.textContent = summaryLine(summary, label, linksWords(summary.links));
  part(row, "marks", HTMLElement).append(...flagMarks(summary));
  return true;
}
