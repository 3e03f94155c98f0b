// What a caseworker writes, sealed before it leaves the browser: to the reporter, to colleagues, and the summary.

import { randomBytes } from "../../crypto/encoding.js";
import { sealMessage } from "../../crypto/message.js";
import { sealSummary } from "../../crypto/summary.js";
import { sealRecord } from "../../crypto/work_record.js";
import { emptyMessage, messageJson } from "../../domain/message_content.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { summaryJson } from "../queue/summary_content.js";
import { dayOf } from "./korean_day.js";
import { noteJson } from "./note_content.js";
import { epochFor, newestKid } from "./open_case.js";
import { lastSeen } from "./thread.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('./types.js').Case} Case
 * @typedef {{message_id: string, sealed: string}} SealedBody
 * @typedef {{record_id: string, type: 'note', epoch_kid: string, version: 1, state: '', due_on: null,
 *   sealed: string}} NoteBody
 */

/**
 * Seal words to the reporter; with `states` it is news of progress, said by the organisation itself.
 * @param {Session} session
 * @param {Case} held with its letter
 * @param {{text: string, states?: {item: string|null, state: string}[]}} words
 * @returns {Promise<SealedBody>}
 */
export async function sealToReporter(session, held, { text, states = [] }) {
  const { opening, letter, messages } = held;
  const kind = states.length > 0 ? "state" : "text";
  const content = { ...emptyMessage({ kind, sentOn: dayOf(new Date()), after: lastSeen(messages) }), text, states };
  const messageId = randomBytes(16);
  const sealed = await sealMessage({
    replyKey: b64uDecode(letter.reply_key, "reply_key", 32),
    direction: "to_reporter",
    portalId: session.portalId,
    reportId: b64uDecode(opening.report_id, "report_id", 16),
    originKid: b64uDecode(opening.origin_kid, "origin_kid", 16),
    messageId,
    content: messageJson(content),
  });
  return { message_id: b64uEncode(messageId), sealed: b64uEncode(sealed) };
}

/**
 * Seal an internal note under the epoch in force.
 * @param {Session} session
 * @param {string} text
 * @returns {Promise<NoteBody>}
 */
export async function sealNote(session, text) {
  const recordId = randomBytes(16);
  const epochKid = newestKid(session);
  const { seed } = epochFor(session, epochKid);
  const sealed = await sealRecord({
    epochSeed: /** @type {Uint8Array<ArrayBuffer>} */ (seed),
    type: "note",
    portalId: session.portalId,
    slug: session.caseworker.slug,
    epochKid: b64uDecode(epochKid, "epoch_kid", 16),
    recordId,
    version: 1,
    content: noteJson(text),
  });
  return {
    record_id: b64uEncode(recordId),
    type: "note",
    epoch_kid: epochKid,
    version: 1,
    state: "",
    due_on: null,
    sealed: b64uEncode(sealed),
  };
}

/**
 * Seal the summary that stands in the queue.
 * @param {Session} session
 * @param {Case} held
 * @param {import('../queue/summary_content.js').SummaryContent} summary
 * @param {number} version
 * @returns {Promise<{version: number, epoch_kid: string, sealed: string, items: string[]}>}
 */
export async function sealSummaryOf(session, held, summary, version) {
  const { opening, items } = held;
  const epochKid = newestKid(session);
  const sealed = await sealSummary({
    summaryKey: epochFor(session, epochKid).summaryKey,
    portalId: session.portalId,
    slug: session.caseworker.slug,
    reportId: b64uDecode(opening.report_id, "report_id", 16),
    epochKid: b64uDecode(epochKid, "epoch_kid", 16),
    sealedHash: b64uDecode(opening.sealed_hash, "sealed_hash", 32),
    version,
    content: summaryJson(summary),
  });
  return { version, epoch_kid: epochKid, sealed: b64uEncode(sealed), items: items.map((item) => item.id) };
}
