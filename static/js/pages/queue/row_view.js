// One row of the queue, as the portal's own template draws it (templates/queue/row.html): both change together.

import { el, icon, pageOf } from "../referral/dom.js";
import { flagMarks, linksWords } from "../referral/head_view.js";
import { dayOf } from "../referral/korean_day.js";
import { label, text } from "../texts.js";
import { listsNaming } from "./listed_marks.js";
import { isSpared } from "./spared.js";
import { summaryLine } from "./summary_line.js";

/** @typedef {import("./rows.js").Row} Row */

const DAY = 86_400_000;
const DONE = ["closed", "withdrawn", "destroyed"];

/**
 * @param {Row} row
 * @param {import("./summary_content.js").SummaryContent|null} summary
 * @returns {HTMLElement}
 */
export function rowView(row, summary) {
  const open = !DONE.includes(row.state);
  const { me = "", mayPick = "" } = document.getElementById("casework")?.dataset ?? {};
  return el(
    "tr",
    {
      class: `queue__row${row.urgent && open ? " queue__row--urgent" : ""}`,
      role: "row",
      id: `referral-${row.referral_id}`,
    },
    mayPick !== "" && pickCell(row, open),
    dueCell(row, open),
    whatCell(row, summary, open, mayPick !== ""),
    cell("head_state", el("span", { class: `state state--${row.state}` }, label("referral_states", row.state))),
    cell("head_assignee", holder(row.assignee, me)),
    cell("head_received", el("time", { datetime: row.received_on }, agoWords(row.received_on))),
    cell("head_content", el("span", {}, row.items ? linksWords(row.items) : text(`size_${row.size}`))),
  );
}

/** @param {string} name @param {...import("../referral/dom.js").Child} children */
function cell(name, ...children) {
  return el("td", { class: "queue__cell", role: "cell", "data-label": text(name) }, ...children);
}

/** @param {Row} row @param {boolean} open */
function pickCell(row, open) {
  const box = el("input", {
    type: "checkbox",
    class: "pick",
    "data-pick": row.referral_id,
    "data-at": String(row.version),
    "data-unread": row.unread,
    autocomplete: "off",
  });
  const said = text("select_one", { reference: row.referral_id.slice(0, 6) });
  const named = el("span", { class: "govuk-visually-hidden" }, said);
  const inner = open || row.junk ? el("label", { class: "queue__pick" }, box, named) : null;
  return el("td", { class: "queue__cell queue__cell--pick", role: "cell" }, inner);
}

/** @param {Row} row @param {boolean} open */
function dueCell(row, open) {
  const mark =
    row.urgent && open ? el("strong", { class: "mark mark--urgent" }, icon("urgent"), " ", text("urgent")) : null;
  const due = dueView(row.due_on, open);
  return el("td", { class: "queue__cell queue__cell--due", role: "cell", "data-label": text("head_due") }, mark, due);
}

/**
 * A due day: the day, what is left of it, and a word and a shape for how it stands.
 * @param {string} dueOn
 * @param {boolean} open
 * @returns {HTMLElement}
 */
export function dueView(dueOn, open) {
  const left = daysFromToday(dueOn);
  const urgency = left < 0 ? " due--late" : left <= 1 ? " due--soon" : "";
  const words = left < 0 ? counted("overdue", -left) : left === 0 ? text("due_today") : counted("days_left", left);
  return el(
    "span",
    { class: `due${open ? urgency : ""}` },
    el("time", { class: "due__day", datetime: dueOn }, dayWords(dueOn)),
    open && el("span", { class: "due__left" }, icon(left < 0 ? "late" : "clock"), " ", words),
  );
}

/** @param {Row} row @param {import("./summary_content.js").SummaryContent|null} summary @param {boolean} open @param {boolean} may */
function whatCell(row, summary, open, may) {
  const covered = isSpared(summary);
  const words =
    summary && covered
      ? text("spared_line")
      : summary
        ? summaryLine(summary, label, linksWords(summary.links))
        : text(wordsWithout(row));
  const line = el("span", { "data-part": "line" }, words);
  const { root } = pageOf();
  const link = may
    ? el("a", { class: "govuk-link queue__link", href: `${root}/referral/${row.referral_id}` }, line)
    : line;
  return el(
    "th",
    { class: "queue__cell queue__cell--what", role: "rowheader", scope: "row", tabindex: may ? false : "-1" },
    link,
    el(
      "span",
      { class: "queue__marks", "data-part": "marks" },
      ...marks(row, open),
      ...(summary && !covered ? [...flagMarks(summary), ...listMarks(row)] : []),
    ),
    ["caseworker", "server", "organisation"].includes(row.sealed_by) &&
      el("span", { class: "queue__sealer" }, label("sealed_by", row.sealed_by)),
    el(
      "span",
      { class: "queue__reference" },
      text("reference"),
      " ",
      el("span", { translate: "no" }, row.referral_id.slice(0, 6)),
    ),
    el("span", { class: "queue__viewing", "data-part": "viewing" }),
  );
}

/** @param {Row} row that shows no summary @returns {string} which words stand there instead */
function wordsWithout(row) {
  if (row.lost) return "lost_letter";
  if (row.summary_version > 0) return "summary_closed";
  return row.opened ? "no_summary_yet" : "new_letter";
}

/** @param {Row} row @param {boolean} open @returns {HTMLElement[]} */
function marks(row, open) {
  const shown = [];
  if (!row.opened && open) shown.push(el("strong", { class: "mark mark--new" }, icon("letter"), " ", text("unopened")));
  if (row.sealed_by === "server" && open) shown.push(el("strong", { class: "mark mark--sealer" }, text("by_portal")));
  if (row.unread && row.opened) {
    shown.push(el("strong", { class: "mark mark--answer" }, icon("answer"), " ", text("new_words")));
  }
  return shown;
}

/** @param {Row} row @returns {HTMLElement[]} */
function listMarks(row) {
  return listsNaming(row.referral_id).map((title) =>
    el("strong", { class: "mark mark--listed" }, icon("flag"), " ", text("on_list", { title })),
  );
}

/** @param {string|null} assignee @param {string} me */
function holder(assignee, me) {
  if (assignee === null) return el("span", { class: "queue__nobody" }, text("nobody"));
  return assignee === me ? el("strong", {}, text("me")) : assignee;
}

/** @param {string} day @returns {number} whole days from today in Korea, negative for the past */
export function daysFromToday(day) {
  return Math.round((Date.parse(day) - Date.parse(dayOf(new Date()))) / DAY);
}

/** @param {string} day @returns {string} */
export function dayWords(day) {
  const language = document.documentElement.lang === "en" ? "en-GB" : "ko-KR";
  return new Intl.DateTimeFormat(language, { dateStyle: "medium", timeZone: "UTC" }).format(new Date(day));
}

/** @param {string} day */
function agoWords(day) {
  const age = -daysFromToday(day);
  return age <= 0 ? text("today") : counted("days_ago", age);
}

/** @param {string} key @param {number} count @returns {string} */
export function counted(key, count) {
  return text(count === 1 ? `${key}_1` : key, { count });
}
