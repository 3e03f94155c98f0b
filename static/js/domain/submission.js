/**
 * What the browser submits: the body of `POST /report`. The other half of `app/domain/submission.py`, which parses it.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{organisation: string, kid: Uint8Array, sealed: Uint8Array, leaf: Uint8Array}} Envelope
 * @typedef {{reportId: Uint8Array, lookup: Uint8Array, urgent: boolean, sealedBy: string, own: Uint8Array|null,
 *   envelopes: Envelope[]}} Submission
 */

import { FormatError } from "../errors.js";
import { ENVELOPE_OVERHEAD, LETTER_BUCKETS, SMALL_OVERHEAD } from "./sealed_length.js";
import { STRANGER_SEALED_BY } from "./vocabulary.js";
import * as wire from "./wire.js";
import { b64uEncode } from "./wire.js";

export const ENVELOPES_MOST = 8;
const LONGEST_NAME = 40;
/** What a page may say; that a caseworker is one, the portal sees at the session. */
const PAGES_SEALED_BY = [...STRANGER_SEALED_BY, "caseworker"];

/** @type {wire.Checker<any>} one sealed letter, as it travels */
export const checkEnvelope = wire.record({
  organisation: wire.slug,
  kid: wire.b64uText(16),
  sealed: sized(LETTER_BUCKETS, ENVELOPE_OVERHEAD),
  leaf: wire.b64uText(32),
});

/** @type {wire.Checker<any>} the own record as it travels; null where there is none */
export const checkSealedOwn = wire.nullable(sized(LETTER_BUCKETS, SMALL_OVERHEAD));

const SUBMISSION = {
  v: wire.versionOne,
  report_id: wire.b64uText(16),
  lookup: wire.b64uText(32),
  urgent: wire.boolean,
  sealed_by: wire.oneOf(PAGES_SEALED_BY),
  own: checkSealedOwn,
  envelopes: wire.listOf(checkEnvelope, ENVELOPES_MOST, 1, (envelope) => envelope.organisation),
};

/**
 * @param {readonly number[]} buckets @param {number} overhead
 * @returns {wire.Checker<string>} b64u of one of these lengths, left as text
 */
function sized(buckets, overhead) {
  const check = wire.b64uBytes(...buckets.map((bucket) => bucket + overhead));
  return (value, where) => {
    check(value, where);
    return /** @type {string} */ (value);
  };
}

/**
 * Checks a parsed submission as the server will: all envelopes of one report have the same length.
 * @param {unknown} value @returns {any}
 */
export function checkSubmission(value) {
  const checked = wire.fields(value, SUBMISSION, "");
  const lengths = new Set(checked.envelopes.map((/** @type {{sealed: string}} */ { sealed }) => sealed.length));
  if (lengths.size !== 1) throw new FormatError("envelopes");
  return checked;
}

/**
 * A body with so many spaces behind it that neither the names of organisations nor the urgency change its length: whoever
 * sees lengths on the line then learns how many letters there are, and their common size.
 * @param {Bytes} body @param {string[]} names @param {boolean} [urgent] @returns {Bytes}
 */
export function evened(body, names, urgent = false) {
  const missing = names.reduce((sum, name) => sum + LONGEST_NAME - name.length, urgent ? 1 : 0);
  const filled = new Uint8Array(body.length + missing).fill(0x20);
  filled.set(body);
  return filled;
}

/** The bytes to send, and to send again unchanged over a bad line. @param {Submission} submission @returns {Bytes} */
export function submissionJson({ reportId, lookup, urgent, sealedBy, own, envelopes }) {
  const body = wire.canonicalJson(
    checkSubmission({
      v: 1,
      report_id: b64uEncode(reportId),
      lookup: b64uEncode(lookup),
      urgent,
      sealed_by: sealedBy,
      own: own === null ? null : b64uEncode(own),
      envelopes: envelopes.map(envelopeFields),
    }),
  );
  const names = envelopes.map(({ organisation }) => organisation);
  return evened(body, names, urgent);
}

/** @param {Envelope} envelope */
export function envelopeFields({ organisation, kid, sealed, leaf }) {
  return { organisation, kid: b64uEncode(kid), sealed: b64uEncode(sealed), leaf: b64uEncode(leaf) };
}
