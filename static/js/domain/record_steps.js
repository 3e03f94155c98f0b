/**
 * What is recorded with each step of a request or a room: the same shape for both, held against the table of steps.
 * Only browsers read it; the portal has the newest state in the clear beside the sealed record.
 *
 * @typedef {{state: string, on: string, by: string, day: string|null, channel: string, reason: string, evidence: string,
 *   outcome: string, reference: string}} RecordStep `on`: when it was recorded; `day`: when it happened
 */

import { FormatError } from "../errors.js";
import { day } from "./letter.js";
import * as wire from "./wire.js";

export const CHANNELS = Object.freeze(["", "web_form", "email", "post", "telephone", "in_person", "other"]);
export const STEPS_MOST = 60;
export const REASON_MOST = 2000;
const DAYS = ["sent_on", "answered_on", "seen_on", "checked_on", "seen_at"];
/** @type {ReadonlyMap<string, keyof RecordStep>} */
const HELD_IN = new Map(
  /** @type {[string, keyof RecordStep][]} */ ([
    ...DAYS.map((name) => [name, "day"]),
    ["channel", "channel"],
    ["reason", "reason"],
    ["evidence", "evidence"],
    ["outcome", "outcome"],
  ]),
);

/** @type {wire.Checker<RecordStep>} */
const checkStep = wire.record({
  state: wire.text(40, 1),
  on: day,
  by: wire.login,
  day: wire.nullable(day),
  channel: wire.oneOf(CHANNELS),
  reason: wire.text(REASON_MOST),
  evidence: wire.text(REASON_MOST),
  outcome: wire.text(200),
  reference: wire.text(200),
});
const checkList = wire.listOf(checkStep, STEPS_MOST, 1);

/** Which field holds what a step needs. @param {string} need @returns {keyof RecordStep} */
export function heldIn(need) {
  const field = HELD_IN.get(need);
  if (!field) throw new FormatError(need);
  return field;
}

/** The names of what a step needs and does not have. @param {string[]} needed @param {Partial<RecordStep>} step */
export function missing(needed, step) {
  return needed.filter((need) => !String(step[heldIn(need)] ?? "").trim());
}

/**
 * A checker for the steps of one kind of record: from the first state on, each allowed by the table, with what it needs.
 * @param {import("./steps.js").Steps} table
 * @returns {wire.Checker<RecordStep[]>}
 */
export function stepsOf(table) {
  return (value, where) => {
    const steps = checkList(value, where);
    steps.forEach((step, at) => {
      const before = steps[at - 1]?.state;
      if (before === undefined ? step.state !== table.first : !follows(table, before, step)) {
        throw new FormatError(`${where}.${at}`);
      }
    });
    return steps;
  };
}

/** @param {import("./steps.js").Steps} table @param {string} before @param {RecordStep} step */
function follows(table, before, step) {
  if (!table.transitions(before).includes(step.state)) return false;
  return missing(table.needs(before, step.state), step).length === 0;
}

/** A step with nothing recorded yet. @param {string} state @param {string} on @param {string} by @returns {RecordStep} */
export function emptyStep(state, on, by) {
  return { state, on, by, day: null, channel: "", reason: "", evidence: "", outcome: "", reference: "" };
}
