/** One organisation's card: its state, the links, what was written both ways. */

import { copyOf, make, one } from "../element.js";
import { label, text } from "../texts.js";
import { wordsFor } from "./reach.js";
import { isGapped, isLiving, saidStates } from "./said.js";

/**
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {import("./visit.js").Message} Message
 */

/** As many links as are shown without being asked for. */
const FEW = 3;

/**
 * @param {Thread} thread
 * @param {(slug: string) => string} nameOf
 * @param {string} referrer name of the organisation that passed it on; empty when the person chose it
 * @returns {HTMLElement}
 */
export function threadCard(thread, nameOf, referrer) {
  const card = copyOf("thread");
  const name = nameOf(thread.slug);
  const said = saidStates(thread);
  card.dataset.referral = thread.referralId;
  one("h2", card).textContent = name;
  one("[data-referrer]", card).textContent = referrer ? text("passed_on_by", { name: referrer }) : "";
  one("[data-state]", card).textContent = stateWords(thread, name);
  one("[data-state-source]", card).textContent = sourceOf(thread.state, thread.stateOn, said.get(""));
  one("[data-links]", card).append(...thread.links.map((link, index) => linkRow(link, index, said.get(link.id))));
  one("[data-links-title]", card).textContent = text("links_count", { n: thread.links.length });
  one("details", card).toggleAttribute("open", thread.links.length <= FEW || said.size > 0);
  one("details", card).hidden = thread.links.length === 0;
  one("[data-messages]", card).append(...thread.messages.map((message) => messageEntry(message, name, thread)));
  one("[data-no-messages]", card).hidden = thread.messages.length > 0;
  one("[data-gap]", card).hidden = !isGapped(thread);
  one("[data-write]", card).hidden = !isLiving(thread);
  if (thread.reach && isLiving(thread)) showReach(card, thread.reach);
  number(card, thread.referralId);
  return card;
}

/**
 * That nobody is there, and the hours, in the organisation's own words.
 * @param {HTMLElement} card
 * @param {import("./reach.js").Reach} reach
 */
function showReach(card, { hours, away, away_until: until }) {
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
  one("[data-away-title]", card).textContent = until ? text("away_until", { on: until }) : text("away_now");
}

/**
 * @param {Thread} thread
 * @param {string} name of the organisation
 */
function stateWords({ state, destroyOn }, name) {
  if (state === "closed" && destroyOn) return text("state_closed_until", { on: destroyOn });
  return text(`state_${state}`, { name });
}

/**
 * Labels and fields of a copied card point to each other by ids of their own.
 * @param {HTMLElement} card
 * @param {string} referralId
 */
function number(card, referralId) {
  const field = one("textarea", card);
  field.id = `message-${referralId}`;
  one("[data-write] label", card).setAttribute("for", field.id);
}

/**
 * Who says so: the organisation itself, in words that only it could seal, or the portal alone.
 * @param {string} state as the portal has it
 * @param {string} on
 * @param {string | undefined} said as the organisation last said it
 */
function sourceOf(state, on, said) {
  return text(said === state ? "said_by_organisation" : "said_by_portal", { on });
}

/**
 * @param {import("./visit.js").Link} link
 * @param {number} index
 * @param {string | undefined} said
 */
function linkRow(link, index, said) {
  const row = make("li", "thread__link");
  row.append(make("span", "thread__address", link.url ?? text("link_n", { n: index + 1 })));
  const state = link.state ? label("item_states", link.state) : text("not_opened_yet");
  row.append(make("strong", "govuk-tag", state));
  if (link.state) row.append(make("span", "govuk-hint thread__source", sourceOf(link.state, link.stateOn, said)));
  if (said && said !== link.state) {
    row.append(make("span", "thread__differs", text("organisation_says", { words: label("item_states", said) })));
  }
  return row;
}

/**
 * @param {Message} message
 * @param {string} name
 * @param {Thread} thread
 */
export function messageEntry(message, name, thread) {
  const mine = message.direction === "to_organisation";
  const entry = make("li", mine ? "message message--mine" : "message");
  const from = mine ? text("from_me") : name;
  entry.append(make("p", "message__from", `${from} · ${message.content?.sent_on ?? message.receivedOn}`));
  for (const line of messageLines(message, thread)) entry.append(make("p", "message__text", line));
  if (!mine && message.content) entry.append(make("p", "message__seal", text("sealed_by_organisation")));
  if (!message.content) entry.classList.add("message--unopened");
  return entry;
}

/**
 * @param {Message} message
 * @param {Thread} thread
 * @returns {string[]}
 */
function messageLines({ content }, thread) {
  if (!content) return [text("message_unopened")];
  const places = new Map(thread.links.map((link, index) => [link.id, link.url ?? text("link_n", { n: index + 1 })]));
  const states = content.states.map(({ item, state }) =>
    item === null
      ? label("referral_states", state)
      : `${places.get(item) ?? text("a_link")}: ${label("item_states", state)}`,
  );
  const special = {
    withdrawal: text(content.when === "now" ? "withdrew_now" : "withdrew_72h"),
    items: text("sent_items", { n: content.items.length }),
    consent: text("changed_consent"),
  };
  const kind = special[/** @type {keyof typeof special} */ (content.kind)] ?? "";
  return [kind, ...states, content.text].filter((line) => line !== "");
}
