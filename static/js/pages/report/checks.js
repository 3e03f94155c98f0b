/**
 * What must be looked at once more, and where. Nothing here judges what happened: only what cannot be sent as it is.
 * Touches no page.
 *
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./answers.js").Fields} Fields
 * @typedef {{step: string, id: string, key: string}} Problem `id` of the field, `key` of the text that helps
 */

import { containsImage } from "../../domain/image_text.js";
import { LIMITS } from "../../domain/letter.js";
import { locates, words } from "./letter_draft.js";
import { roughDate } from "./rough_date.js";

const LINK_TEXTS = ["place", "poster", "title_keywords"];
const LINK_DATES = ["first_seen", "last_seen", "posted"];
/** Texts by the step that asks for them. @type {Record<string, string[]>} */
const SHORT_TEXTS = {
  links: ["sentence"],
  urgent: ["threat_deadline"],
  harm: ["incident_place"],
  wishes: ["prior_reference"],
  offender: ["offender_name"],
  contact: ["contact_address", "safe_hours", "avoid"],
};
/** @type {Record<string, string[]>} */
const LONG_TEXTS = { offender: ["offender_text"], account: ["account_events", "account_worry", "account_note"] };
// The three account answers share one text with their headings.
const ACCOUNT_PART = 16_000;
const REFERENCE = 900;

/**
 * @param {Answers} answers
 * @returns {Problem[]} in the order of the page
 */
export function problemsOf(answers) {
  const { fields } = answers;
  const found = answers.links.flatMap((link) => linkProblems(link.prefix, link.fields));
  for (const [step, names] of Object.entries(SHORT_TEXTS)) {
    for (const id of names)
      found.push(...textProblem(step, id, words(fields, id), id === "prior_reference" ? REFERENCE : LIMITS.short));
  }
  for (const [step, names] of Object.entries(LONG_TEXTS)) {
    for (const id of names)
      found.push(...textProblem(step, id, words(fields, id), step === "account" ? ACCOUNT_PART : LIMITS.long));
  }
  found.push(
    ...handleProblems(fields),
    ...contactProblems(fields),
    ...minimumProblems(answers),
    ...ageProblems(fields),
  );
  if (answers.organisations.length === 0) found.push({ step: "organisations", id: "organisations", key: "choose_one" });
  return found;
}

/**
 * What is wrong with one text, if anything, wherever it is typed.
 * @param {string} text
 * @param {number} most characters
 * @param {boolean} [isAddress] long numbers are common in addresses
 * @returns {string} key of the text that helps; empty when all is well
 */
export function faultOf(text, most, isAddress = false) {
  if (containsImage(text)) return "image_text";
  if (holdsResidentNumber(text, isAddress)) return "resident_number";
  return [...text].length > most ? "too_long" : "";
}

/**
 * A resident registration number: a birth date, a hyphen or not, and seven digits of which the first says the century.
 * @param {string} text
 * @param {boolean} isAddress
 */
function holdsResidentNumber(text, isAddress) {
  const plain = text.normalize("NFKC");
  const between = isAddress ? "[-–]" : "[\\s\\-–—]{0,3}";
  const pattern = `(?<!\\d)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])${between}[1-8]\\d{6}(?!\\d)`;
  return new RegExp(pattern, "u").test(plain);
}

/**
 * @param {string} step
 * @param {string} id
 * @param {string} text
 * @param {number} most
 * @param {boolean} [isAddress]
 * @returns {Problem[]}
 */
function textProblem(step, id, text, most, isAddress = false) {
  const key = faultOf(text, most, isAddress);
  return key ? [{ step, id, key }] : [];
}

/**
 * @param {string} prefix
 * @param {Fields} fields
 */
function linkProblems(prefix, fields) {
  const found = textProblem("links", `${prefix}-address`, words(fields, "address"), LIMITS.url, true);
  for (const name of LINK_TEXTS)
    found.push(...textProblem("links", `${prefix}-${name}`, words(fields, name), LIMITS.short));
  for (const name of LINK_DATES) {
    if (roughDate(words(fields, name)) === null)
      found.push({ step: "links", id: `${prefix}-${name}`, key: "rough_date" });
  }
  return found;
}

/**
 * @param {Fields} fields
 * @returns {Problem[]}
 */
function handleProblems(fields) {
  const text = words(fields, "offender_handles");
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length > LIMITS.handles) return [{ step: "offender", id: "offender_handles", key: "too_many_lines" }];
  const worst = lines.map((line) => faultOf(line.trim(), LIMITS.short)).find((key) => key !== "");
  return worst ? [{ step: "offender", id: "offender_handles", key: worst }] : [];
}

/**
 * @param {Fields} fields
 * @returns {Problem[]}
 */
function contactProblems(fields) {
  const wanted = !["", "none"].includes(words(fields, "channel"));
  return wanted && words(fields, "contact_address") === ""
    ? [{ step: "contact", id: "contact_address", key: "contact_missing" }]
    : [];
}

/**
 * One link, or one sentence, wherever it was written.
 * @param {Answers} answers
 * @returns {Problem[]}
 */
function minimumProblems({ links, fields }) {
  const told = ["sentence", "account_events", "account_worry", "account_note"].some(
    (name) => words(fields, name) !== "",
  );
  if (told || links.some((link) => locates(link.fields))) return [];
  return [{ step: "links", id: `${links[0]?.prefix ?? "link-0"}-address`, key: "link_or_sentence" }];
}

/**
 * The law lets nobody under 14 consent alone (개인정보 보호법 §22의2): help lines instead of a form.
 * @param {Fields} fields
 * @returns {Problem[]}
 */
function ageProblems(fields) {
  const speaksForSelf = ["", "victim", "undisclosed"].includes(words(fields, "role"));
  return speaksForSelf && words(fields, "age_group") === "under_14"
    ? [{ step: "you", id: "age_group", key: "under_14" }]
    : [];
}

/**
 * Whether there is anything in each part that needs a consent of its own.
 * @param {Fields} fields
 * @returns {{account: boolean, offender: boolean, contact: boolean}}
 */
export function filledCompartments(fields) {
  const any = (/** @type {string[]} */ names) => names.some((name) => words(fields, name) !== "");
  return {
    account: any(["account_events", "account_worry", "account_note"]),
    offender: any(["offender_name", "offender_handles", "offender_text"]),
    contact: !["", "none"].includes(words(fields, "channel")),
  };
}
