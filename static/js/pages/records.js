// Records of the whole organisation: listed, opened and sealed here. The portal sees a type, a state, a day, who and when.

import { randomBytes } from "../crypto/encoding.js";
import { openRecord } from "../crypto/opening.js";
import { sealRecord } from "../crypto/work_record.js";
import { b64uDecode, b64uEncode } from "../domain/wire.js";
import { epochFor, NoKey, newestKid } from "./referral/open_case.js";
import { isPassing, Problem } from "./session/request.js";

/**
 * @template [Content=any]
 * @typedef {{json: (content: Content) => Uint8Array, parse: (bytes: Uint8Array) => Content}} Form how a type's content is
 *   written and read, strictly: `FORM` of `domain/<type>_record.js`
 */
/**
 * @template [Content=any]
 * @typedef {object} Opened one record; `content` is null where it does not open or parse
 * @property {string} recordId b64u
 * @property {string} type
 * @property {string} state
 * @property {string|null} dueOn
 * @property {number} version
 * @property {string} by
 * @property {string} at
 * @property {Content|null} content
 */
/**
 * @typedef {{record_id: string, type: string, epoch_kid: string, version: number, state: string, due_on: string|null,
 *   sealed: string}} RecordBody
 * @typedef {{recordId?: string|undefined, type: string, state?: string, dueOn?: string|null, content: any,
 *   version?: number}} Draft `version`: the one that was read, 0 for a new record
 * @typedef {import('./session.js').Session} Session
 */

const WAITS = [1_000, 4_000];

/**
 * @param {() => Promise<void>} attempt
 * @returns {Promise<void>}
 */
async function again(attempt) {
  for (const wait of WAITS) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return attempt();
}

export class Records {
  /**
   * @param {Session} session with its ring open
   * @param {Record<string, Form>} forms by type
   */
  constructor(session, forms) {
    this.session = session;
    this.forms = forms;
  }

  /**
   * Every record of a type, of one state or of all: state by state, and by the day that each is due.
   * @param {string} type
   * @param {{state?: string}} [only]
   * @returns {Promise<Opened[]>}
   */
  async list(type, { state = "" } = {}) {
    const found = [];
    let after = "";
    do {
      const asked = new URLSearchParams({ type, ...(state && { state }), ...(after && { after }) });
      const page = await this.session.get(`/record?${asked}`);
      found.push(...(await Promise.all(page.records.map((/** @type {any} */ stored) => this.open(stored)))));
      after = page.next ?? "";
    } while (after);
    return found;
  }

  /**
   * @param {string} recordId b64u
   * @returns {Promise<Opened>}
   */
  async get(recordId) {
    return this.open(await this.session.get(`/record/${recordId}`));
  }

  /**
   * Open a record as the portal handed it out.
   * @param {any} stored
   * @returns {Promise<Opened>}
   */
  async open(stored) {
    const { record_id: recordId, type, state, due_on: dueOn, version, by, at } = stored;
    return { recordId, type, state, dueOn, version, by, at, content: await this.#content(stored) };
  }

  /**
   * Seal a record under the epoch in force: what is sent, made once.
   * @param {Draft} draft
   * @returns {Promise<RecordBody>}
   */
  async make({ recordId, type, state = "", dueOn = null, content, version = 0 }) {
    const epochKid = newestKid(this.session);
    const { seed } = epochFor(this.session, epochKid);
    if (!seed) throw new NoKey();
    const id = recordId ? b64uDecode(recordId, "record_id", 16) : randomBytes(16);
    const sealed = await sealRecord({
      epochSeed: seed,
      ...this.#place(type),
      epochKid: b64uDecode(epochKid, "epoch_kid", 16),
      recordId: id,
      version: version + 1,
      content: this.#form(type).json(content),
    });
    const clear = { record_id: b64uEncode(id), type, epoch_kid: epochKid, version: version + 1, state, due_on: dueOn };
    return { ...clear, sealed: b64uEncode(sealed) };
  }

  /**
   * @param {RecordBody} body the same bytes again change nothing
   * @returns {Promise<void>}
   */
  async send(body) {
    await this.session.post("/record", body);
  }

  /**
   * Seal and send; gives the record as it stands now. Where no answer comes, the same bytes go out again after a while:
   * a record that did arrive is neither doubled nor taken for somebody else's.
   * @param {Draft} draft
   * @returns {Promise<Opened>}
   */
  async save(draft) {
    const body = await this.make(draft);
    await again(() => this.send(body));
    const { login: by } = this.session.caseworker;
    const { record_id: recordId, type, state, due_on: dueOn, version } = body;
    return { recordId, type, state, dueOn, version, by, at: new Date().toISOString(), content: draft.content };
  }

  /**
   * Take away a saved view, a match group or a list; what says what was done stays.
   * @param {{recordId: string, version: number}} record
   * @returns {Promise<void>}
   */
  async remove({ recordId, version }) {
    try {
      await this.session.post("/record/removal", { record_id: recordId, version });
    } catch (error) {
      if (!(error instanceof Problem && error.code === "not_found")) throw error; // gone is gone
    }
  }

  /** @param {any} stored @returns {Promise<any|null>} */
  async #content(stored) {
    try {
      const { seed } = epochFor(this.session, stored.epoch_kid);
      if (!seed) return null;
      const bytes = await openRecord({
        epochSeed: seed,
        ...this.#place(stored.type),
        epochKid: b64uDecode(stored.epoch_kid, "epoch_kid", 16),
        recordId: b64uDecode(stored.record_id, "record_id", 16),
        version: stored.version,
        sealed: b64uDecode(stored.sealed, "sealed"),
      });
      return this.#form(stored.type).parse(bytes);
    } catch {
      return null;
    }
  }

  /** @param {string} type */
  #place(type) {
    return { type, portalId: this.session.portalId, slug: this.session.caseworker.slug };
  }

  /** @param {string} type @returns {Form} */
  #form(type) {
    const form = this.forms[type];
    if (!form) throw new TypeError(type);
    return form;
  }
}
