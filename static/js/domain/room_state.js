/**
 * How the record of a chat room moves. Twin of `app/domain/room_state.py`; both replay `tests/vectors/room_state.json`.
 * The portal recommends and records; it writes to no room.
 */

import { leadStep, Steps, step } from "./steps.js";

const WARNING = step("reason");
const EVIDENCE = step("seen_at", "evidence");
const CLOSURE = step("sent_on", "channel", "reason");
const LEGAL = leadStep("sent_on", "channel", "reason");
const CLOSED = step("outcome", "reason");
export const STEPS = new Steps("observed", {
  observed: { warning_recommended: WARNING, evidence_noted: EVIDENCE, closed: CLOSED },
  warning_recommended: { evidence_noted: EVIDENCE, closure_requested: CLOSURE, closed: CLOSED },
  evidence_noted: { warning_recommended: WARNING, closure_requested: CLOSURE, legal_action: LEGAL, closed: CLOSED },
  closure_requested: { evidence_noted: EVIDENCE, legal_action: LEGAL, closed: CLOSED },
  legal_action: { closure_requested: CLOSURE, closed: leadStep("outcome", "reason") },
  closed: {},
});

/** @param {string} state */
export const transitions = (state) => STEPS.transitions(state);
/** @param {string} old @param {string} next */
export const needs = (old, next) => STEPS.needs(old, next);
/** @param {string} old @param {string} next @param {string} role */
export const checkTransition = (old, next, role) => STEPS.checkTransition(old, next, role);
