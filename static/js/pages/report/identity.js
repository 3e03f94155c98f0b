/**
 * What one report keeps through every sealing and every try: its ids and its receipt code. The portal takes a report_id
 * once, so a report whose answer got lost cannot arrive a second time under another name.
 *
 * @typedef {import("../../domain/wire.js").Bytes} Bytes
 * @typedef {{code: string, reportId: Bytes, sentenceId: Bytes, draftId: string}} Identity `draftId` of the draft that this
 *   page kept or opened last (b64u); empty where there is none
 */

import { randomBytes } from "../../crypto/encoding.js";
import { stretch } from "../../crypto/receipt.js";
import { generate } from "../../domain/receipt_code.js";

/** @type {Identity | null} */
let current = null;
/** The slow step, done once for a code. @type {{of: string, stretched: Promise<Bytes>} | null} */
let slow = null;

/** The identity of the report on this page, made when it is first asked for. @returns {Identity} */
export function identity() {
  current ??= { code: generate(), reportId: randomBytes(16), sentenceId: randomBytes(16), draftId: "" };
  return current;
}

/** Go on as the report that a kept draft belongs to. @param {Identity} kept */
export function adopt(kept) {
  current = kept;
}

/** From here on it is another report, with another code. */
export function renew() {
  current = null;
  slow = null;
}

/**
 * @param {string} code
 * @param {Bytes} portalId
 * @returns {Promise<Bytes>}
 */
export function stretchedOnce(code, portalId) {
  const of = `${code} ${portalId}`;
  if (slow?.of !== of) slow = { of, stretched: stretch(code, portalId) };
  return slow.stretched;
}
