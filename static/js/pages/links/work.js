// Which link is looked at and what was decided, in the memory of this page. Knows no page and no line: what is to be
// saved is handed on, and whoever shows it is told when something changed.

import { codeOf, codesFrom, needsReason } from "./codes.js";

/**
 * @typedef {import('./link_rows.js').Link} Link
 * @typedef {'kept'|'sending'|'saved'|'undoing'|'conflict'|'by_hand'|'gone'|'failed'} Status
 * @typedef {object} Decision
 * @property {Link} link
 * @property {string} code
 * @property {string} state that the link comes to
 * @property {string} from the state that it was decided at
 * @property {string} reason for colleagues, empty where none is needed
 * @property {Status} status
 * @property {boolean} sent whether the portal has it
 * @property {Record<string, string>} said what is to be said of it, by what went wrong
 */
/**
 * @typedef {object} Post
 * @property {(decision: Decision) => void} add
 * @property {(decision: Decision) => boolean} takeBack whether it had not left yet
 * @property {(decision: Decision) => void} undo
 * @property {(referral: string) => void} closeOthers what belongs to other letters may leave
 */

/** Statuses of decisions that stand, or are about to. */
const STANDING = new Set(["kept", "sending", "saved"]);
const NEEDS = new Set(["conflict", "by_hand", "gone", "failed"]);

/** Why something could not be decided: a key of the page's words. */
export class NotDecided extends Error {
  /** @param {'not_from_here'|'reason_missing'} why */
  constructor(why) {
    super(why);
    this.name = "NotDecided";
    this.why = why;
  }
}

export class LinkWork {
  /** @param {Post} post @param {() => void} [changed] */
  constructor(post, changed = () => undefined) {
    this.post = post;
    this.changed = changed;
    /** @type {Map<string, Link>} */
    this.links = new Map();
    /** @type {Link[]} */
    this.shown = [];
    this.at = 0;
    /** The last decision about each link. @type {Map<string, Decision>} */
    this.decisions = new Map();
    /** All that were taken here and not taken back, in their order. @type {Decision[]} */
    this.past = [];
  }

  /** @param {Link[]} links more of them; a link that is known stays as it is */
  add(links) {
    for (const link of links) if (!this.links.has(link.key)) this.links.set(link.key, link);
  }

  /** @param {(link: Link) => boolean} wanted */
  show(wanted) {
    const here = this.current?.key;
    this.shown = [...this.links.values()].filter(wanted);
    const same = this.shown.findIndex((link) => link.key === here);
    this.at = same === -1 ? 0 : same;
    if (same === -1 && this.current && this.#isDecided(this.current)) this.next();
  }

  /** @returns {Link|null} */
  get current() {
    return this.shown[this.at] ?? null;
  }

  /** @param {number} at */
  look(at) {
    if (this.shown[at]) this.at = at;
    if (this.current) this.post.closeOthers(this.current.referral);
  }

  /** To the next one without a decision, from the start again after the end. @returns {boolean} whether there is one */
  next() {
    const { length } = this.shown;
    for (let step = 1; step <= length; step += 1) {
      const at = (this.at + step) % length;
      const link = this.shown[at];
      if (!link || this.#isDecided(link)) continue;
      this.look(at);
      return step < length;
    }
    return false;
  }

  /** @returns {void} */
  before() {
    this.look(Math.max(0, this.at - 1));
  }

  /** @param {Link} link @returns {string} the state that a decision starts from */
  standOf(link) {
    const last = this.decisions.get(link.key);
    if (last?.status === "kept") return last.from;
    return last?.status === "sending" ? last.state : link.state;
  }

  /** @param {Link} link */
  codes(link) {
    return this.decisions.get(link.key)?.status === "undoing" ? [] : codesFrom(this.standOf(link));
  }

  /**
   * @param {Link} link
   * @param {string} codeId
   * @param {string} [reason]
   * @returns {Decision}
   * @throws {NotDecided}
   */
  decide(link, codeId, reason = "") {
    const code = codeOf(codeId);
    if (!this.codes(link).includes(code)) throw new NotDecided("not_from_here");
    const from = this.standOf(link);
    const needed = needsReason(code, from);
    if (needed && !reason.trim()) throw new NotDecided("reason_missing");
    const before = this.decisions.get(link.key);
    if (before && !["sending", "saved"].includes(before.status)) this.drop(before);
    /** @type {Decision} */
    const decision = {
      link,
      code: code.id,
      state: code.state,
      from,
      reason: needed ? reason.trim() : "",
      status: "kept",
      sent: false,
      said: {},
    };
    this.decisions.set(link.key, decision);
    this.past.push(decision);
    this.post.add(decision);
    this.changed();
    return decision;
  }

  /**
   * Take the last decision back that can be: at once where it has not left, else by telling the portal.
   * @returns {Decision|null}
   */
  takeBack() {
    const last = this.past.findLast(({ status, said }) => status !== "undoing" && said.need_undo_over === undefined);
    if (last) this.undo(last);
    return last ?? null;
  }

  /** @param {Decision} decision */
  undo(decision) {
    if (["sending", "saved"].includes(decision.status)) {
      decision.status = "undoing";
      this.post.undo(decision);
    } else {
      this.drop(decision);
    }
    this.changed();
  }

  /** A decision is as if it had never been. @param {Decision} decision */
  drop(decision) {
    if (decision.status === "kept") this.post.takeBack(decision);
    this.past = this.past.filter((one) => one !== decision);
    if (this.decisions.get(decision.link.key) !== decision) return;
    const earlier = this.past.findLast((one) => one.link === decision.link);
    if (earlier) this.decisions.set(decision.link.key, earlier);
    else this.decisions.delete(decision.link.key);
  }

  /** @returns {{decided: number, saved: number, waiting: number, needs: number}} */
  counts() {
    const found = { decided: 0, saved: 0, waiting: 0, needs: 0 };
    for (const { status } of this.past) {
      if (STANDING.has(status)) found.decided += 1;
      if (status === "saved") found.saved += 1;
      else if (NEEDS.has(status)) found.needs += 1;
      else found.waiting += 1;
    }
    return found;
  }

  /** Those that somebody has to look at. @returns {Decision[]} */
  get needing() {
    return this.past.filter(({ status, said }) => NEEDS.has(status) || said.need_undo_over !== undefined);
  }

  /** @param {Link} link */
  #isDecided(link) {
    return this.decisions.has(link.key);
  }
}
