/**
 * What must be looked at once more, and where. Nothing here judges what happened: only what cannot be sent as it is.
 * Touches no page.
 *
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./answers.js").Fields} Fields
 * @typedef {{step: string, id: string, key: string}} Problem `id` of the field, `key` of the text that helps
 */

import { noted } from "../../domain/asking.js";
import { LIMITS } from "../../domain/letter.js";
import { faultOf } from "./fault.js";
import { givenOf } from "./fields.js";
import { locates, several, wantsContact, words } from "./letter_draft.js";
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
const ACCOUNT = ["account_seen", "account_events", "account_worry", "account_note"];
/** @type {Record<string, string[]>} */
const LONG_TEXTS = { offender: ["offender_text"], account: ACCOUNT };
// The account's answers share one text with their headings.
const ACCOUNT_WHOLE = 49_000;
const REFERENCE = 900;
const ORGANISATIONS_MOST = 8; // as many letters as one report may have

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
      found.push(...textProblem(step, id, words(fields, id), step === "account" ? ACCOUNT_WHOLE : LIMITS.long));
  }
  found.push(
    ...accountProblems(fields),
    ...handleProblems(fields),
    ...contactProblems(fields),
    ...minimumProblems(answers),
    ...ageProblems(answers),
    ...consentProblems(answers),
  );
  const chosen = answers.organisations.length;
  if (chosen === 0) found.push({ step: "organisations", id: "organisations", key: "choose_one" });
  if (chosen > ORGANISATIONS_MOST) found.push({ step: "organisations", id: "organisations", key: "choose_fewer" });
  return found;
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
export function linkProblems(prefix, fields) {
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
 * Each answer fits, all of them together do not: said at the longest.
 * @param {Fields} fields
 * @returns {Problem[]}
 */
function accountProblems(fields) {
  const parts = ACCOUNT.map((id) => ({ id, length: [...words(fields, id)].length }));
  const whole = parts.reduce((sum, { length }) => sum + length, 0);
  const longest = parts.reduce((most, part) => (part.length > most.length ? part : most));
  if (whole <= ACCOUNT_WHOLE || longest.length > ACCOUNT_WHOLE) return [];
  return [{ step: "account", id: longest.id, key: "too_long" }];
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
  return wantsContact(fields) && words(fields, "contact_address") === ""
    ? [{ step: "contact", id: "contact_address", key: "contact_missing" }]
    : [];
}

/**
 * One link, or one sentence, wherever it was written. From a child of whom no words are taken, what was ticked is enough.
 * @param {Answers} answers
 * @returns {Problem[]}
 */
function minimumProblems({ policy, links, fields }) {
  if (["sentence", ...ACCOUNT].some((name) => words(fields, name) !== "")) return [];
  if (links.some((link) => locates(link.fields))) return [];
  const ticked = several(fields, "harm").length > 0 || several(fields, "threat_kinds").some((kind) => kind !== "none");
  if (ticked && noted(givenOf(fields), policy).includes("under_14_links_only")) return [];
  return [{ step: "links", id: `${links[0]?.prefix ?? "link-0"}-address`, key: "link_or_sentence" }];
}

/**
 * The law lets nobody under 14 consent alone (개인정보 보호법 §22의2): where the portal takes nothing, help lines instead.
 * @param {Answers} answers
 * @returns {Problem[]}
 */
function ageProblems({ policy, fields }) {
  const stops = noted(givenOf(fields), policy).includes("under_14_help_lines");
  return stops ? [{ step: "you", id: "age_group", key: "under_14" }] : [];
}

/**
 * Sensitive content takes a consent of its own (개인정보 보호법 §23), one for each organisation. A child sends none.
 * @param {Answers} answers
 * @returns {Problem[]}
 */
function consentProblems({ policy, fields, organisations }) {
  if (noted(givenOf(fields), policy).includes("under_14_links_only")) return [];
  return organisations
    .filter((choice) => several(choice.fields, "sensitive").length === 0)
    .map(({ slug }) => ({ step: "organisations", id: `organisation-${slug}-sensitive`, key: "sensitive_missing" }));
}

/**
 * Whether there is anything in each part that needs a consent of its own.
 * @param {Fields} fields
 * @returns {{account: boolean, offender: boolean, contact: boolean}}
 */
export function filledCompartments(fields) {
  const any = (/** @type {string[]} */ names) => names.some((name) => words(fields, name) !== "");
  return {
    account: any(ACCOUNT),
    offender: any(["offender_name", "offender_handles", "offender_text"]),
    contact: wantsContact(fields),
  };
}
