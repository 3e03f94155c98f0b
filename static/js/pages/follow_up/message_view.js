/** One message of a thread, in either direction. */

import { dayWords } from "../day_words.js";
import { make } from "../element.js";
import { label, text } from "../texts.js";
import { maskedAddress } from "./masked.js";

/**
 * @typedef {import("./visit.js").Thread} Thread
 * @typedef {import("./visit.js").Message} Message
 */

/**
 * @param {Message} message
 * @param {string} name of the organisation
 * @param {Thread} thread
 * @returns {HTMLElement}
 */
export function messageEntry(message, name, thread) {
  const mine = message.direction === "to_organisation";
  const entry = make("li", mine ? "message message--mine" : "message");
  const from = mine ? text("from_me") : name;
  entry.append(make("p", "message__from", `${from} · ${dayWords(message.content?.sent_on ?? message.receivedOn)}`));
  for (const line of messageLines(message, thread)) entry.append(make("p", "message__text", line));
  entry.append(...addresses(message, thread));
  if (!mine && message.content) entry.append(make("p", "message__seal", text("sealed_by_organisation")));
  if (!message.content) entry.classList.add("message--unopened");
  return entry;
}

/**
 * @param {Message} message
 * @param {Thread} thread
 */
function addresses({ content }, thread) {
  const numbers = new Map(thread.links.map(({ id, n }) => [id, n]));
  return (content?.items ?? []).map(({ id, url }, index) => maskedAddress({ url, n: numbers.get(id) ?? index + 1 }));
}

/**
 * @param {Message} message
 * @param {Thread} thread
 * @returns {string[]}
 */
function messageLines({ content }, thread) {
  if (!content) return [text("message_unopened")];
  const numbers = new Map(thread.links.map(({ id, n }) => [id, n]));
  const special = {
    withdrawal: text(content.when === "now" ? "withdrew_now" : "withdrew_72h"),
    items: text("sent_items", { n: content.items.length }),
    consent: text("changed_consent"),
  };
  const kind = special[/** @type {keyof typeof special} */ (content.kind)] ?? "";
  const consent = content.consent ? consentLines(content.consent) : [];
  const states = content.states.map(({ item, state }) => {
    if (item === null) return label("referral_states", state);
    const n = numbers.get(item);
    return `${n === undefined ? text("a_link") : text("link_n", { n })}: ${text(`item_news.${state}`)}`;
  });
  return [kind, ...consent, ...states, content.text].filter((line) => line !== "");
}

/**
 * What an organisation may do, in words.
 * @param {import("../../domain/letter.js").Consent} consent
 * @returns {string[]}
 */
export function consentLines({ purposes, pass_on: passOn }) {
  const words = (/** @type {string} */ name, /** @type {string[]} */ values) =>
    values.map((value) => label(name, value)).join(", ");
  return [
    purposes.length > 0 ? text("may_do", { words: words("purposes", purposes) }) : text("may_do_nothing"),
    passOn.length > 0 ? text("may_pass_on", { words: words("organisation_kinds", passOn) }) : "",
  ];
}
