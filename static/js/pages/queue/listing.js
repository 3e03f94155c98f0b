// All that is open, beyond the page that the portal drew: rows, and their summaries, opened in a worker. What this tab
// kept sealed is not fetched again.

import { epochFor } from "../referral/open_case.js";
import { ask } from "../session/request.js";
import { keep, kept } from "./kept_summaries.js";
import { queueWorker } from "./queue_worker.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("./rows.js").Row} Row
 * @typedef {{rows: number, opened: number, broken: number, whole: boolean}} Progress
 */

const TOGETHER = 500;

export class Listing {
  /**
   * @param {Session} session with its ring open
   * @param {Record<string, Record<string, string>>} words labels of enums
   */
  constructor(session, words) {
    this.session = session;
    this.words = words;
    /** @type {Map<string, Row>} in the queue's order */
    this.rows = new Map();
    /** @type {Progress} */
    this.progress = { rows: 0, opened: 0, broken: 0, whole: false };
    /** @type {Promise<import("./queue_worker.js").Caller>|null} */
    this.worker = null;
    session.whenWiped.push(() => this.end());
  }

  /** Nothing that was opened stays: the next search opens it anew, once the keys are there again. */
  end() {
    this.worker?.then((worker) => worker.end());
    this.worker = null;
    this.progress.whole = false;
  }

  /** @returns {Promise<import("./queue_worker.js").Caller>} */
  caller() {
    const { session, words } = this;
    /** @type {Record<string, Uint8Array>} */
    const keys = {};
    for (const { kid } of session.ring.epochs) keys[kid] = epochFor(session, kid).summaryKey;
    this.worker ??= queueWorker({ keys, portalId: session.portalId, slug: session.caseworker.slug, words });
    return this.worker;
  }

  /** Open what this tab kept, and ask the portal for nothing. @returns {Promise<void>} */
  async kept() {
    if (this.worker) return;
    const worker = await this.caller();
    await worker.call("takeKept", kept());
    await worker.call("openKept");
  }

  /**
   * Load all rows, and open their summaries. May be called again: then what changed is taken up.
   * @param {(progress: Progress) => void} show
   * @returns {Promise<void>}
   */
  async load(show) {
    const anew = this.worker === null;
    const worker = await this.caller();
    if (anew) await worker.call("takeKept", kept());
    /** @type {Map<string, Row>} */
    const rows = new Map();
    this.progress = { rows: 0, opened: 0, broken: 0, whole: false };
    let after = "";
    do {
      const page = await ask(`${this.session.root}/queue/rows${after && `?after=${after}`}`);
      for (const row of page.rows) rows.set(row.referral_id, row);
      this.rows = new Map([...this.rows, ...rows]);
      this.progress.rows = rows.size;
      show(this.progress);
      await this.#summaries(worker, page.rows);
      show(this.progress);
      after = page.next;
    } while (after);
    this.rows = rows;
    await worker.call("only", [...rows.keys()]);
    this.progress.whole = true;
    show(this.progress);
    keep(await worker.call("toKeep"));
  }

  /**
   * @param {import("./queue_worker.js").Caller} worker
   * @param {Row[]} rows
   */
  async #summaries(worker, rows) {
    const listed = rows
      .filter((row) => !row.lost)
      .map(({ referral_id, summary_version }) => ({ referral_id, summary_version }));
    const { wanted, opened } = await worker.call("know", listed);
    this.progress.opened += opened;
    for (let at = 0; at < wanted.length; at += TOGETHER) {
      const referrals = wanted.slice(at, at + TOGETHER);
      const { summaries } = await this.session.post("/queue/summaries", { referrals });
      const fresh = await worker.call("take", summaries);
      this.progress.opened += fresh;
      this.progress.broken += summaries.length - fresh;
    }
  }

  /**
   * @param {import("./summary_index.js").Asked} asked
   * @returns {Promise<Set<string>>}
   */
  async find(asked) {
    if (!this.worker) await this.load(() => undefined);
    const worker = await this.caller();
    return new Set(await worker.call("find", asked));
  }

  /** @param {string[]} ids @returns {Promise<Record<string, import("./summary_content.js").SummaryContent>>} */
  async contents(ids) {
    const worker = await this.caller();
    return worker.call("contents", ids);
  }

  /** @param {string[]} ids @returns {Promise<Record<string, number>>} how much each presses */
  async weights(ids) {
    const worker = await this.caller();
    return worker.call("weights", ids);
  }

  /** @returns {Promise<Record<string, number>>} */
  async flagCounts() {
    const worker = await this.caller();
    return worker.call("flagCounts");
  }
}
