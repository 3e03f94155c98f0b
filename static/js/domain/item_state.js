/**
 * How one link moves. Twin of `app/domain/item_state.py`; both replay `tests/vectors/item_state.json`.
 * No state is an end: material that was removed can come back, a refusal can be appealed, a dead host can wake.
 */

import { TransitionRefused } from "../errors.js";

const REQUESTS = ["requested_operator", "requested_commission", "requested_police"];
const OUTCOMES = ["removed", "blocked", "refused", "unreachable"];

/** @param {string} asked */
const afterRequest = (asked) => [...REQUESTS.filter((request) => request !== asked), ...OUTCOMES];

/** @type {ReadonlyMap<string, readonly string[]>} */
const MOVES = new Map([
  ["reported", ["checked", ...REQUESTS, "removed", "unreachable"]],
  ["checked", [...REQUESTS, "removed", "blocked", "unreachable", "monitoring"]],
  ["requested_operator", afterRequest("requested_operator")],
  ["requested_commission", afterRequest("requested_commission")],
  ["requested_police", afterRequest("requested_police")],
  ["removed", ["monitoring", "reappeared"]],
  ["blocked", ["removed", "monitoring", "reappeared"]],
  ["refused", [...REQUESTS, "removed", "blocked", "unreachable"]],
  ["unreachable", ["checked", "removed", "monitoring", "reappeared"]],
  ["monitoring", ["reappeared"]],
  ["reappeared", ["checked", ...REQUESTS, "removed", "blocked", "unreachable"]],
]);

/** The states that an item can move to. @param {string} state @returns {string[]} */
export function transitions(state) {
  const found = MOVES.get(state);
  if (!found) throw new TransitionRefused("state");
  return [...found];
}

/** Passes when an item may move from old to next. @param {string} old @param {string} next */
export function checkTransition(old, next) {
  if (!transitions(old).includes(next)) throw new TransitionRefused("state");
}
