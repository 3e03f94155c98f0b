/**
 * Tables of steps: which states follow one another, who may take a step, and what has to be recorded with it.
 * Twin of `app/domain/steps.py`.
 *
 * @typedef {{role: "caseworker"|"lead", needs: readonly string[]}} Step
 */

import { TransitionRefused } from "../errors.js";

/** Which roles stand for which: a lead may do what a caseworker may. @type {ReadonlyMap<string, readonly string[]>} */
const MAY = new Map([
  ["lead", ["lead", "caseworker"]],
  ["caseworker", ["caseworker"]],
]);

/** A step that a caseworker may take. @param {...string} needs @returns {Step} */
export const step = (...needs) => ({ role: "caseworker", needs });

/** A step that a lead alone may take. @param {...string} needs @returns {Step} */
export const leadStep = (...needs) => ({ role: "lead", needs });

export class Steps {
  /** @type {ReadonlyMap<string, ReadonlyMap<string, Step>>} */
  #table;

  /** @param {string} first the state that everything begins in @param {Record<string, Record<string, Step>>} table */
  constructor(first, table) {
    this.first = first;
    this.#table = new Map(Object.entries(table).map(([old, next]) => [old, new Map(Object.entries(next))]));
  }

  /** Every state, in order. @returns {string[]} */
  get states() {
    return [...this.#table.keys()];
  }

  /** The states that can follow. @param {string} state @returns {string[]} */
  transitions(state) {
    const found = this.#table.get(state);
    if (!found) throw new TransitionRefused("state");
    return [...found.keys()];
  }

  /** The names of what must be recorded with a step. @param {string} old @param {string} next @returns {string[]} */
  needs(old, next) {
    return [...this.#step(old, next).needs];
  }

  /** Passes when somebody of that role may take the step. @param {string} old @param {string} next @param {string} role */
  checkTransition(old, next, role) {
    if (!MAY.get(role)?.includes(this.#step(old, next).role)) throw new TransitionRefused("state");
  }

  /** @param {string} old @param {string} next @returns {Step} */
  #step(old, next) {
    const found = this.#table.get(old)?.get(next);
    if (!found) throw new TransitionRefused("state");
    return found;
  }
}
