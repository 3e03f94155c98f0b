/**
 * Which question is asked, and which note is shown, after which answers. Twin of `app/domain/asking.py`; both replay
 * `tests/vectors/asking.json` and read the same rules. An answer that was not given counts as the empty text; what is
 * not asked any more does not count, whatever was answered before.
 *
 * @typedef {Record<string, string[]>} Given values by the name of the question
 * @typedef {{answer: string, is: string[]}} Condition
 * @typedef {{names: string[], if_any?: Condition[], unless_all?: Condition[]}} Rule
 */

import { QUESTIONS } from "../data/questions.js";

const POLICY = "under_14_policy";
const NOT_GIVEN = [""];
/** @type {Map<string, Rule[]>} */
const rules = new Map();
for (const rule of QUESTIONS.rules) {
  for (const name of rule.names) rules.set(name, [...(rules.get(name) ?? []), rule]);
}

/** Every question in the order of the page. @type {readonly {name: string, step: string}[]} */
export const LISTED = QUESTIONS.questions;

/**
 * The names of the questions that are asked after these answers; `policy` is the portal's for under 14.
 * @param {Given} answers
 * @param {string} policy
 */
export function asked(answers, policy) {
  const fits = fitting(answers, policy);
  return LISTED.map(({ name }) => name).filter(fits);
}

/**
 * The answers without those to questions that are not asked after the others.
 * @param {Given} answers
 * @param {string} policy
 * @returns {Given}
 */
export function onlyAsked(answers, policy) {
  return Object.fromEntries(asked(answers, policy).flatMap((name) => (answers[name] ? [[name, answers[name]]] : [])));
}

/**
 * The names of the notes that are shown after these answers.
 * @param {Given} answers
 * @param {string} policy
 * @returns {string[]}
 */
export function noted(answers, policy) {
  return QUESTIONS.notes.filter(fitting(answers, policy));
}

/**
 * Whether all rules for a question or a note hold. What counts of the answers: those to questions that are asked
 * themselves. No rule leads round in a circle.
 * @param {Given} answers
 * @param {string} policy
 * @returns {(name: string) => boolean}
 */
function fitting(answers, policy) {
  /** @type {Map<string, boolean>} */
  const known = new Map();
  /** @type {(condition: Condition) => boolean} */
  const is = ({ answer, is: values }) => {
    const given = answer === POLICY ? [policy] : fits(answer) && answers[answer]?.length ? answers[answer] : NOT_GIVEN;
    return (given ?? NOT_GIVEN).some((value) => values.includes(value));
  };
  /** @type {(rule: Rule) => boolean} */
  const holds = ({ if_any, unless_all }) => (if_any ? if_any.some(is) : !(unless_all ?? []).every(is));
  /** @type {(name: string) => boolean} */
  const fits = (name) => {
    const found = known.get(name) ?? (rules.get(name) ?? []).every(holds);
    known.set(name, found);
    return found;
  };
  return fits;
}
