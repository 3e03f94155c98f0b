// Messages in both directions, notes, and who did what.

import { label, text } from "../texts.js";
import { defang } from "./defang.js";
import { byId, el, icon } from "./dom.js";
import { moment } from "./moment.js";
import { threadOf } from "./thread.js";

/**
 * @typedef {import('./types.js').Case} Case
 * @typedef {import('./thread.js').ThreadEntry} ThreadEntry
 */

/**
 * Show the thread, oldest first.
 * @param {Case} held
 * @returns {void}
 */
export function showThread({ messages, items }) {
  const numbers = new Map(items.map((item, index) => [item.id, index + 1]));
  byId("thread", HTMLElement).replaceChildren(...threadOf(messages).map((entry) => entryOf(entry, numbers)));
  byId("thread-none", HTMLElement).hidden = messages.length > 0;
}

/**
 * @param {ThreadEntry} entry
 * @param {Map<string, number>} numbers of the links
 * @returns {HTMLElement}
 */
function entryOf(entry, numbers) {
  const { direction, content, received_on, by, gap } = entry;
  const kind = content?.kind ?? "broken";
  const who = direction === "to_organisation" ? text("from_reporter") : text("from_us", { by: by ?? "" });
  return el(
    "li",
    { class: `thread__one thread__one--${direction} thread__one--${kind}` },
    gap && el("p", { class: "thread__gap" }, icon("late"), text("message_gap")),
    el(
      "p",
      { class: "thread__who" },
      el("strong", {}, who),
      " · ",
      el("time", { datetime: received_on }, received_on),
      content && kind !== "text" && el("span", { class: "thread__kind" }, label("message_kinds", kind)),
    ),
    ...(content ? bodyOf(content, numbers) : [el("p", { class: "thread__broken" }, text("message_broken"))]),
  );
}

/**
 * @param {import('./types.js').MessageContent} content
 * @param {Map<string, number>} numbers
 * @returns {(HTMLElement|null)[]}
 */
function bodyOf(content, numbers) {
  const states = content.states.map(({ item, state }) => {
    const name = item === null ? text("whole_referral") : text("link_number", { number: numbers.get(item) ?? "?" });
    const word = label(item === null ? "referral_states" : "item_states", state);
    return el("li", {}, `${name}: ${word}`);
  });
  const links = content.items.map((item) =>
    el("li", {}, el("code", { translate: "no" }, item.url ? defang(item.url) : text("no_address"))),
  );
  return [
    content.when ? el("p", { class: "thread__withdrawal" }, icon("urgent"), text(`withdrawn_${content.when}`)) : null,
    content.text ? el("p", { class: "own-words" }, content.text) : null,
    states.length > 0 ? el("ul", { class: "thread__states" }, ...states) : null,
    links.length > 0 ? el("ul", { class: "thread__states" }, ...links) : null,
    content.consent ? consentOf(content.consent) : null,
  ];
}

/**
 * @param {{purposes: string[], pass_on: string[]}} consent
 * @returns {HTMLElement}
 */
function consentOf({ purposes, pass_on }) {
  const words = (/** @type {string} */ name, /** @type {string[]} */ values) =>
    values.map((value) => label(name, value)).join(", ") || text("none_of_it");
  return el(
    "ul",
    { class: "thread__states" },
    el("li", {}, `${text("fact_consent")}: ${words("purposes", purposes)}`),
    el("li", {}, `${text("fact_pass_on")}: ${words("organisation_kinds", pass_on)}`),
  );
}

/**
 * Show the internal notes, newest first: a note is read before one is written.
 * @param {Case} held
 * @returns {void}
 */
export function showNotes({ records }) {
  const notes = records.filter((record) => record.type === "note").toReversed();
  byId("notes", HTMLElement).replaceChildren(
    ...notes.map(({ by, at, text: words }) =>
      el(
        "li",
        { class: "notes__one" },
        el("p", { class: "thread__who" }, el("strong", {}, by), " · ", moment(at)),
        el("p", { class: words === null ? "thread__broken" : "own-words" }, words ?? text("note_broken")),
      ),
    ),
  );
}

/**
 * Show who did what, newest first.
 * @param {Case} held
 * @returns {void}
 */
export function showHistory({ opening }) {
  const entries = opening.history.toReversed();
  byId("history", HTMLElement).replaceChildren(
    ...entries.map(({ at, by, action, detail }) =>
      el(
        "li",
        { class: "history__one" },
        moment(at),
        " ",
        el("strong", {}, by),
        " ",
        text(`did_${action}`),
        detail && ` (${detailWords(action, detail)})`,
      ),
    ),
  );
}

/** @type {Record<string, string>} */
const VOCABULARIES = {
  state_changed: "referral_states",
  items_changed: "item_states",
  items_undone: "item_states",
  record_saved: "record_types",
  links_listed: "evidence_reasons",
};

/**
 * The detail of an entry is words of the vocabulary, several with blanks between them.
 * @param {string} action
 * @param {string} detail
 * @returns {string}
 */
function detailWords(action, detail) {
  if (action === "opened") return text(`opened_${detail}`); // nobody read it whole
  const name = VOCABULARIES[action] ?? "";
  return detail
    .split(" ")
    .map((word) => label(name, word))
    .join(", ");
}
