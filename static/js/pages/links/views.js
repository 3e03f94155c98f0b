// What is seen of the links: one in the middle, all that are shown beside it, and what is on its way.

import { defang } from "../referral/defang.js";
import { byId, el } from "../referral/dom.js";
import { pageLanguage } from "../requests/opening.js";
import { label, text } from "../texts.js";
import { CODES, codeOf } from "./codes.js";
import { isUnder19, stated, whereOf } from "./link_rows.js";

/**
 * @typedef {import('./link_rows.js').Link} Link
 * @typedef {import('./work.js').LinkWork} LinkWork
 * @typedef {import('./work.js').Decision} Decision
 */

/** @param {string} codeId */
export function codeName(codeId) {
  return codeOf(codeId).name[pageLanguage()];
}

/** The address as text that leads nowhere, or what is said instead. @param {Link} link */
export function addressWords(link) {
  return link.url === null ? whereOf(link) || text("no_address") : defang(link.url);
}

/** @param {LinkWork} work */
export function placeWords(work) {
  return text("link_place", { at: work.at + 1, count: work.shown.length });
}

/** @param {LinkWork} work @param {string} root @returns {void} */
export function showCard(work, root) {
  const link = work.current;
  byId("columns", HTMLElement).hidden = link === null;
  byId("no-links", HTMLElement).hidden = link !== null;
  if (!link) return;
  const decision = work.decisions.get(link.key);
  byId("card-title", HTMLElement).textContent = placeWords(work);
  const address = byId("card-address", HTMLElement);
  address.textContent = addressWords(link);
  address.classList.toggle("by-link__address--none", link.url === null);
  byId("card-facts", HTMLElement).replaceChildren(...factsOf(link, root));
  byId("card-standing", HTMLElement).replaceChildren(
    stateMark(link.state),
    el("span", {}, link.since ? ` ${link.since}` : ""),
    ...(decision
      ? [
          el("strong", { class: "by-link__decided" }, text("decided", { decision: codeName(decision.code) })),
          mark(decision),
        ]
      : []),
  );
  showCodes(work, link, decision);
}

/** @param {Link} link @param {string} root */
function factsOf(link, root) {
  const { said, site } = link;
  const days = ["first_seen", "last_seen", "posted"].map((name) => [`fact_${name}`, stated(said[name])]);
  const typed = ["place", "title_keywords", "poster"].map((name) => [`fact_${name}`, said[name]]);
  const worded = [
    ["fact_kind", stated(said.kind) && label("link_kinds", said.kind)],
    ["fact_site", site && defang(site)],
    ["fact_spread", stated(said.spread) && label("spread", said.spread)],
    ["fact_commercial", stated(said.commercial) && label("commercial", said.commercial)],
  ];
  const age = link.ageGroup ? label("age_groups", link.ageGroup) : text("unsaid");
  const rows = [...worded, ...days, ...(link.url === null ? typed.slice(2) : typed)]
    .filter(([, words]) => words)
    .map(([key, words]) => el("div", {}, el("dt", {}, text(key ?? "")), el("dd", {}, words ?? "")));
  const flag = isUnder19(link) && el("span", { class: "mark mark--flag" }, text("under_19"));
  const letter = el("a", { class: "govuk-link", href: `${root}/referral/${link.referral}` }, link.referral.slice(0, 6));
  return [
    el("div", {}, el("dt", {}, text("fact_age")), el("dd", {}, flag || age, flag ? ` ${age}` : "")),
    ...rows,
    el("div", {}, el("dt", {}, text("fact_letter")), el("dd", {}, letter)),
  ];
}

/** @param {string} state */
function stateMark(state) {
  return el("span", { class: `state state--item-${state}` }, label("item_states", state));
}

/** @param {Decision} decision */
function mark({ status }) {
  return el("span", { class: `by-link__mark by-link__mark--${status}` }, text(`status_${status}`));
}

/** The buttons of the decisions, made once. @param {(codeId: string) => void} decide */
export function makeCodes(decide) {
  byId("codes", HTMLElement).replaceChildren(
    ...CODES.map(({ id, key, reason }) => {
      const name = codeName(id) + (reason === "typed" ? " …" : "");
      const button = el(
        "button",
        { type: "button", class: "by-link__code", "data-code": id, "aria-keyshortcuts": key },
        el("kbd", { "aria-hidden": "true" }, key),
        el("span", {}, name),
      );
      button.addEventListener("click", () => decide(id));
      return button;
    }),
  );
  byId("keys-help-codes", HTMLElement).replaceChildren(
    ...CODES.map(({ id, key }) =>
      el("div", { class: "keys-help__one" }, el("dt", {}, el("kbd", {}, key)), el("dd", {}, codeName(id))),
    ),
  );
}

/** @param {LinkWork} work @param {Link} link @param {Decision|undefined} decision */
function showCodes(work, link, decision) {
  const open = new Set(work.codes(link).map(({ id }) => id));
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-code]"));
  for (const button of buttons) {
    const id = button.dataset.code ?? "";
    button.setAttribute("aria-disabled", String(!open.has(id)));
    button.setAttribute("aria-pressed", String(decision?.code === id));
  }
}

/** What a row showed last: only what changed is drawn anew. @type {WeakMap<HTMLElement, string>} */
const drawn = new WeakMap();
/** @type {Map<string, HTMLTableRowElement>} */
const rows = new Map();

/**
 * @param {LinkWork} work
 * @param {{picked: Set<string>, look: (at: number) => void, pick: (key: string, on: boolean) => void}} acts
 * @returns {void}
 */
export function showRows(work, { picked, look, pick }) {
  const wanted = work.shown.map((link, at) => rowOf(link, at, { look, pick }));
  const body = byId("rows", HTMLTableSectionElement);
  const same = body.children.length === wanted.length && wanted.every((row, at) => body.children[at] === row);
  if (!same) body.replaceChildren(...wanted);
  work.shown.forEach((link, at) => {
    const row = /** @type {HTMLTableRowElement} */ (wanted[at]);
    const decision = work.decisions.get(link.key);
    const here = link === work.current;
    const state = [at, link.state, decision?.code, decision?.status, here, picked.has(link.key)].join(" ");
    if (drawn.get(row) === state) return;
    drawn.set(row, state);
    drawRow(row, link, at, { decision, here, picked: picked.has(link.key) });
  });
}

/** @param {Link} link @param {number} at @param {{look: (at: number) => void, pick: (key: string, on: boolean) => void}} acts */
function rowOf(link, at, { look, pick }) {
  const known = rows.get(link.key);
  if (known) {
    known.dataset.at = String(at);
    return known;
  }
  const box = el("input", { type: "checkbox", class: "pick", autocomplete: "off" });
  const button = el("button", { type: "button", class: "by-link__row-address", translate: "no" }, addressWords(link));
  const row = el(
    "tr",
    { "data-link": link.item, "data-at": String(at) },
    el("td", {}, box),
    el("td", { class: "by-link__number" }),
    el("td", {}, button),
    el("td", { class: "by-link__how" }),
  );
  box.addEventListener("change", () => pick(link.key, box.checked));
  button.addEventListener("click", () => look(Number(row.dataset.at)));
  rows.set(link.key, row);
  return row;
}

/**
 * @param {HTMLTableRowElement} row @param {Link} link @param {number} at
 * @param {{decision: Decision|undefined, here: boolean, picked: boolean}} how
 */
function drawRow(row, link, at, { decision, here, picked }) {
  const [, number, , how] = row.cells;
  const box = row.querySelector("input");
  if (box) {
    box.checked = picked;
    box.setAttribute("aria-label", text("row_pick", { at: at + 1 }));
  }
  if (number) number.textContent = String(at + 1);
  how?.replaceChildren(
    ...(decision ? [el("strong", {}, codeName(decision.code)), " ", mark(decision)] : [stateMark(link.state)]),
  );
  row.classList.toggle("by-link__row--here", here);
  if (here) row.setAttribute("aria-current", "true");
  else row.removeAttribute("aria-current");
  if (here) bringIntoFrame(row);
}

/** In the list only: the page itself stays where the link in the middle is read. @param {HTMLElement} row */
function bringIntoFrame(row) {
  const frame = row.closest(".by-link__scroll");
  if (!frame) return;
  const [own, around] = [row.getBoundingClientRect(), frame.getBoundingClientRect()];
  const first = around.top + (frame.querySelector("thead")?.getBoundingClientRect().height ?? 0);
  if (own.top < first) frame.scrollTop -= first - own.top;
  else if (own.bottom > around.bottom) frame.scrollTop += own.bottom - around.bottom;
}

/** @param {LinkWork} work @returns {void} */
export function showCounts(work) {
  const { decided, saved, waiting, needs } = work.counts();
  byId("counts", HTMLElement).textContent = text("counts", { decided, saved, waiting, needs });
  const bar = byId("saved-bar", HTMLProgressElement);
  bar.max = Math.max(1, work.past.length);
  bar.value = saved;
}
