// A package of evidence for reading and for printing: the same words wherever one is shown, made here or pasted in.

import { UNDISCLOSED } from "../../domain/vocabulary.js";
import { defang } from "../referral/defang.js";
import { el } from "../referral/dom.js";
import { letterRows } from "../report/letter_rows.js";
import { label, text } from "../texts.js";

/** @typedef {import("../../domain/evidence.js").Package} Package */

/** @type {Record<string, string>} what a word of the log stands for in the vocabulary */
const VOCABULARIES = {
  state_changed: "referral_states",
  items_changed: "item_states",
  items_undone: "item_states",
  record_saved: "record_types",
  evidence_made: "evidence_reasons",
  links_listed: "evidence_reasons",
};

/** As many signs as a moment has: what is no longer keeps to one line. */
const SHORT = 20;

/** What a letter was opened for, where nobody read it whole. */
const OPENED = new Set(["summary", "by_link", "telling"]);

/**
 * @param {Package} made
 * @param {string} fingerprint
 * @returns {HTMLElement[]}
 */
export function packageView({ manifest, signature, parts }, fingerprint) {
  const name = document.documentElement.lang === "en" ? manifest.name.en : manifest.name.ko;
  const { letter } = manifest;
  return [
    facts([
      [text("ev_maker"), `${name} (${manifest.organisation})`],
      [text("ev_fingerprint"), fingerprint],
      [text("ev_made_at"), manifest.made_at],
      [text("ev_reason"), label("evidence_reasons", manifest.reason)],
      [text("ev_referral"), manifest.referral_id],
      [text("ev_report"), manifest.report_id],
      [text("ev_received_on"), letter.received_on],
      [text("ev_sealed_by"), label("sealed_by", letter.sealed_by)],
      [text("ev_opened"), letter.opened_sha256],
      [text("ev_sealed"), letter.sealed_sha256],
      [text("ev_signature"), signature],
      ...(letter.referrer === null ? [] : [named("ev_referrer", letter.referrer)]),
    ]),
    heading(text("ev_parts")),
    table(
      [text("ev_part"), "SHA-256", text("ev_bytes")],
      manifest.parts.map((part) => [text(`part_${part.name}`), part.sha256, String(part.length)]),
    ),
    heading(text("part_links")),
    table(
      ["n", "address", "details", "state", "since"].map((name) => text(`ev_${name}`)),
      parts.links.map(linkCells),
    ),
    heading(text("part_actions")),
    table([text("ev_when"), text("ev_role"), text("ev_act")], parts.actions.map(actCells)),
    ...list("part_messages", parts.messages.map(messageCells), [text("ev_day"), text("ev_who"), text("ev_said")]),
    ...list("part_records", parts.records.map(recordCells), [text("ev_when"), text("ev_type"), text("ev_state")]),
    heading(text("part_letter")),
    ...reported(parts.letter),
  ];
}

/** @param {string} key @param {string} value @returns {[string, string]} */
const named = (key, value) => [text(key), value];

/** @param {any} link */
function linkCells({ n, url, state, state_on, ...link }) {
  const address = typeof url === "string" ? defang(url) : text("no_address");
  const details = [link.place, link.poster, link.title_keywords, link.first_seen, link.last_seen, link.posted]
    .filter((words) => words && words !== UNDISCLOSED)
    .join(" · ");
  return [String(n), address, details, label("item_states", String(state)), String(state_on ?? "")];
}

/** @param {any} act */
function actCells({ at, role, action, detail }) {
  const did = label("log_actions", String(action));
  return [
    String(at),
    label("roles", String(role)),
    detail ? `${did} (${detailWords(String(action), String(detail))})` : did,
  ];
}

/** @param {string} action @param {string} detail */
function detailWords(action, detail) {
  if (action === "opened" && OPENED.has(detail)) return text(`opened_${detail}`);
  return detail
    .split(" ")
    .map((word) => label(VOCABULARIES[action] ?? "", word))
    .join(", ");
}

/** @param {any} message */
function messageCells({ received_on, direction, kind, states, text: words }) {
  const said = states
    .map((/** @type {any} */ one) => label(one.item === null ? "referral_states" : "item_states", String(one.state)))
    .join(", ");
  return [
    String(received_on),
    label("directions", String(direction)),
    [label("message_kinds", String(kind)), said, words].filter(Boolean).join(" · "),
  ];
}

/** @param {any} record */
function recordCells({ saved_at, type, state }) {
  return [String(saved_at), label("record_types", String(type)), label(`${type}_states`, String(state))];
}

/**
 * @param {string} title
 * @param {string[][]} rows
 * @param {string[]} head
 */
function list(title, rows, head) {
  return rows.length > 0 ? [heading(text(title)), table(head, rows)] : [];
}

/** @param {string} words */
function heading(words) {
  return el("h2", { class: "govuk-heading-m" }, words);
}

/** @param {[string, string][]} rows */
export function facts(rows) {
  return el(
    "dl",
    { class: "evidence__facts" },
    ...rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", { translate: "no" }, value))),
  );
}

/**
 * @param {string[]} head
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const short = (/** @type {string} */ words) => (words.length <= SHORT ? " evidence__short" : "");
  const cells = (/** @type {string[]} */ row) =>
    row.map((words) => el("td", { class: `govuk-table__cell${short(words)}` }, words));
  const heads = head.map((words) => el("th", { class: "govuk-table__header", scope: "col" }, words));
  return el(
    "table",
    { class: "govuk-table evidence__table" },
    el("thead", { class: "govuk-table__head" }, el("tr", { class: "govuk-table__row" }, ...heads)),
    el(
      "tbody",
      { class: "govuk-table__body" },
      ...rows.map((row) => el("tr", { class: "govuk-table__row" }, ...cells(row))),
    ),
  );
}

/**
 * The answers in words; what is not what a letter has, as it stands.
 * @param {any} letter
 * @returns {HTMLElement[]}
 */
function reported(letter) {
  try {
    const rows = letterRows({ ...letter, items: [] }, { text, label });
    const left = letter.left_out.map((/** @type {string} */ name) => label("compartments", name)).join(", ");
    return [
      facts(rows.map(({ heading: name, lines }) => [name, lines.join("\n")])),
      el("p", { class: "govuk-body" }, left && text("ev_left_out", { parts: left })),
    ];
  } catch {
    return [el("pre", { class: "evidence__letter", tabindex: "0" }, JSON.stringify(inert(letter), null, 1))];
  }
}

/**
 * The same tree with addresses that nothing can follow.
 * @param {any} value
 * @returns {any}
 */
function inert(value) {
  if (Array.isArray(value)) return value.map(inert);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === "url" && typeof inner === "string" ? defang(inner) : inert(inner),
    ]),
  );
}
