/**
 * How a request to an operator moves. Twin of `app/domain/request_state.py`; both replay `tests/vectors/request_state.json`.
 * drafted → sent → acknowledged → removed, refused or no_reply → closed. An objection or a reminder is sent once more.
 */

import { Steps, step } from "./steps.js";

const SENT = step("sent_on", "channel");
const CLOSED = step("reason");
const ACKNOWLEDGED = step("answered_on");
const ANSWERS = {
  removed: step("seen_on"),
  refused: step("answered_on", "reason"),
  no_reply: step("checked_on"),
};
export const STEPS = new Steps("drafted", {
  drafted: { sent: SENT, closed: CLOSED },
  sent: { acknowledged: ACKNOWLEDGED, ...ANSWERS, closed: CLOSED },
  acknowledged: { ...ANSWERS, closed: CLOSED },
  removed: { sent: SENT, closed: CLOSED },
  refused: { sent: SENT, removed: ANSWERS.removed, closed: CLOSED },
  no_reply: {
    sent: SENT,
    acknowledged: ACKNOWLEDGED,
    removed: ANSWERS.removed,
    refused: ANSWERS.refused,
    closed: CLOSED,
  },
  closed: {},
});

/** @param {string} state */
export const transitions = (state) => STEPS.transitions(state);
/** @param {string} old @param {string} next */
export const needs = (old, next) => STEPS.needs(old, next);
/** @param {string} old @param {string} next @param {string} role */
export const checkTransition = (old, next, role) => STEPS.checkTransition(old, next, role);
