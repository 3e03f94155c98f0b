// A package about an account, for reading and for paper: addresses that nothing can follow, states, hashes, the signature.

import { UNDISCLOSED } from "../../domain/vocabulary.js";
import { defang } from "../referral/defang.js";
import { el } from "../referral/dom.js";
import { label, text } from "../texts.js";

/**
 * @typedef {import("../../domain/signed_list.js").SignedList} SignedList
 * @typedef {import("../../domain/signed_list.js").ReportedLetter} ReportedLetter
 * @typedef {import("../../domain/signed_list.js").ReportedLink} ReportedLink
 */

/** @param {SignedList} made @param {string} fingerprint @returns {HTMLElement[]} */
export function packageView({ content, signature }, fingerprint) {
  const name = document.documentElement.lang === "en" ? content.name.en : content.name.ko;
  const rows = /** @type {ReportedLetter[]} */ (content.rows);
  return [
    facts([
      [text("package_account"), defang(content.account)],
      [text("package_maker"), `${name} (${content.organisation})`],
      [text("package_at"), content.made_at],
      [text("package_reason"), label("evidence_reasons", content.reason)],
      [text("package_reported"), String(content.reported_in)],
      [text("package_fingerprint"), fingerprint],
      [text("package_signature"), signature],
    ]),
    el(
      "p",
      { class: "govuk-body" },
      [
        text("package_covered", { count: rows.length }),
        content.no_consent > 0 && text("package_left_out", { count: content.no_consent }),
        content.unopened > 0 && text("package_unopened", { count: content.unopened }),
      ]
        .filter(Boolean)
        .join(" "),
    ),
    ...rows.flatMap(letterView),
  ];
}

/** @param {ReportedLetter} letter */
function letterView({ opened_sha256: hash, received_on: day, links }) {
  const heads = ["address", "seen", "details", "state"].map((name) => text(`package_${name}`));
  return [
    el("h3", { class: "govuk-heading-s matches__hash" }, text("package_letter", { hash, day })),
    el(
      "table",
      { class: "govuk-table" },
      el(
        "thead",
        { class: "govuk-table__head" },
        el("tr", {}, ...heads.map((words) => el("th", { class: "govuk-table__header", scope: "col" }, words))),
      ),
      el(
        "tbody",
        { class: "govuk-table__body" },
        ...links.map((link) =>
          el("tr", {}, ...cellsOf(link).map((words) => el("td", { class: "govuk-table__cell" }, words))),
        ),
      ),
    ),
  ];
}

/** @param {ReportedLink} link @returns {string[]} */
function cellsOf({ item, state, state_on }) {
  const said = (/** @type {string} */ words) => words && words !== UNDISCLOSED;
  return [
    item.url === null ? text("no_address") : defang(item.url),
    [item.first_seen, item.last_seen, item.posted].filter(said).join(" · "),
    [item.title_keywords, item.poster, item.place].filter(said).join(" · "),
    `${label("item_states", state)} ${state_on}`,
  ];
}

/** @param {[string, string][]} rows */
function facts(rows) {
  return el(
    "dl",
    { class: "matches__facts-list" },
    ...rows.flatMap(([name, value]) => [el("dt", {}, name), el("dd", { translate: "no" }, value)]),
  );
}
