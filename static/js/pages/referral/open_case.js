// From what the portal hands over to what a caseworker reads: everything is opened here, in this browser.

import { leaf } from "../../crypto/custody.js";
import { equalBytes } from "../../crypto/encoding.js";
import { epochOf } from "../../crypto/keyring.js";
import { openLetter, openMessage, openRecord, openReseal, openSummary } from "../../crypto/opening.js";
import { parseLetter } from "../../domain/letter.js";
import { parseMessage } from "../../domain/message_content.js";
import { b64uDecode } from "../../domain/wire.js";
import { parseSummary } from "../queue/summary_content.js";
import { parseNote } from "./note_content.js";
import { letterPassedOn, passedOnFrom } from "./passed_on.js";
import { itemsOf } from "./thread.js";

/**
 * @typedef {import('./types.js').Opening} Opening
 * @typedef {import('./types.js').Case} Case
 * @typedef {import('../session.js').Session} Session
 */

/** This person's ring holds no seed for the letter's key: a viewer, or an epoch from before they joined. */
export class NoKey extends Error {
  constructor() {
    super("no_key");
    this.name = "NoKey";
  }
}

/**
 * Open a referral with the ring of this session. What does not open or parse is told apart, never guessed.
 * @param {Session} session
 * @param {Opening} opening
 * @returns {Promise<Case>}
 * @throws {NoKey}
 * @throws {import('../../errors.js').FormatError} when the letter itself does not open
 */
export async function openCase(session, opening) {
  const { plaintext, referrer } = await plaintextOf(session, opening);
  const letter = letterOf(plaintext, opening);
  const messages = letter
    ? await Promise.all(opening.messages.map((one) => openOne(session, opening, letter, one)))
    : [];
  return {
    opening,
    letter,
    raw: letter ? null : new TextDecoder().decode(plaintext),
    referrer,
    passedOn: await passedOnFrom(session, opening, letter),
    leaf: letter ? await checkLeaf(session, opening, letter) : "unchecked",
    messages: letter ? messages : opening.messages.map((one) => ({ ...one, content: null })),
    records: await Promise.all(opening.records.map((one) => openNote(session, one))),
    items: letter ? itemsOf(letter.items, messages) : [],
  };
}

/**
 * @param {Session} session
 * @param {Opening} opening
 * @returns {Promise<{plaintext: Uint8Array, referrer: import('./passed_on.js').Referrer|null}>}
 */
async function plaintextOf(session, opening) {
  const { seed } = epochFor(session, opening.kid);
  if (!seed) throw new NoKey();
  const reportId = b64uDecode(opening.report_id, "report_id", 16);
  const kid = b64uDecode(opening.kid, "kid", 16);
  const sealed = b64uDecode(opening.sealed, "sealed");
  const shared = { seed, portalId: session.portalId, reportId, kid, sealed };
  const originKid = b64uDecode(opening.origin_kid, "origin_kid", 16);
  const { referrer } = opening;
  if (referrer) return letterPassedOn(session, { ...opening, referrer }, { ...shared, originKid });
  const first = opening.kid === opening.origin_kid;
  const opened = first ? openLetter({ ...shared, sealedBy: opening.sealed_by }) : openReseal({ ...shared, originKid });
  return { plaintext: await opened, referrer: null };
}

/**
 * The keys of one epoch, as bytes.
 * @param {Session} session
 * @param {string} kid b64u
 * @returns {ReturnType<typeof epochOf>}
 * @throws {NoKey}
 */
export function epochFor(session, kid) {
  try {
    return epochOf(session.ring, kid);
  } catch {
    throw new NoKey();
  }
}

/**
 * The kid of the epoch in force: what is written today is sealed to today's keys, whatever the letter was sealed to.
 * @param {Session} session
 * @returns {string} b64u
 */
export function newestKid(session) {
  return session.ring.epochs.at(-1).kid;
}

/**
 * @param {Uint8Array} plaintext
 * @param {Opening} opening
 * @returns {any|null} null when it is not a letter, or not this report's
 */
function letterOf(plaintext, opening) {
  try {
    const letter = parseLetter(plaintext);
    return letter.report_id === opening.report_id ? letter : null;
  } catch {
    return null;
  }
}

/**
 * Whether the ledger's entry for this letter is the one that the letter's own key gives. An envelope that was sealed
 * again has other bytes, for which the first entry says nothing.
 * @param {Session} session
 * @param {Opening} opening
 * @param {any} letter
 * @returns {Promise<'matches'|'differs'|'unchecked'>}
 */
async function checkLeaf(session, opening, letter) {
  if (opening.kid !== opening.origin_kid) return "unchecked";
  const made = await leaf({
    logKey: b64uDecode(letter.log_key, "log_key", 32),
    portalId: session.portalId,
    reportId: b64uDecode(opening.report_id, "report_id", 16),
    kid: b64uDecode(opening.kid, "kid", 16),
    sealed: b64uDecode(opening.sealed, "sealed"),
  });
  return equalBytes(made, b64uDecode(opening.leaf, "leaf", 32)) ? "matches" : "differs";
}

/**
 * @param {Session} session
 * @param {Opening} opening
 * @param {any} letter
 * @param {import('./types.js').SealedMessage} message
 * @returns {Promise<import('./types.js').OpenedMessage>}
 */
async function openOne(session, opening, letter, message) {
  try {
    const json = await openMessage({
      replyKey: b64uDecode(letter.reply_key, "reply_key", 32),
      direction: message.direction,
      portalId: session.portalId,
      reportId: b64uDecode(opening.report_id, "report_id", 16),
      originKid: b64uDecode(opening.origin_kid, "origin_kid", 16),
      messageId: b64uDecode(message.message_id, "message_id", 16),
      sealed: b64uDecode(message.sealed, "sealed"),
    });
    return { ...message, content: parseMessage(json) };
  } catch {
    return { ...message, content: null };
  }
}

/**
 * @param {Session} session
 * @param {import('./types.js').StoredRecord} stored
 * @returns {Promise<import('./types.js').OpenedRecord>}
 */
async function openNote(session, stored) {
  try {
    const { seed } = epochFor(session, stored.epoch_kid);
    if (!seed || stored.type !== "note") return { ...stored, text: null };
    const json = await openRecord({
      epochSeed: seed,
      type: stored.type,
      portalId: session.portalId,
      slug: session.caseworker.slug,
      epochKid: b64uDecode(stored.epoch_kid, "epoch_kid", 16),
      recordId: b64uDecode(stored.record_id, "record_id", 16),
      version: stored.version,
      sealed: b64uDecode(stored.sealed, "sealed"),
    });
    return { ...stored, text: parseNote(json) };
  } catch {
    return { ...stored, text: null };
  }
}

/**
 * Open a stored summary; null when there is none that opens and parses.
 * @param {Session} session
 * @param {{report_id: string, sealed_hash: string}} referral
 * @param {import('./types.js').StoredSummary|null} stored
 * @returns {Promise<import('../queue/summary_content.js').SummaryContent|null>}
 */
export async function openStoredSummary(session, referral, stored) {
  if (!stored) return null;
  try {
    const json = await openSummary({
      summaryKey: epochFor(session, stored.epoch_kid).summaryKey,
      portalId: session.portalId,
      slug: session.caseworker.slug,
      reportId: b64uDecode(referral.report_id, "report_id", 16),
      epochKid: b64uDecode(stored.epoch_kid, "epoch_kid", 16),
      sealedHash: b64uDecode(referral.sealed_hash, "sealed_hash", 32),
      version: stored.version,
      sealed: b64uDecode(stored.sealed, "sealed"),
    });
    return parseSummary(json);
  } catch {
    return null;
  }
}
