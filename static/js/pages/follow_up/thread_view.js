/** One organisation's card: where it stands, what comes next, the links, and what was written both ways. */

import { dayWords } from "../day_words.js";
import { all, copyOf, make, one } from "../element.js";
import { usual } from "../opening_words.js";
import { text } from "../texts.js";
import { eventsOf } from "./events.js";
import { linkRow, meanings, sourceOf } from "./links_view.js";
import { messageEntry } from "./message_view.js";
import { outlookWords, threadOutlook } from "./outlook_words.js";
import { wordsFor } from "./reach.js";
import { isGapped, isLiving, isOpen, mayWrite, saidStates } from "./said.js";

/** @typedef {import("./visit.js").Thread} Thread */

/** As many links as are shown without being asked for. */
const FEW = 3;

/**
 * @param {Thread} thread
 * @param {{nameOf: (slug: string) => string, referrer: string, onward: string[], today: string}} around `referrer` names
 *   the organisation that passed it on, empty when the person chose it; `onward` those that this one passed it on to
 * @returns {HTMLElement}
 */
export function threadCard(thread, { nameOf, referrer, onward, today }) {
  const card = copyOf("thread");
  const name = nameOf(thread.slug);
  const said = saidStates(thread);
  card.dataset.referral = thread.referralId;
  one("h2", card).textContent = name;
  one("[data-referrer]", card).textContent = referrer ? passedOnWords(thread, referrer) : "";
  showState(card, thread, said.get(""), today);
  showLinks(card, thread, said, today);
  one("[data-events]", card).append(...eventsOf(thread).map(eventRow));
  one("[data-messages]", card).append(...thread.messages.map((message) => messageEntry(message, name, thread)));
  one("[data-no-messages]", card).hidden = thread.messages.length > 0;
  one("[data-gap]", card).hidden = !isGapped(thread);
  if (referrer) one("[data-readers]", card).textContent = text("onward_readers");
  one("[data-write]", card).hidden = !isLiving(thread) && !mayWrite(thread);
  one("[data-words]", card).hidden = !mayWrite(thread);
  for (const part of ["[data-consent-part]", "[data-leaving]"]) one(part, card).hidden = !isLiving(thread);
  showLost(card, thread);
  showKept(card, thread);
  one("[data-onward]", card).hidden = onward.length === 0;
  one("[data-onward]", card).textContent = text("leave_onward", { names: onward.join(", ") });
  if (thread.reach && isOpen(thread)) showReach(card, thread.reach);
  ownIds(card, thread.referralId);
  return card;
}

/**
 * Who passed it on, and whether it was taken on there.
 * @param {Thread} thread
 * @param {string} referrer
 */
function passedOnWords(thread, referrer) {
  const { onward } = thread;
  const answer = isLiving(thread) && onward ? ` ${text(`onward_${onward}`, { name: referrer })}` : "";
  return text("passed_on_by", { name: referrer }) + answer;
}

/**
 * @param {HTMLElement} card
 * @param {Thread} thread
 * @param {string | undefined} said the organisation's own last word
 * @param {string} today
 */
function showState(card, thread, said, today) {
  const { stage, since, next, outlook } = threadOutlook(thread, today);
  const junk = thread.state === "closed" && thread.destroyOn;
  const refused = thread.state === "closed" && thread.onward === "refused";
  one("[data-state]", card).textContent = junk
    ? text("state_closed_until", { on: dayWords(thread.destroyOn ?? "") })
    : text(refused ? "state_not_taken_on" : `stages.${stage}`);
  one("[data-state-source]", card).textContent = sourceOf(thread.state, since, said);
  one("[data-next-part]", card).hidden = Boolean(junk) || refused;
  one("[data-next]", card).textContent = next;
  one("[data-late]", card).hidden = !outlook.late;
  one(outlook.late ? "[data-late]" : "[data-by]", card).textContent = outlookWords(outlook);
}

/**
 * That nobody there can read this thread any more, and that it can be sent once more.
 * @param {HTMLElement} card
 * @param {Thread} thread
 */
function showLost(card, thread) {
  const isLost = isLiving(thread) && thread.lostOn !== null;
  one("[data-lost]", card).hidden = !isLost;
  if (!isLost) return;
  for (const part of ["[data-next-part]", "[data-links-next]"]) one(part, card).hidden = true;
  one("[data-lost-on]", card).textContent = text("lost_on", { on: dayWords(thread.lostOn ?? "") });
}

/**
 * Until when it is kept, or that it may not be destroyed for now.
 * @param {HTMLElement} card
 * @param {Thread} thread
 */
function showKept(card, { keptUntil, hold, state }) {
  one("[data-kept]", card).hidden = keptUntil === null;
  if (keptUntil !== null) one("[data-kept]", card).textContent = text("kept_until", { on: dayWords(keptUntil) });
  one("[data-hold]", card).hidden = hold === null;
  if (hold === null) return;
  one("[data-hold-words]", card).textContent = text("hold_words", {
    since: dayWords(hold.since),
    on: dayWords(hold.reviewOn),
  });
  one("[data-hold-withdrawn]", card).hidden = state !== "withdrawn";
}

/**
 * @param {HTMLElement} card
 * @param {Thread} thread
 * @param {Map<string, string>} said
 * @param {string} today
 */
function showLinks(card, thread, said, today) {
  const part = one("[data-links-part]", card);
  one("[data-links]", part).append(...thread.links.map((link) => linkRow(thread, link, said.get(link.id))));
  one("[data-links-next]", part).append(...meanings(thread.links, today, thread.reach?.commission_paused_on ?? null));
  one("[data-links-title]", part).textContent = text("links_count", { n: thread.links.length });
  part.toggleAttribute("open", thread.links.length <= FEW || said.size > 0);
  part.hidden = thread.links.length === 0 || thread.state === "destroyed"; // what was destroyed has no addresses
}

/** @param {import("./events.js").Event} event */
function eventRow({ on, kind, state, n, source }) {
  const row = make("li", "timeline__one");
  const words = {
    stage: () => text(state === "received" ? "event_received" : `stages.${state}`),
    links: () => text("event_links", { n, words: text(`item_news.${state}`) }),
    items: () => text("event_items", { n }),
    consent: () => text("event_consent"),
    withdrawal: () => text("event_withdrawal"),
    reply: () => text("event_reply"),
  }[kind]();
  row.append(make("span", "timeline__day", dayWords(on)), make("span", "", words));
  row.append(make("span", "timeline__source", ` (${text(`source_${source}`)})`));
  return row;
}

/**
 * That nobody is there, and the hours, in the organisation's own words. An older worker's answer has no `opening`.
 * @param {HTMLElement} card
 * @param {import("./reach.js").Reach} reach
 */
function showReach(card, { opening = "", hours, away, away_until: until }) {
  const lang = document.documentElement.lang;
  for (const [name, words] of /** @type {const} */ ([
    ["away", wordsFor(away, lang)],
    ["hours", wordsFor(hours, lang)],
  ])) {
    const part = one(`[data-${name}]`, card);
    part.hidden = words === null;
    if (!words) continue;
    const said = one(`[data-${name}-text]`, part);
    said.textContent = words.text;
    said.lang = words.lang;
  }
  const known = usual(opening, lang);
  one("[data-usual]", card).textContent = known && wordsFor(hours, lang) ? `${known} ·` : known;
  if (known) one("[data-hours]", card).hidden = false;
  one("[data-away-title]", card).textContent = until ? text("away_until", { on: dayWords(until) }) : text("away_now");
}

/**
 * Labels and fields of what was copied point to each other by ids of their own.
 * @param {HTMLElement} copied
 * @param {string} referralId
 */
export function ownIds(copied, referralId) {
  for (const element of [copied, ...all("*", copied)]) {
    for (const name of ["id", "for", "name", "aria-describedby", "data-group", "data-field"]) {
      const value = element.getAttribute(name);
      if (value?.includes("REFERRAL")) element.setAttribute(name, value.replaceAll("REFERRAL", referralId));
    }
  }
}
