/**
 * From answers to the whole letter, before each organisation's own is cut from it. Touches no page.
 *
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./answers.js").Fields} Fields
 * @typedef {import("../../domain/letter.js").Letter} Letter
 * @typedef {{seen: string, events: string, worry: string, note: string}} Headings
 */

import { proposedKind } from "../../domain/address_reading.js";
import { emptyItem, emptyLetter } from "../../domain/letter.js";
import { UNDISCLOSED } from "../../domain/vocabulary.js";
import { b64uDecode } from "../../domain/wire.js";
import { mended } from "./mended.js";
import { roughDate } from "./rough_date.js";

/** Two ways to leave a question open; a letter has one word for both, unless the question itself has «unknown». */
const LEFT_OPEN = ["", "not_known", "not_said"];

/**
 * A text answer without the blanks around it; empty when it was not given.
 * @param {Fields} fields
 * @param {string} name
 * @returns {string}
 */
export function words(fields, name) {
  const found = fields[name];
  return typeof found === "string" ? mended(found.trim()) : "";
}

/**
 * @param {Fields} fields
 * @param {string} name
 * @returns {string[]}
 */
export function several(fields, name) {
  const found = fields[name];
  return Array.isArray(found) ? found : [];
}

/**
 * One answer out of a few; not given is `undisclosed`.
 * @param {Fields} fields
 * @param {string} name
 */
export function choice(fields, name) {
  const answer = words(fields, name);
  return LEFT_OPEN.includes(answer) ? UNDISCLOSED : answer;
}

const LOCATORS = ["address", "place", "poster", "title_keywords"];

/**
 * Whether a link says where the material is, in an address or in words.
 * @param {Fields} fields
 */
export function locates(fields) {
  return LOCATORS.some((name) => words(fields, name) !== "");
}

/**
 * The whole letter. The account questions become one text, each under its own heading.
 * @param {{answers: Answers, reportId: Uint8Array<ArrayBuffer>, sentenceId: Uint8Array<ArrayBuffer>, lang: "ko" | "en",
 *   headings: Headings}} draft
 * @returns {Letter}
 */
export function letterDraft({ answers, reportId, sentenceId, lang, headings }) {
  const { fields } = answers;
  return {
    ...emptyLetter({ reportId, lang }),
    reporter: {
      role: choice(fields, "role"),
      age_group: choice(fields, "age_group"),
      proxy: choice(fields, "proxy"),
      relation: choice(fields, "relation"),
    },
    items: itemsOf(answers, sentenceId),
    harm: several(fields, "harm"),
    material: several(fields, "material"),
    threat: {
      kinds: several(fields, "threat_kinds"),
      ongoing: choice(fields, "threat_ongoing"),
      deadline: words(fields, "threat_deadline"),
    },
    identity_leak: several(fields, "identity_leak"),
    incident_place: words(fields, "incident_place"),
    prior: priorOf(fields),
    help: {
      language: choice(fields, "language"),
      disability: several(fields, "disability"),
      danger: choice(fields, "danger"),
      region: choice(fields, "region"),
    },
    wishes: several(fields, "wishes"),
    account: accountOf(fields, headings),
    offender: offenderOf(fields),
    contact: contactOf(fields),
  };
}

/**
 * What the portal is told as one bit: read this first.
 * @param {Letter} letter
 */
export function isUrgent(letter) {
  return letter.threat.ongoing === "yes" || letter.threat.deadline !== "" || letter.help.danger === "yes";
}

/**
 * @param {Answers} answers
 * @param {Uint8Array<ArrayBuffer>} sentenceId
 */
function itemsOf({ links, fields }, sentenceId) {
  const items = links.filter((link) => locates(link.fields)).map((link) => itemOf(link.fields, b64uDecode(link.id)));
  const sentence = words(fields, "sentence");
  if (sentence) items.push({ ...emptyItem(sentenceId), kind: "none", place: sentence });
  // What was said of all of it holds for each place of which nothing else was said.
  const spread = choice(fields, "spread_now");
  return items.map((item) => (item.spread === UNDISCLOSED ? { ...item, spread } : item));
}

/**
 * @param {Fields} fields
 * @param {Uint8Array<ArrayBuffer>} id
 */
export function itemOf(fields, id) {
  const url = words(fields, "address");
  const kind = kindOf(words(fields, "kind"), url);
  return {
    ...emptyItem(id),
    url: url || null,
    kind,
    place: words(fields, "place"),
    poster: words(fields, "poster"),
    title_keywords: words(fields, "title_keywords"),
    commercial: choice(fields, "commercial"),
    first_seen: roughDate(words(fields, "first_seen")) ?? UNDISCLOSED,
    last_seen: roughDate(words(fields, "last_seen")) ?? UNDISCLOSED,
    posted: roughDate(words(fields, "posted")) ?? UNDISCLOSED,
    spread: choice(fields, "spread"),
  };
}

/**
 * The kind that was chosen; where none was, the one that the address shows, as the page says beside it.
 * @param {string} chosen
 * @param {string} url
 */
function kindOf(chosen, url) {
  const nothing = ["", UNDISCLOSED].includes(chosen);
  if (!nothing && !LEFT_OPEN.includes(chosen)) return chosen;
  if (!url) return "none";
  return nothing ? proposedKind(url) : UNDISCLOSED;
}

/** One number was asked for: it belongs to the police report if there is one. @param {Fields} fields */
function priorOf(fields) {
  const kinds = several(fields, "prior");
  const owner = kinds.includes("police_report") ? "police_report" : kinds[0];
  const reference = words(fields, "prior_reference");
  return kinds.map((kind) => ({ kind, reference: kind === owner ? reference : "" }));
}

/**
 * @param {Fields} fields
 * @param {Headings} headings
 */
function accountOf(fields, headings) {
  const parts = /** @type {const} */ (["seen", "events", "worry", "note"])
    .map((part) => ({ heading: headings[part], said: words(fields, `account_${part}`) }))
    .filter(({ said }) => said !== "");
  if (parts.length === 0) return null;
  return { text: parts.map(({ heading, said }) => `[${heading}]\n${said}`).join("\n\n") };
}

/** @param {Fields} fields */
function offenderOf(fields) {
  const handles = words(fields, "offender_handles")
    .split(/\s*\n\s*/)
    .map((handle) => handle.trim())
    .filter((handle) => handle !== "");
  const offender = { name: words(fields, "offender_name"), handles, text: words(fields, "offender_text") };
  return offender.name || offender.text || handles.length > 0 ? offender : null;
}

/** Whether another way was chosen, and where to was not left open. @param {Fields} fields */
export function wantsContact(fields) {
  const isOpen = several(fields, "contact_address_open").length > 0;
  return !isOpen && ![UNDISCLOSED, "none"].includes(choice(fields, "channel"));
}

/** @param {Fields} fields */
function contactOf(fields) {
  if (!wantsContact(fields)) return null;
  const channel = words(fields, "channel");
  return {
    channel,
    address: words(fields, "contact_address"),
    safe_hours: words(fields, "safe_hours"),
    avoid: words(fields, "avoid"),
  };
}
