// What a lead does to the ring. Each act is asked about first, is whole or not at all, and ends on the page made anew.

import { OPENING_ROLES } from "../../domain/keyring_content.js";
import { Kit } from "../invitation/kit.js";
import { byId } from "../referral/dom.js";
import { text } from "../texts.js";
import { changeRing } from "./changing.js";
import { confirmed } from "./confirming.js";
import { doubtWords } from "./words.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('./changing.js').Person} Person
 * @typedef {import('./changing.js').Standing} Standing
 * @typedef {import('./changing.js').Change} Change
 * @typedef {import('../../crypto/recipient_key.js').KeyPair} KeyPair
 */

/** What a role opens: letters and summaries, summaries, nothing. @param {string} role */
const opens = (role) => (OPENING_ROLES.includes(role) ? 2 : role === "viewer" ? 1 : 0);

export class Acts {
  /** @param {Session} session @param {import('../invitation/steps.js').Steps} steps */
  constructor(session, steps) {
    this.session = session;
    this.steps = steps;
    /** @type {Standing|null} */
    this.standing = null;
    /** @type {import('../../crypto/epoch_chain.js').Organisation|null} */
    this.organisation = null;
  }

  /** @param {{standing: Standing, organisation: import('../../crypto/epoch_chain.js').Organisation}} known */
  take({ standing, organisation }) {
    this.standing = standing;
    this.organisation = organisation;
  }

  /** @param {Person} person whose fingerprint was just compared @param {string} role */
  async letIn(person, role) {
    const { kid, public_key, login } = person;
    await this.#change({ confirmed: { kid, public_key, login, role } }, "let_in");
  }

  /** @param {Person} person @param {string} before the role in the ring @param {string} after */
  async changeRole(person, before, after) {
    const less = opens(after) < opens(before);
    const words = { login: person.login, before: text(`labels.roles.${before}`), after: text(`labels.roles.${after}`) };
    const parts = { "less-words": less, "more-words": opens(after) > opens(before) };
    if (!(await confirmed("role-dialog", text("role_of", words), parts))) return;
    const change = { roles: new Map([[person.kid, after]]), fresh: less };
    await this.#change(change, "role", before === "lead" && after !== "lead");
  }

  /** @param {Person} person who lost every second factor */
  async clearFactors(person) {
    if (!(await confirmed("factors-dialog", text("factors_of", { login: person.login }), {}))) return;
    try {
      await this.session.post(`/people/${person.kid}/factors/removal`, {});
    } catch (error) {
      this.steps.problem("people", doubtWords(error));
      return;
    }
    this.#reload("factors");
  }

  /** @param {Person} person */
  async leave(person) {
    const waits = person.state === "waits";
    const title = text(waits ? "turn_away_of" : "end_access_of", { login: person.login });
    const parts = { "member-words": !waits, "waiting-words": waits };
    if (!(await confirmed("leaving-dialog", title, parts))) return;
    try {
      await this.session.post(`/people/${person.kid}/leaving`, {});
    } catch (error) {
      this.steps.problem("people", doubtWords(error));
      return;
    }
    this.#reload("left");
  }

  /** Make new keys for those who stay; new recovery words first, where a lead is among those who left. */
  async newKeys() {
    await this.#change({ fresh: true }, "keys");
  }

  /**
   * @param {Change} change
   * @param {string} done
   * @param {boolean} [leadLess] a lead will be one no more
   */
  async #change(change, done, leadLess = false) {
    const { standing, session } = this;
    if (!standing) return;
    try {
      if (!session.ring && !(await session.revive("locked"))) return;
      const left = new Set(standing.people.filter(({ state }) => state === "left").map(({ kid }) => kid));
      const without = session.ring.members
        .map((/** @type {any} */ one) => one.kid)
        .filter((/** @type {any} */ kid) => left.has(kid));
      const recovery = standing.kit_needed || leadLess ? await this.#newKit() : null;
      this.#busy(true);
      const fresh = change.fresh || standing.gone.length > 0;
      await changeRing(session, { ...change, without, fresh, recovery });
      this.#reload(done);
    } catch (error) {
      this.#busy(false);
      this.steps.problem("people", doubtWords(error));
    }
  }

  /** @returns {Promise<KeyPair>} words that are on paper, two of which were asked back */
  #newKit() {
    const organisation = this.organisation;
    if (!organisation) throw new Error("no organisation");
    this.steps.warn = true;
    return new Promise((resolve) => {
      new Kit(this.steps, organisation, resolve).begin();
    });
  }

  /** @param {boolean} busy */
  #busy(busy) {
    this.steps.warn = busy;
    this.steps.show("people");
    this.steps.problem("people", null);
    byId("people-status", HTMLElement).textContent = busy ? text("working") : "";
    for (const button of this.steps.page.querySelectorAll("button")) button.disabled = busy;
  }

  /** @param {string} done */
  #reload(done) {
    this.steps.warn = false;
    location.assign(`${this.session.root}/people?done=${done}`);
  }
}
