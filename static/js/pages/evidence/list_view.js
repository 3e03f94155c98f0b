// A signed list for reading and for paper, whoever opens it: the head, and a row for each thing that it says.

import { SITE } from "../../domain/signed_list.js";
import { UNDISCLOSED } from "../../domain/vocabulary.js";
import { defang } from "../referral/defang.js";
import { label, text } from "../texts.js";
import { facts, table } from "./view.js";

/**
 * @typedef {import("../../domain/signed_list.js").SignedList} SignedList
 * @typedef {import("../../domain/signed_list.js").Site} Site
 * @typedef {import("../../domain/signed_list.js").EffortRow} EffortRow
 * @typedef {import("../../domain/signed_list.js").ReportedLetter} ReportedLetter
 */

/** @type {Record<string, string>} which fields of a site are words of the vocabulary */
const SITE_WORDS = { service: "site_kinds", registration: "registrations" };
const UNSAID = new Set(["", "unknown", UNDISCLOSED]);

/**
 * @param {SignedList} list
 * @param {string} fingerprint
 * @returns {HTMLElement[]}
 */
export function listView({ kind, content, signature }, fingerprint) {
  const name = document.documentElement.lang === "en" ? content.name.en : content.name.ko;
  const [heads, rows] = TABLES[kind](content);
  return [
    facts([
      [text("list_kind"), text(`list_${kind}`)],
      ...ownFacts(kind, content),
      [text("ev_maker"), `${name} (${content.organisation})`],
      [text("ev_fingerprint"), fingerprint],
      [text("ev_made_at"), content.made_at],
      [text("list_rows"), String(content.rows.length)],
      [text("ev_signature"), signature],
    ]),
    table(heads, rows),
  ];
}

/** @param {string} kind @param {any} content @returns {[string, string][]} */
function ownFacts(kind, content) {
  if (kind === "effort") {
    const minutes = content.rows.reduce(
      (/** @type {number} */ sum, /** @type {EffortRow} */ row) => sum + row.minutes,
      0,
    );
    return [
      [text("list_period"), `${content.from} – ${content.until}`],
      [text("list_minutes"), String(minutes)],
    ];
  }
  if (kind !== "account") return [];
  return [
    [text("list_of_account"), defang(content.account)],
    [text("ev_reason"), label("evidence_reasons", content.reason)],
    [text("list_reported_in"), String(content.reported_in)],
    [text("list_no_consent"), String(content.no_consent)],
    [text("list_unopened"), String(content.unopened)],
  ];
}

/** @type {Record<SignedList["kind"], (content: any) => [string[], string[][]]>} */
const TABLES = {
  sites: ({ rows }) => [[label("site_columns", "domain"), text("ev_details")], rows.map(siteCells)],
  effort: ({ rows }) => [
    [text("ev_day"), text("ev_act"), text("ev_role"), text("list_minutes"), text("part_links")],
    rows.map((/** @type {EffortRow} */ { on, what, role, minutes, links }) => [
      on,
      label("effort_kinds", what),
      label("roles", role),
      String(minutes),
      String(links),
    ]),
  ],
  account: ({ rows }) => [
    [text("ev_received_on"), text("ev_address"), text("ev_details"), text("ev_state"), text("ev_opened")],
    rows.flatMap(letterRows),
  ],
};

/** @param {Site} site */
function siteCells(site) {
  const said = Object.keys(SITE)
    .filter((field) => field !== "domain")
    .map((field) => [field, String(/** @type {Record<string, unknown>} */ (site)[field] ?? "")])
    .filter(([, value]) => !UNSAID.has(value ?? ""))
    .map(([field = "", value = ""]) => `${label("site_columns", field)}: ${label(SITE_WORDS[field] ?? "", value)}`);
  return [defang(site.domain), said.join(" · ")];
}

/** @param {ReportedLetter} letter @returns {string[][]} */
function letterRows({ received_on, opened_sha256, links }) {
  return links.map(({ item, state, state_on }) => [
    received_on,
    item.url === null ? text("no_address") : defang(item.url),
    [item.title_keywords, item.poster, item.place].filter((words) => !UNSAID.has(words ?? "")).join(" · "),
    `${label("item_states", state)} ${state_on}`,
    opened_sha256,
  ]);
}
