/**
 * What can go wrong, by name: the twins of `app/errors.py` that the browser raises itself. They know no wording.
 */

/** Bytes or values that are not exactly what the format says. `field` names where, never a value that was read. */
export class FormatError extends Error {
  /** @param {string} [field] dotted path of our own field names */
  constructor(field = "") {
    super(field);
    this.name = "FormatError";
    this.code = "format_error";
    this.field = field;
  }
}

/** The state cannot change this way (see `domain/referral_state.js`, `domain/item_state.js`). */
export class TransitionRefused extends Error {
  /** @param {string} [field] which state */
  constructor(field = "") {
    super(field);
    this.name = "TransitionRefused";
    this.code = "transition_refused";
    this.field = field;
  }
}
