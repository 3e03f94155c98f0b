/**
 * How a referral moves. Twin of `app/domain/referral_state.py`; both replay `tests/vectors/referral_state.json`.
 * received → assigned (a claim) → needs_info, referred, in_support → closed → in_support (reopened).
 * `withdrawn` is the reporter's alone, `destroyed` the portal's: no caseworker can choose them, and nothing leads out.
 */

import { TransitionRefused } from "../errors.js";

/** @type {ReadonlyMap<string, readonly string[]>} */
const STAFF = new Map([
  ["received", ["assigned"]],
  ["assigned", ["received", "needs_info", "referred", "in_support", "closed"]],
  ["needs_info", ["referred", "in_support", "closed"]],
  ["referred", ["needs_info", "in_support", "closed"]],
  ["in_support", ["needs_info", "referred", "closed"]],
  ["closed", ["in_support"]],
  ["withdrawn", []],
  ["destroyed", []],
]);
const BY_CLAIM = ["received", "assigned"];

/** The states that staff can bring a referral to, claim and release included. @param {string} state @returns {string[]} */
export function transitions(state) {
  const found = STAFF.get(state);
  if (!found) throw new TransitionRefused("state");
  return [...found];
}

/** The states that a caseworker can choose; claim and release are steps of their own. @param {string} state */
export function choices(state) {
  return transitions(state).filter((next) => !BY_CLAIM.includes(next));
}

/** The names of what must be recorded with a move, sealed, for colleagues. @param {string} old @param {string} next */
export function needs(old, next) {
  checkTransition(old, next);
  return next === "closed" ? ["reason"] : [];
}

/** Passes when staff may bring a referral from old to next. @param {string} old @param {string} next */
export function checkTransition(old, next) {
  if (!transitions(old).includes(next)) throw new TransitionRefused("state");
}

/** Passes when a caseworker may choose next. @param {string} old @param {string} next */
export function checkChoice(old, next) {
  if (!choices(old).includes(next)) throw new TransitionRefused("state");
}

/** Whether the reporter can still withdraw: as long as the referral lives, a closed one too. @param {string} state */
export function mayWithdraw(state) {
  return STAFF.has(state) && state !== "withdrawn" && state !== "destroyed";
}
