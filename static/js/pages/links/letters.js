// The letters whose links are worked on, opened here: which there are, a few at a time, and one anew when it changed.

import { openCase } from "../referral/open_case.js";
import { OpenReferral } from "../referral/open_referral.js";
import { Problem } from "../session/request.js";
import { linksOf } from "./link_rows.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('./link_rows.js').Link} Link
 */

const TOGETHER = 8;
const AT_ONCE = 2;

export class Letters {
  /** @param {Session} session */
  constructor(session) {
    this.session = session;
    /** Not asked for yet, the most urgent first. @type {string[]} */
    this.left = [];
    /** @type {Map<string, OpenReferral>} */
    this.open = new Map();
    /** Referrals whose letters did not open. @type {string[]} */
    this.closed = [];
    /** How many links were found. */
    this.count = 0;
  }

  /** Ask which letters were opened before, by somebody or for a summary. @returns {Promise<void>} */
  async find() {
    const found = [];
    let after = "";
    do {
      const page = await this.session.get(`/queue/rows${after && `?after=${encodeURIComponent(after)}`}`);
      found.push(...page.rows);
      after = page.next;
    } while (after);
    this.left = found.filter((row) => row.opened || row.summary_version > 0).map((row) => row.referral_id);
  }

  /**
   * Open the next ones, in the order of the queue.
   * @param {number} count
   * @param {(done: number) => void} show
   * @returns {Promise<{links: Link[], broken: boolean}>} their links; where the line broke, the others are still left
   * @throws {unknown} where it broke before anything was there
   */
  async more(count, show) {
    const wanted = this.left.slice(0, count);
    /** @type {Map<string, Link[]>} */
    const links = new Map();
    /** @type {string[][]} */
    const groups = [];
    for (let at = 0; at < wanted.length; at += TOGETHER) groups.push(wanted.slice(at, at + TOGETHER));
    let done = 0;
    const work = async () => {
      for (let group = groups.shift(); group; group = groups.shift()) {
        for (const [id, found] of await this.#opened(group)) links.set(id, found);
        const asked = new Set(group);
        this.left = this.left.filter((id) => !asked.has(id));
        done += group.length;
        show(done);
      }
    };
    const turns = await Promise.allSettled(Array.from({ length: AT_ONCE }, work));
    const broken = turns.find((turn) => turn.status === "rejected");
    if (broken && links.size === 0) throw broken.reason;
    const found = wanted.flatMap((id) => links.get(id) ?? []);
    this.count += found.length;
    return { links: found, broken: broken !== undefined };
  }

  /**
   * Take in a letter as the portal has it now.
   * @param {string} referralId
   * @returns {Promise<OpenReferral>}
   * @throws {Problem} 404 where it is withdrawn, destroyed or no longer here
   */
  async reopen(referralId) {
    const opened = await this.#opened([referralId]);
    if (!opened.has(referralId)) throw new Problem(404, { code: "not_found" });
    return /** @type {OpenReferral} */ (this.open.get(referralId));
  }

  /** @param {string[]} ids @returns {Promise<Map<string, Link[]>>} links by referral, of those that opened */
  async #opened(ids) {
    const { letters } = await this.session.post("/links/openings", { referrals: ids });
    /** @type {Map<string, Link[]>} */
    const found = new Map();
    for (const handed of letters) {
      try {
        const referral = this.open.get(handed.referral_id) ?? this.#held(handed.referral_id);
        const held = await openCase(this.session, { ...handed, destroy_on: null, records: [], history: [] });
        if (!held.letter) throw new TypeError("no letter");
        referral.held = held;
        this.open.set(handed.referral_id, referral);
        found.set(handed.referral_id, linksOf(held));
      } catch {
        this.closed.push(handed.referral_id);
      }
    }
    return found;
  }

  /** @param {string} referralId */
  #held(referralId) {
    return new OpenReferral(this.session, referralId, () => undefined);
  }
}
