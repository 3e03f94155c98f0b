// Shapes of `POST /referral/<id>/opening` and of what this page makes of it. Nothing runs here.

/**
 * @typedef {{item_id: string, state: string, state_on: string}} ItemState
 * @typedef {{message_id: string, direction: 'to_organisation'|'to_reporter', received_on: string, sealed: string,
 *   by: string|null}} SealedMessage
 * @typedef {{epoch_kid: string, version: number, sealed: string}} StoredSummary
 * @typedef {{record_id: string, type: string, state: string, due_on: string|null, epoch_kid: string, version: number,
 *   sealed: string, by: string, at: string}} StoredRecord
 * @typedef {{at: string, by: string, action: string, detail: string}} HistoryEntry
 * @typedef {{referral_id: string, organisation: string, origin_kid: string, urgent: boolean, sent_on: string,
 *   state: string, answered_on: string|null, answer: string|null}} PassedOnStanding
 * @typedef {{by: string, since: string, review_on: string}} HoldStanding
 * @typedef {{referral_id: string, report_id: string, kid: string, origin_kid: string, sealed_by: string,
 *   referrer?: string|null, onward?: string, passed_on?: PassedOnStanding[], sealed: string, sealed_hash: string,
 *   leaf: string, urgent: boolean, received_on: string, due_on: string, state: string,
 *   destroy_on: string|null, kept_until?: string|null, hold?: HoldStanding|null, version: number, assignee: string|null, items: ItemState[], messages: SealedMessage[],
 *   summary: StoredSummary|null, records: StoredRecord[], history: HistoryEntry[]}} Opening
 */

/**
 * @typedef {{v: number, after: string|null, sent_on: string, kind: string, text: string, items: any[],
 *   states: {item: string|null, state: string}[], consent: {purposes: string[], pass_on: string[]}|null,
 *   when: string|null}} MessageContent
 * @typedef {SealedMessage & {content: MessageContent|null}} OpenedMessage  content null: it did not open or parse
 * @typedef {StoredRecord & {text: string|null}} OpenedRecord
 */

/**
 * @typedef {object} Case
 * @property {Opening} opening what the portal says
 * @property {any|null} letter parsed; null when it did not parse or did not open
 * @property {string|null} raw the letter's text when it opened and did not parse
 * @property {'matches'|'differs'|'unchecked'} leaf the ledger's entry against the one that this letter's own key gives
 * @property {import('./passed_on.js').Referrer|null} referrer who passed it on, null where the reporter chose
 * @property {import('./passed_on.js').PassedOn[]} passedOn what was passed on from here
 * @property {OpenedMessage[]} messages
 * @property {OpenedRecord[]} records
 * @property {any[]} items the letter's links and those that came later
 */

export {};
