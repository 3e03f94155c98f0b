// The living session, whether its keys are open or not: whom it serves, and requests that survive its end.

import { OtherCaseworker } from "./refusals.js";
import { ask, isEnded, Problem } from "./request.js";
import { portalIdOf } from "./steps.js";

/**
 * @typedef {{login: string, slug: string, kid: string, role: string}} Caseworker
 * @typedef {{caseworker: Caseworker, portal_id: string, wrapped_seed: string, keyring: {seq: number, sealed: string}|null,
 *   session_half: string, csrf: string, parameter_set: number, unlocks_here: boolean}} SessionAnswer
 * @typedef {'ended'|'locked'|'confirm'|'idle'} Reason why somebody is asked in place
 */

export class LivingSession {
  /**
   * @param {string} root the portal's root in this language: `` or `/en`
   */
  constructor(root) {
    this.root = root;
    /** @type {SessionAnswer|null} */
    this.answer = null;
    /** Asks for the passphrase in place; true when the session lives again. Set by the page that has a dialog.
     * @type {(reason: Reason) => Promise<boolean>} */
    this.revive = async () => false;
  }

  /** Whether this person has no copy of the organisation's ring yet: nothing can be opened. */
  get waiting() {
    return this.answer !== null && this.answer.keyring === null;
  }

  /** @returns {Caseworker} */
  get caseworker() {
    if (!this.answer) throw new Problem(401, { code: "session_ended" });
    return this.answer.caseworker;
  }

  /** @returns {Uint8Array} */
  get portalId() {
    return portalIdOf(this.answer?.portal_id ?? "");
  }

  /**
   * Send JSON to a staff address; when the session ended meanwhile, or the portal wants a fresh proof of who is sitting
   * there, ask in place and send the same again.
   * @param {string} path such as `/referral/<id>/claim`
   * @param {object} content
   * @returns {Promise<any>}
   */
  async post(path, content) {
    const body = JSON.stringify(content);
    return this.#persist(() => ask(this.root + path, { method: "POST", body, csrf: this.answer?.csrf ?? "" }));
  }

  /**
   * Ask a staff address for JSON; when the session ended meanwhile, ask for the passphrase in place, and then again.
   * @param {string} path such as `/record?type=request`
   * @returns {Promise<any>}
   */
  async get(path) {
    return this.#persist(() => ask(this.root + path));
  }

  /**
   * @param {() => Promise<any>} attempt
   * @returns {Promise<any>}
   */
  async #persist(attempt) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem) || !(await this.#revived(error))) throw error;
      return attempt();
    }
  }

  /**
   * @param {Problem} problem
   * @returns {Promise<boolean>} whether sending again makes sense
   */
  async #revived(problem) {
    if (isEnded(problem)) return false;
    if (problem.status === 401) return this.revive("ended");
    if (problem.code === "confirm_first") return this.revive("confirm");
    if (problem.status !== 403) return false;
    const before = this.answer?.csrf;
    await this.refresh();
    return this.answer?.csrf !== before;
  }

  /** @returns {Promise<void>} */
  async refresh() {
    this.take(await ask(`${this.root}/session`));
  }

  /**
   * @param {SessionAnswer} answer
   * @returns {void}
   */
  take(answer) {
    if (this.answer && this.answer.caseworker.login !== answer.caseworker.login) throw new OtherCaseworker();
    this.answer = answer;
  }
}
