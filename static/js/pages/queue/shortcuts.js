// Keys of the queue: row to row, take on, select, find. They can be others,
// and switched off, for as long as the tab.

import { byId, el } from "../referral/dom.js";
import { problemWords } from "../session/problem_words.js";
import { text } from "../texts.js";
import { say, showCount } from "./bulk.js";
import { attachKeyChoice } from "./key_choice.js";
import { attachKeySwitch, isTaken } from "./key_switch.js";
import { keyAct } from "./keys.js";
import { focusedRow, focusRow, rowOf, shownRows, updated } from "./rows.js";

/** @typedef {import("../session.js").Session} Session */

/**
 * @param {Session} session
 * @param {{choose: (kind: "assignment"|"state"|"deadline") => void}|null} changes
 * @returns {void}
 */
export function startShortcuts(session, changes) {
  const { isOn, help } = attachKeySwitch();
  const { chosen } = attachKeyChoice();
  /** @type {Record<import("./keys.js").KeyAct, () => void>} */
  const acts = {
    next: () => step(1),
    before: () => step(-1),
    pick,
    claim: () => claim(session),
    state: () => changes?.choose("state"),
    find: () => document.getElementById("find-words")?.focus(),
    help,
  };
  document.addEventListener("keydown", (event) => {
    const act = keyAct(event, isTaken(event), chosen());
    if (!act || !isOn()) return;
    event.preventDefault();
    acts[act]();
  });
}

/** The row that had the focus last: after a change the next key goes on from there. */
let last = "";

/** @param {1|-1} by */
function step(by) {
  const rows = shownRows();
  const here = focusedRow() ?? document.getElementById(last);
  const at = here && rows.includes(here) ? rows.indexOf(here) + by : by > 0 ? 0 : rows.length - 1;
  const next = rows[Math.min(Math.max(at, 0), rows.length - 1)];
  if (!next) return;
  last = next.id;
  focusRow(next);
}

function pick() {
  const box = focusedRow()?.querySelector("[data-pick]");
  if (!(box instanceof HTMLInputElement)) return;
  box.checked = !box.checked;
  showCount();
}

/** @param {Session} session */
async function claim(session) {
  const element = focusedRow();
  const bulk = document.getElementById("bulk");
  if (!element || !bulk) return;
  const row = rowOf(element);
  const { me = "" } = byId("casework", HTMLElement).dataset;
  if (row.assignee === me) return;
  try {
    const standing = await session.post(`/referral/${row.referral_id}/claim`, { version: row.version });
    const { state, version, assignee } = standing;
    updated(element, { state, version, assignee });
    told(text("claimed_one", { reference: row.referral_id.slice(0, 6) }));
  } catch (error) {
    const { title, detail } = problemWords(error);
    say(`${title}. ${detail}`);
  }
}

/**
 * Said beside the list, without taking the focus off the row: the next key goes on from there.
 * @param {string} words
 */
function told(words) {
  byId("bulk-outcome", HTMLElement).hidden = false;
  byId("bulk-undo", HTMLButtonElement).hidden = true;
  byId("bulk-said", HTMLElement).textContent = words;
}

/**
 * Who looks at which row now.
 * @param {{referral_id: string, login: string}[]} viewing
 */
export function showViewing(viewing) {
  /** @type {Map<string, string[]>} */
  const byReferral = new Map();
  for (const { referral_id: id, login } of viewing) byReferral.set(id, [...(byReferral.get(id) ?? []), login]);
  for (const row of shownRows()) {
    const who = byReferral.get(row.id.replace("referral-", ""));
    const place = row.querySelector('[data-part="viewing"]');
    place?.replaceChildren(
      ...(who ? [el("span", { class: "mark mark--viewing" }, text("viewing_one", { who: who.join(", ") }))] : []),
    );
  }
}
