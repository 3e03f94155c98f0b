/**
 * Which states a work record of each type has. Twin of `app/domain/record_state.py`. Types without a table of steps have
 * no state: the empty text.
 */

import { FormatError, TransitionRefused } from "../errors.js";
import { STEPS as CAMPAIGN } from "./campaign_state.js";
import { STEPS as DIRECTORY } from "./directory_state.js";
import { STEPS as REQUEST } from "./request_state.js";
import { STEPS as ROOM } from "./room_state.js";

/** @type {ReadonlyMap<string, import("./steps.js").Steps>} */
const STEPS = new Map([
  ["request", REQUEST],
  ["room", ROOM],
  ["directory", DIRECTORY],
  ["campaign", CAMPAIGN],
]);

/** The states of a type in their order. @param {string} type @returns {string[]} */
export function states(type) {
  return STEPS.get(type)?.states ?? [""];
}

/** Passes for a state that a record of this type can be in. @param {string} type @param {string} state */
export function checkState(type, state) {
  if (!states(type).includes(state)) throw new FormatError("state");
}

/**
 * Passes when somebody of that role may bring a record from old (null: a new one) to next; staying is no step.
 * @param {string} type @param {string|null} old @param {string} next @param {string} role
 */
export function checkChange(type, old, next, role) {
  const steps = STEPS.get(type);
  if (!steps || old === next) return;
  if (old !== null) steps.checkTransition(old, next, role);
  else if (next !== steps.first) throw new TransitionRefused("state");
}
