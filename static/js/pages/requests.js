// The organisation's requests, the ones to look at first: opened here, grouped by what they wait for.

import { byId, el } from "./referral/dom.js";
import { memoHash } from "./requests/asked.js";
import { begin, pageLanguage } from "./requests/opening.js";
import { dueWords, templateName } from "./requests/words.js";
import { label, text } from "./texts.js";

/** @typedef {import('./records.js').Opened<import('../domain/request_record.js').RequestContent>} Request */

const ENDED = ["closed"];
const ANSWERED = ["removed", "refused", "no_reply"];
const FOR_A_FILE = ["refused", "no_reply"];

/** @param {Request} one @param {string} today @returns {string} the group that it stands in */
function groupOf({ state, dueOn }, today) {
  if (ENDED.includes(state)) return "closed";
  if (dueOn && dueOn <= today) return "due";
  if (state === "drafted") return "drafted";
  return ANSWERED.includes(state) ? "answered" : "waiting";
}

/** @param {Request[]} requests @param {{root: string, today: string}} page */
function show(requests, { root, today }) {
  const sorted = requests.toSorted((a, b) => (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999"));
  const groups = ["due", "waiting", "drafted", "answered", "closed"]
    .map((group) => ({ group, rows: sorted.filter((one) => groupOf(one, today) === group) }))
    .filter(({ rows }) => rows.length > 0);
  const parts = groups.map(({ group, rows }) =>
    el(
      "section",
      { class: "requests__group", "aria-labelledby": `group-${group}` },
      el("h2", { class: "govuk-heading-m", id: `group-${group}` }, text(`group_${group}`), ` ${rows.length}`),
      el("ul", { class: "requests__list" }, ...rows.map((one) => rowOf(one, root, today))),
    ),
  );
  const none = el("p", { class: "govuk-body" }, text("none_here"));
  byId("groups", HTMLElement).replaceChildren(...(parts.length > 0 ? parts : [none]));
  byId("memo", HTMLFormElement).hidden = !requests.some(({ state }) => FOR_A_FILE.includes(state));
}

/** @param {Request} one @param {string} root @param {string} today */
function rowOf({ recordId, state, dueOn, content, by }, root, today) {
  const { days, words } = dueWords(dueOn, today);
  const open = !["closed", "removed"].includes(state);
  const name = content ? content.to || templateName(content.template, pageLanguage()) : text("broken");
  const box = FOR_A_FILE.includes(state) && el("input", { type: "checkbox", value: recordId, autocomplete: "off" });
  if (box) box.setAttribute("aria-label", name);
  return el(
    "li",
    { class: `requests__row${open && days <= 0 ? " requests__row--due" : ""}` },
    box,
    el("a", { class: "govuk-link requests__name", href: `${root}/requests/${recordId}` }, name),
    el("span", { class: `state state--request-${state}` }, label("request_states", state)),
    content && el("span", {}, templateName(content.template, pageLanguage())),
    content && el("span", {}, text("links_count", { number: content.links.length })),
    el(
      "span",
      { class: "requests__due" },
      ...(dueOn ? [el("time", { datetime: dueOn }, dueOn), " "] : []),
      open && words,
    ),
    el("span", { class: "requests__by" }, by),
  );
}

begin(async ({ records, page }) => {
  show(await records.list("request"), page);
  byId("memo", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const boxes = [...document.querySelectorAll("#groups input:checked")];
    const chosen = boxes.map((box) => (box instanceof HTMLInputElement ? box.value : ""));
    if (chosen.length > 0) location.assign(`${page.root}/requests/new${memoHash(chosen)}`);
  });
});
