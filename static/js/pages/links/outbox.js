// Decisions on their way to the portal: those about one letter go out together, so that its reporter is told once. One
// after the other, in their order; what does not arrive is kept and sent again, and nothing is ever thrown away.

import { isPassing, Offline, Problem } from "../session/request.js";
import { OtherCaseworker } from "../session.js";

/**
 * @typedef {import('./work.js').Decision} Decision
 * @typedef {'offline'|'busy'|'signed_out'|'other'|''} Trouble why nothing leaves just now
 * @typedef {object} Job
 * @property {'decide'|'undo'} kind
 * @property {string} referral
 * @property {Decision[]} decisions
 * @property {boolean} ready whether nothing more is to join it
 * @property {boolean} started
 * @property {any} body what was made of it, once it left; sent again as it is
 * @property {any} timer
 */
/**
 * @typedef {object} Way
 * @property {(job: Job) => Promise<void>} deliver says in each decision what became of it; throws what keeps all waiting
 * @property {(job: Job, error: unknown) => void} failed it cannot be delivered, and nothing else has to wait for it
 * @property {() => void} changed
 * @property {(act: () => void, wait: number) => any} [later] how time is waited for
 */

/** So long the last decision about a letter may be alone before it leaves, where nobody goes on to another letter. */
export const SETTLE = 20_000;
/** What one message and one note hold. */
const TOGETHER = 200;
const REASONS_MOST = 3_000;
const FIRST_WAIT = 2_000;
const LONGEST_WAIT = 60_000;

export class Outbox {
  /** @param {Way} way */
  constructor({ deliver, failed, changed, later = (act, wait) => setTimeout(act, wait) }) {
    this.deliver = deliver;
    this.failed = failed;
    this.changed = changed;
    this.later = later;
    /** @type {Job[]} */
    this.jobs = [];
    /** @type {Trouble} */
    this.trouble = "";
    this.running = false;
    this.wait = FIRST_WAIT;
    /** @type {any} */
    this.timer = undefined;
  }

  /** Decisions that the portal does not have yet, or has not taken back yet. */
  get waiting() {
    return this.jobs.reduce((sum, { decisions }) => sum + decisions.length, 0);
  }

  /** @param {Decision} decision */
  add(decision) {
    const { referral } = decision.link;
    const last = this.jobs.findLast((job) => job.referral === referral);
    const joins = last?.kind === "decide" && !last.started && hasRoom(last, decision);
    const job = joins ? last : this.#begun("decide", referral);
    job.decisions.push(decision);
    clearTimeout(job.timer);
    job.timer = this.later(() => this.#close([job]), SETTLE);
  }

  /**
   * @param {Decision} decision
   * @returns {boolean} whether it had not left yet; then it never does
   */
  takeBack(decision) {
    const job = this.jobs.find((one) => !one.started && one.kind === "decide" && one.decisions.includes(decision));
    if (!job) return false;
    job.decisions = job.decisions.filter((one) => one !== decision);
    if (job.decisions.length === 0) this.#end(job);
    return true;
  }

  /** @param {Decision} decision that left, or is on its way */
  undo(decision) {
    const { referral } = decision.link;
    const last = this.jobs.findLast((job) => job.referral === referral);
    const job = last?.kind === "undo" && !last.started ? last : this.#begun("undo", referral);
    job.decisions.push(decision);
    clearTimeout(job.timer);
    // What is taken back one by one is told to the reporter together, as far as it comes in one breath.
    job.timer = this.later(() => this.#close([job]), FIRST_WAIT);
  }

  /** @param {string} referral nothing about other letters has to wait any longer */
  closeOthers(referral) {
    this.#close(this.jobs.filter((job) => job.referral !== referral && job.kind === "decide"));
  }

  /** Everything leaves now. @returns {Promise<void>} */
  flush() {
    return this.#close(this.jobs);
  }

  /** Try again at once. @returns {Promise<void>} */
  resume() {
    clearTimeout(this.timer);
    this.trouble = "";
    this.changed();
    return this.#run();
  }

  /** @param {'decide'|'undo'} kind @param {string} referral @returns {Job} */
  #begun(kind, referral) {
    /** @type {Job} */
    const job = { kind, referral, decisions: [], ready: false, started: false, body: null, timer: undefined };
    this.jobs.push(job);
    return job;
  }

  /** @param {Job} job */
  #end(job) {
    clearTimeout(job.timer);
    this.jobs = this.jobs.filter((one) => one !== job);
  }

  /** @param {Job[]} jobs @returns {Promise<void>} */
  #close(jobs) {
    for (const job of jobs) {
      // What was decided about the same letter before has to be there first.
      const before = this.jobs.slice(0, this.jobs.indexOf(job)).filter((one) => one.referral === job.referral);
      for (const one of [...before, job]) one.ready = true;
    }
    return this.#run();
  }

  async #run() {
    if (this.running || this.trouble) return;
    this.running = true;
    try {
      for (let job = this.#next(); job && !this.trouble; job = this.#next()) await this.#send(job);
    } finally {
      this.running = false;
      this.changed();
    }
  }

  /** @returns {Job|undefined} */
  #next() {
    return this.jobs.find((job) => job.ready);
  }

  /** @param {Job} job */
  async #send(job) {
    job.started = true;
    clearTimeout(job.timer);
    for (const one of job.decisions) if (one.status === "kept") one.status = "sending";
    this.changed();
    try {
      await this.deliver(job);
      this.wait = FIRST_WAIT;
      this.#end(job);
    } catch (error) {
      this.trouble = troubleOf(error);
      if (this.trouble) {
        this.#wait(error);
      } else {
        this.failed(job, error);
        this.#end(job);
      }
    }
    this.changed();
  }

  /** @param {unknown} error */
  #wait(error) {
    if (this.trouble !== "offline" && this.trouble !== "busy") return;
    const asked = error instanceof Problem ? (error.details.retry_after ?? 0) * 1000 : 0;
    clearTimeout(this.timer);
    this.timer = this.later(() => this.resume(), Math.max(this.wait, asked));
    this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
  }
}

/**
 * @param {Job} job
 * @param {Decision} decision
 * @returns {boolean} whether what colleagues are told of all of them still fits one note
 */
function hasRoom({ decisions }, decision) {
  const length = [...decisions, decision].reduce((sum, { reason }) => sum + (reason ? reason.length + 20 : 0), 0);
  return decisions.length < TOGETHER && length <= REASONS_MOST;
}

/**
 * @param {unknown} error
 * @returns {Trouble} empty for what concerns one letter only
 */
export function troubleOf(error) {
  if (error instanceof Offline) return "offline";
  if (isPassing(error) || (error instanceof Problem && error.status === 429)) return "busy";
  if (error instanceof Problem && error.status === 401) return "signed_out";
  return error instanceof OtherCaseworker ? "other" : "";
}
