/**
 * How one link moves. Twin of `app/domain/item_state.py`; both replay `tests/vectors/item_state.json`.
 * No state is an end: material that was removed can come back, a refusal can be appealed, a dead host can wake, a site
 * that was closed can open under another name. A commission decides what others ask it for, and what reached it directly.
 */

import { TransitionRefused } from "../errors.js";

const REQUESTS = ["requested_operator", "requested_commission", "requested_police"];
const OUTCOMES = ["removed", "unreachable", "site_closed", "correction_requested", "blocked", "refused"];

/** @param {string} state */
const from = (state) => [...REQUESTS, ...OUTCOMES].filter((next) => next !== state);

/** @type {ReadonlyMap<string, readonly string[]>} */
const MOVES = new Map([
  ["reported", [...from("reported"), "checked"]],
  ["checked", [...from("checked"), "monitoring"]],
  ["requested_operator", from("requested_operator")],
  ["requested_commission", from("requested_commission")],
  ["requested_police", from("requested_police")],
  ["removed", ["monitoring", "reappeared", "site_closed"]],
  ["blocked", ["removed", "monitoring", "reappeared", "site_closed"]],
  ["refused", from("refused")],
  ["unreachable", ["checked", "removed", "site_closed", "monitoring", "reappeared"]],
  ["monitoring", ["reappeared", "site_closed"]],
  ["reappeared", [...from("reappeared"), "checked"]],
  [
    "correction_requested",
    ["removed", "blocked", "refused", "unreachable", "site_closed", "requested_operator", "requested_police"],
  ],
  ["site_closed", ["monitoring", "reappeared"]],
]);
const WITH_REASON = ["refused", "site_closed"];
export const UNDO_MINUTES = 10;

/** The states that an item can move to. @param {string} state @returns {string[]} */
export function transitions(state) {
  const found = MOVES.get(state);
  if (!found) throw new TransitionRefused("state");
  return [...found];
}

/** The names of what must be recorded with a move, sealed, for colleagues. @param {string} old @param {string} next */
export function needs(old, next) {
  checkTransition(old, next);
  return WITH_REASON.includes(next) ? ["reason"] : [];
}

/** Passes when an item may move from old to next. @param {string} old @param {string} next */
export function checkTransition(old, next) {
  if (!transitions(old).includes(next)) throw new TransitionRefused("state");
}
