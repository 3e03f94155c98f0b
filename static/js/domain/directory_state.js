/**
 * How an entry of the site directory moves. Twin of `app/domain/directory_state.py`; both replay
 * `tests/vectors/directory_state.json`.
 */

import { leadStep, Steps, step } from "./steps.js";

const RETIRED = step("reason");
export const STEPS = new Steps("draft", {
  draft: { reviewed: step("checked_on"), retired: RETIRED },
  reviewed: { draft: step("reason"), active: leadStep(), retired: RETIRED },
  active: { reviewed: step("reason"), retired: leadStep("reason") },
  retired: {},
});

/** @param {string} state */
export const transitions = (state) => STEPS.transitions(state);
/** @param {string} old @param {string} next */
export const needs = (old, next) => STEPS.needs(old, next);
/** @param {string} old @param {string} next @param {string} role */
export const checkTransition = (old, next, role) => STEPS.checkTransition(old, next, role);
