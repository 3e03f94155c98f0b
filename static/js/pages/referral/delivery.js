// One thing on its way to the portal. It is made once and sent unchanged until an answer comes, so that a bad line
// can neither lose it nor double it.

import { isPassing } from "../session/request.js";

/**
 * @template Body, Answer
 */
export class Delivery {
  /**
   * @param {(body: Body) => Promise<Answer>} send
   */
  constructor(send) {
    this.send = send;
    /** @type {Body|null} */
    this.body = null;
  }

  /** Whether something was sent and was neither taken nor refused: what was typed must not change now. */
  get waiting() {
    return this.body !== null;
  }

  /**
   * Send what waits, else what `make` gives. An answer, good or bad, ends the waiting, except «one moment».
   * @param {() => Promise<Body>} make
   * @returns {Promise<Answer>}
   * @throws {unknown} what `isPassing` when no answer came, or one that asks for a moment; the next attempt sends the same
   */
  async attempt(make) {
    const body = this.body ?? (await make());
    try {
      const answer = await this.send(body);
      this.body = null;
      return answer;
    } catch (error) {
      this.body = isPassing(error) ? body : null;
      throw error;
    }
  }
}
