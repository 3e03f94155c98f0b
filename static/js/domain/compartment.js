/**
 * What each kind of organisation has a need to read. Twin of `app/domain/compartment.py`; both replay
 * `tests/vectors/compartment.json`. Fields that a kind has no need of are empty in its letter, and `account`, `offender`
 * and `contact` are there only where the reporter allowed them.
 *
 * @typedef {import("./letter.js").Letter} Letter
 */

import { FormatError } from "../errors.js";
import { emptyLetter } from "./letter.js";
import { COMPARTMENTS, ORGANISATION_KINDS } from "./vocabulary.js";
import { b64uDecode } from "./wire.js";

const EVERYTHING = Object.freeze([
  "reporter.role",
  "reporter.age_group",
  "reporter.proxy",
  "reporter.relation",
  "items",
  "harm",
  "material",
  "threat",
  "identity_leak",
  "incident_place",
  "prior",
  "help",
  "wishes",
  "consent",
]);
const REVIEW = Object.freeze(["reporter.role", "reporter.age_group", "items", "material", "wishes", "consent"]);

/** @type {ReadonlyMap<string, {parts: readonly string[], compartments: readonly string[]}>} */
const NEEDS = new Map([
  ["support_centre", { parts: EVERYTHING, compartments: COMPARTMENTS }],
  ["police", { parts: EVERYTHING, compartments: COMPARTMENTS }],
  ["commission", { parts: REVIEW, compartments: [] }],
  ["regulator", { parts: REVIEW, compartments: [] }],
  ["monitor", { parts: ["items", "material", "consent"], compartments: [] }],
]);

/** @param {string} kind */
function needsOf(kind) {
  const needs = NEEDS.get(kind);
  if (!needs || !ORGANISATION_KINDS.includes(kind)) throw new FormatError("kind");
  return needs;
}

/** Which compartments a kind of organisation may be allowed to read at all. @param {string} kind @returns {string[]} */
export function compartmentsOf(kind) {
  return [...needsOf(kind).compartments];
}

/**
 * The parts of a letter that a kind of organisation gets, as dotted names, compartments last.
 * @param {string} kind @param {readonly string[]} [allowedCompartments] @returns {string[]}
 */
export function sees(kind, allowedCompartments = []) {
  const { parts, compartments } = needsOf(kind);
  return [...parts, ...compartments.filter((name) => allowedCompartments.includes(name))];
}

/**
 * The letter for one organisation: what its kind needs, with its own consent, and the compartments that were allowed.
 * @param {{kind: string, letter: Letter, consent: import("./letter.js").Consent, allowedCompartments: readonly string[]}} parts
 * @returns {Letter}
 */
export function letterFor({ kind, letter, consent, allowedCompartments }) {
  if (allowedCompartments.some((name) => !COMPARTMENTS.includes(name))) throw new FormatError("compartments");
  const given = new Set(sees(kind, allowedCompartments));
  const own = emptyLetter({ reportId: b64uDecode(letter.report_id, "letter.report_id", 16), lang: letter.lang });
  const reporter = { ...own.reporter };
  for (const name of /** @type {(keyof typeof reporter)[]} */ (Object.keys(reporter))) {
    if (given.has(`reporter.${name}`)) reporter[name] = letter.reporter[name];
  }
  const parts = Object.entries(letter).filter(([name]) => given.has(name));
  const { reply_key, log_key } = letter;
  return structuredClone({ ...own, ...Object.fromEntries(parts), reporter, consent, reply_key, log_key });
}
