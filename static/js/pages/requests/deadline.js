// By when to look again: rules with a source, as data. What has no rule has no day, and whoever writes may set another.

import { DEADLINES } from "../../data/deadlines.js";

/** @typedef {{name: string, days: number, label: Record<string, string>, source: string, verified_on: string}} Rule */

/** @type {ReadonlyMap<string, Rule>} */
const RULES = new Map(
  [...DEADLINES.statutory, ...DEADLINES.own_waits].map((/** @type {Rule} */ rule) => [rule.name, rule]),
);
/** What a room waits for in each state. */
const ROOM_RULES = new Map([
  ["warning_recommended", "room_warning"],
  ["closure_requested", "room_closure"],
  ["legal_action", "room_legal"],
]);

/** @param {string} name empty for none @returns {Rule|null} */
export function ruleOf(name) {
  return RULES.get(name) ?? null;
}

/** @param {string} state of a room @returns {Rule|null} */
export function roomRule(state) {
  return ruleOf(ROOM_RULES.get(state) ?? "");
}

/**
 * What a rule says, for whoever sets a day by it.
 * @param {Rule|null} rule
 * @param {(key: string, places?: Record<string, string|number>) => string} text
 * @param {string} language
 * @returns {string}
 */
export function ruleWords(rule, text, language) {
  if (!rule) return text("no_rule");
  return text("due_rule", { label: rule.label[language] ?? "", days: rule.days, day: rule.verified_on });
}

/**
 * @param {string} day YYYY-MM-DD
 * @param {number} days
 * @returns {string} the day so many days later
 */
export function daysAfter(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/**
 * The day by which to look again after a step of a request: while an answer is open, by its rule; afterwards none.
 * @param {string} state
 * @param {string} from the day that the rule counts from
 * @param {Rule|null} rule
 * @returns {string|null}
 */
export function requestDue(state, from, rule) {
  return rule && ["sent", "acknowledged"].includes(state) ? daysAfter(from, rule.days) : null;
}
