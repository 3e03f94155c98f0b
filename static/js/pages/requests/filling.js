// From what a caseworker may read to a text that is ready to edit. Knows no page. Nobody is named unless the consent in
// force covers it and the caseworker asks for it; a referral whose consent does not cover the purpose gives nothing.

import { consentOf } from "../referral/thread.js";

/**
 * @typedef {import('../referral/types.js').Case} Case
 * @typedef {{referral: string, items: string[], held: Case}} Source a referral that is open here, and the links meant
 * @typedef {{id: string, kind: string, purpose: string, identity: string, item_state: string, deadline: string,
 *   name: Record<string, string>, hint: Record<string, string>, basis: Record<string, string>,
 *   texts: {lang: string, subject: string, lines: string[]}[], source: string, verified_on: string}} Template
 * @typedef {(enumName: string, value: string) => string} Label in the language of the text
 * @typedef {{today: string, organisation: string, operator: string, contact: string, policeNumber: string,
 *   hosting: string, history: string, remaining: string, identity: boolean, confirmed: boolean, label: Label,
 *   none: string}} Told `confirmed`: consent was given otherwise, and noted
 */

const BLANK = "________________";
const FILMED = ["illegally_filmed", "shared_without_consent"];

/**
 * The text of a template in a language, else in the one that it has.
 * @param {Template} template
 * @param {string} language
 * @returns {Template["texts"][number]}
 */
export function textIn({ texts }, language) {
  return texts.find(({ lang }) => lang === language) ?? texts[0] ?? { lang: language, subject: "", lines: [] };
}

/**
 * The consent that a referral has now.
 * @param {Source} source
 * @returns {{purposes: string[], pass_on: string[]}}
 */
function consent({ held }) {
  return held.letter ? consentOf(held.letter.consent, held.messages) : { purposes: [], pass_on: [] };
}

/**
 * Whether a referral may go into a text of this kind.
 * @param {Template} template
 * @param {Source} source
 * @returns {boolean}
 */
export function isCovered(template, source) {
  return template.purpose === "" || consent(source).purposes.includes(template.purpose);
}

/**
 * Whether the person may be named: agreed to this purpose, and to passing it on to this kind of organisation.
 * @param {Template} template
 * @param {Source} source
 * @returns {boolean}
 */
export function mayName(template, source) {
  const { purposes, pass_on } = consent(source);
  return template.identity !== "" && purposes.includes(template.identity) && pass_on.includes(template.identity);
}

/**
 * The links that a text is about, in order, of the referrals that may go in.
 * @param {Template} template
 * @param {Source[]} sources
 * @param {boolean} confirmed
 * @returns {{referral: string, item: any}[]}
 */
export function linksOf(template, sources, confirmed) {
  return sources
    .filter((source) => confirmed || isCovered(template, source))
    .flatMap(({ referral, items, held }) =>
      held.items.filter((item) => items.includes(item.id)).map((item) => ({ referral, item })),
    );
}

/**
 * Fill a template. What is not known is a blank line to write on.
 * @param {Template} template
 * @param {string} language of the text
 * @param {Source[]} sources
 * @param {Told} told
 * @returns {string}
 */
export function filled(template, language, sources, told) {
  const used = sources.filter((source) => told.confirmed || isCovered(template, source));
  const places = placesOf(template, used, linksOf(template, used, told.confirmed), told);
  return textIn(template, language)
    .lines.map((line) => line.replace(/\{(\w+)\}/g, (_, name) => places[name] || BLANK))
    .join("\n");
}

/**
 * @param {Template} template
 * @param {Source[]} used
 * @param {{referral: string, item: any}[]} links
 * @param {Told} told
 * @returns {Record<string, string>}
 */
function placesOf(template, used, links, told) {
  const letters = used.map(({ held }) => held.letter).filter((letter) => letter !== null);
  const materials = [...new Set(letters.flatMap((letter) => letter.material))];
  const mark = (/** @type {string[]} */ words) => (words.some((word) => materials.includes(word)) ? "[ ✓ ]" : "[   ]");
  const words = (/** @type {string} */ name, /** @type {string[]} */ values) =>
    [...new Set(values)].map((value) => told.label(name, value)).join(", ");
  const { today, organisation, operator, contact, policeNumber, hosting, history, none } = told;
  return {
    today,
    organisation,
    operator,
    requester_contact: contact,
    police_number: policeNumber,
    hosting,
    history,
    links: told.remaining || numbered(links.map(({ item }) => whereOf(item))) || `   ${none}`,
    links_full: numbered(links.map(({ item }) => fullOf(item, told.label))) || `   ${none}`,
    keywords: listed(links.map(({ item }) => item.title_keywords)),
    materials: words("materials", materials),
    mark_filmed: mark(FILMED),
    mark_deepfake: mark(["deepfake"]),
    mark_under_19: mark(["under_19_exploitation"]),
    ...aboutPeople(template, used, told, words),
    commercial: words(
      "commercial",
      links.map(({ item }) => item.commercial).filter((value) => !["undisclosed", "unknown"].includes(value)),
    ),
    custody: listed(used.map(({ held }) => `SHA-256 ${held.opening.sealed_hash}`)),
  };
}

/**
 * What is about people: only of referrals that may be passed on to whom this is for; contact only where asked for.
 * @param {Template} template
 * @param {Source[]} used
 * @param {Told} told
 * @param {(name: string, values: string[]) => string} words
 * @returns {Record<string, string>}
 */
function aboutPeople(template, used, told, words) {
  const named = used.filter((source) => mayName(template, source)).map(({ held }) => held.letter);
  const letters = named.filter((letter) => letter !== null);
  const contacts = letters.flatMap(({ contact }) => (contact?.address ? [contact] : []));
  return {
    harms: words(
      "harms",
      letters.flatMap((letter) => letter.harm),
    ),
    threats: words(
      "threat_kinds",
      letters.flatMap((letter) => letter.threat.kinds),
    ),
    incident_places: listed(letters.map((letter) => letter.incident_place)),
    offenders: listed(letters.flatMap(({ offender }) => (offender ? [offenderWords(offender)] : []))),
    identity: told.identity
      ? listed(
          contacts.map((one) => `${told.label("contact_channels", one.channel)}: ${one.address} ${one.safe_hours}`),
        )
      : told.none,
  };
}

/** @param {{name: string, handles: string[], text: string}} offender */
function offenderWords({ name, handles, text }) {
  return [name, ...handles, text].filter(Boolean).join(" / ");
}

/** @param {any} item @returns {string} its address as typed, or how it was described */
function whereOf(item) {
  return item.url ?? [item.place, item.title_keywords].filter(Boolean).join(" / ");
}

/** @param {any} item @param {Label} label @returns {string} */
function fullOf(item, label) {
  const days = [item.first_seen, item.last_seen, item.posted].filter((day) => day !== "undisclosed");
  const more = [item.poster, label("link_kinds", item.kind), ...days].filter(Boolean).join(" / ");
  return more ? `${whereOf(item)}\n      ${more}` : whereOf(item);
}

/** Each once: how many people reported the same is told to nobody. @param {string[]} lines */
function numbered(lines) {
  return [...new Set(lines)].map((line, at) => `   ${at + 1}) ${line}`).join("\n");
}

/** @param {string[]} lines */
function listed(lines) {
  return [...new Set(lines.filter((line) => line.trim()))].map((line) => `   - ${line}`).join("\n");
}
