/**
 * How a monitoring campaign moves. Twin of `app/domain/campaign_state.py`; both replay `tests/vectors/campaign_state.json`.
 */

import { leadStep, Steps } from "./steps.js";

const ENDED = leadStep("reason");
export const STEPS = new Steps("planned", {
  planned: { running: leadStep(), ended: ENDED },
  running: { ended: ENDED },
  ended: {},
});

/** @param {string} state */
export const transitions = (state) => STEPS.transitions(state);
/** @param {string} old @param {string} next */
export const needs = (old, next) => STEPS.needs(old, next);
/** @param {string} old @param {string} next @param {string} role */
export const checkTransition = (old, next, role) => STEPS.checkTransition(old, next, role);
