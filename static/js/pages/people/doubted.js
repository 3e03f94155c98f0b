// What the portal says about people does not agree with the ring: nothing is sealed, and it is said what it is.

/** @typedef {"missing"|"swapped"|"recovery"|"stranger"|"gone"} Doubt a key of `text("doubted")` */

export class Doubted extends Error {
  /**
   * @param {Doubt} doubt
   * @param {{kid?: string, login?: string}} [whose]
   */
  constructor(doubt, whose = {}) {
    super(`doubted_${doubt}`);
    this.name = "Doubted";
    this.doubt = doubt;
    this.kid = whose.kid ?? "";
    this.login = whose.login ?? "";
  }
}
