// One referral in one caseworker's hands: what the portal says of it, what its letter says, and every step that can be
// taken. Knows no page; whoever shows it is told when it changed.

import { summaryOf } from "../queue/summary_content.js";
import { dayOf } from "./korean_day.js";
import { epochFor, newestKid, openCase, openStoredSummary } from "./open_case.js";
import { sealNote, sealSummaryOf, sealToReporter } from "./sealing.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('./types.js').Case} Case
 * @typedef {import('./types.js').Opening} Opening
 * @typedef {import('./types.js').ItemState} ItemState
 * @typedef {{state: string, version: number, assignee: string|null, items: ItemState[]}} Standing
 * @typedef {import('./sealing.js').SealedBody} SealedBody
 * @typedef {import('./sealing.js').NoteBody} NoteBody
 * @typedef {{version: number, state: string, message: SealedBody|null, record: NoteBody|null}} StateBody
 * @typedef {{version: number, items: {item_id: string, state: string}[], message: SealedBody|null,
 *   record: NoteBody|null}} ItemsBody
 * @typedef {{version: number, items: string[], message: SealedBody|null}} UndoBody
 */

const MOST_ITEMS = 500;

export class OpenReferral {
  /**
   * @param {Session} session
   * @param {string} referralId b64u
   * @param {() => void} changed
   */
  constructor(session, referralId, changed) {
    this.session = session;
    this.path = `/referral/${referralId}`;
    this.changed = changed;
    /** @type {Case|null} */
    this.held = null;
    /** @type {import('../queue/summary_content.js').SummaryContent|null} */
    this.summary = null;
  }

  /** @returns {Case} */
  get case() {
    if (!this.held) throw new TypeError("not opened");
    return this.held;
  }

  /**
   * Have the portal hand the letter over, which it logs, and open it here.
   * @returns {Promise<void>}
   */
  async open() {
    const opening = await this.session.post(`${this.path}/opening`, {});
    this.held = await openCase(this.session, opening);
    this.changed();
  }

  /**
   * @param {'claim'|'release'} step
   * @returns {Promise<void>}
   */
  async assign(step) {
    const standing = await this.session.post(`${this.path}/${step}`, { version: this.case.opening.version });
    await this.stands(standing, step === "claim" ? "claimed" : "released", "");
  }

  /**
   * @param {string} state
   * @param {string} text to the reporter
   * @param {string} reason for colleagues, where the step needs one; empty for none
   * @returns {Promise<StateBody>}
   */
  async makeState(state, text, reason) {
    const message = await this.#say(text, [{ item: null, state }]);
    return { version: this.case.opening.version, state, message, record: await this.#why(reason) };
  }

  /** @param {StateBody} body @returns {Promise<void>} */
  async sendState(body) {
    const standing = await this.session.post(`${this.path}/state`, body);
    this.#kept(body.record);
    await this.stands(standing, "state_changed", body.state, body.message);
  }

  /**
   * @param {string[]} itemIds
   * @param {string} state
   * @param {string} text to the reporter
   * @param {string} reason for colleagues, where the step needs one; empty for none
   * @returns {Promise<ItemsBody>}
   */
  makeItems(itemIds, state, text, reason) {
    const decided = itemIds.map((itemId) => ({ itemId, state }));
    return this.makeDecided(decided, text, reason);
  }

  /**
   * Links that come to states of their own, told in one message.
   * @param {{itemId: string, state: string}[]} decided
   * @param {string} text to the reporter
   * @param {string} reason for colleagues, where a step needs one; empty for none
   * @returns {Promise<ItemsBody>}
   */
  async makeDecided(decided, text, reason) {
    const states = decided.map(({ itemId, state }) => ({ item: itemId, state }));
    const [message, record] = [await this.#say(text, states), await this.#why(reason)];
    const items = decided.map(({ itemId, state }) => ({ item_id: itemId, state }));
    return { version: this.case.opening.version, items, message, record };
  }

  /** @param {ItemsBody} body @returns {Promise<void>} */
  async sendItems(body) {
    const standing = await this.session.post(`${this.path}/item-state`, body);
    this.#kept(body.record);
    await this.stands(standing, "items_changed", body.items[0]?.state ?? "", body.message);
  }

  /**
   * Take back the last change of links; the states that they go back to are the portal's to know.
   * @param {{itemId: string, state: string}[]} back links, and the states that they had before
   * @param {string} text to the reporter, correcting what was said
   * @returns {Promise<UndoBody>}
   */
  async makeUndo(back, text) {
    const states = back.map(({ itemId, state }) => ({ item: itemId, state }));
    const message = await this.#say(text, states);
    return { version: this.case.opening.version, items: back.map(({ itemId }) => itemId), message };
  }

  /** @param {UndoBody} body @returns {Promise<void>} */
  async sendUndo(body) {
    const standing = await this.session.post(`${this.path}/item-state/undo`, body);
    await this.stands(standing, "items_undone", "", body.message);
  }

  /**
   * @param {string} text
   * @returns {Promise<SealedBody>}
   */
  makeMessage(text) {
    return sealToReporter(this.session, this.case, { text });
  }

  /** @param {SealedBody} body @returns {Promise<void>} */
  async sendMessage(body) {
    await this.session.post(`${this.path}/message`, body);
    await this.#reread("message_sent", "", body);
  }

  /**
   * @param {string} text
   * @returns {ReturnType<typeof sealNote>}
   */
  makeNote(text) {
    return sealNote(this.session, text);
  }

  /**
   * @param {Awaited<ReturnType<typeof sealNote>>} body
   * @returns {Promise<void>}
   */
  async sendNote(body) {
    await this.session.post(`${this.path}/record`, body);
    this.#kept(body);
    await this.#reread("record_saved", "note", null);
  }

  /**
   * See that the queue's summary says what the letter says now, and that the portal knows the links by their ids.
   * @returns {Promise<void>}
   */
  async storeSummary() {
    const { opening, letter, items } = this.case;
    if (!letter) return;
    this.summary = await summaryOf(letter, items);
    this.changed();
    const known = new Set(opening.items.map((one) => one.item_id));
    const fresh = items
      .filter((item) => !known.has(item.id))
      .slice(0, MOST_ITEMS)
      .map((item) => item.id);
    const stored = await openStoredSummary(this.session, opening, opening.summary);
    const same =
      JSON.stringify(stored) === JSON.stringify(this.summary) && opening.summary?.epoch_kid === newestKid(this.session);
    if ((same && fresh.length === 0) || ["withdrawn", "destroyed"].includes(opening.state)) return;
    const version = (opening.summary?.version ?? 0) + 1;
    const body = { ...(await sealSummaryOf(this.session, this.case, this.summary, version)), items: fresh };
    await this.session.post(`${this.path}/summary`, body);
    opening.summary = { epoch_kid: body.epoch_kid, version, sealed: body.sealed };
    opening.items.push(...fresh.map((item_id) => ({ item_id, state: "reported", state_on: dayOf(new Date()) })));
    this.changed();
  }

  /** Whether this ring can open letters of this organisation at all. @returns {boolean} */
  get canOpen() {
    return epochFor(this.session, newestKid(this.session)).seed !== null;
  }

  /**
   * @param {string} text
   * @param {{item: string|null, state: string}[]} states
   * @returns {Promise<SealedBody|null>} null when the letter holds no key to answer with
   */
  async #say(text, states) {
    return this.case.letter ? sealToReporter(this.session, this.case, { text, states }) : null;
  }

  /**
   * @param {string} reason
   * @returns {Promise<NoteBody|null>}
   */
  async #why(reason) {
    return reason ? sealNote(this.session, reason) : null;
  }

  /** @param {NoteBody|null} note that the portal has now */
  #kept(note) {
    const [by, at] = [this.session.caseworker.login, new Date().toISOString()];
    if (note) this.case.opening.records.push({ ...note, by, at });
  }

  /**
   * Take in a step that was taken, here or elsewhere.
   * @param {Standing} standing
   * @param {string} action
   * @param {string} detail
   * @param {SealedBody|null} [said]
   * @returns {Promise<void>}
   */
  async stands(standing, action, detail, said = null) {
    Object.assign(this.case.opening, standing);
    await this.#reread(action, detail, said);
  }

  /**
   * Take in what was just done here, as the portal now holds it, without asking for the letter again.
   * @param {string} action
   * @param {string} detail
   * @param {SealedBody|null} said
   * @returns {Promise<void>}
   */
  async #reread(action, detail, said) {
    const { opening } = this.case;
    const by = this.session.caseworker.login;
    if (said) opening.messages.push({ ...said, direction: "to_reporter", received_on: dayOf(new Date()), by });
    opening.history.push({ at: new Date().toISOString(), by, action, detail });
    this.held = await openCase(this.session, opening);
    this.changed();
  }
}
