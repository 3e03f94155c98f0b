/**
 * How a letter that was passed on is answered. Twin of `app/domain/onward_state.py`; both replay
 * `tests/vectors/onward_state.json`. offered → accepted or refused. A refusal can be taken back; what was accepted is
 * closed like any other referral.
 */

import { Steps, step } from "./steps.js";

export const STEPS = new Steps("offered", {
  offered: { accepted: step(), refused: step("reason") },
  accepted: {},
  refused: { accepted: step() },
});

/** @param {string} state */
export const transitions = (state) => STEPS.transitions(state);
/** @param {string} old @param {string} next */
export const needs = (old, next) => STEPS.needs(old, next);
/** @param {string} old @param {string} next @param {string} role */
export const checkTransition = (old, next, role) => STEPS.checkTransition(old, next, role);
