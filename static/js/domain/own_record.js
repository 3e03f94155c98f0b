/**
 * What the receipt code alone gives back to the reporter: item ids and addresses, chosen organisations, own consents.
 * Never account, offender or contact. Twin of `app/domain/own_record.py`; both replay `tests/vectors/own_record.json`.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{id: string, url: string|null}} OwnItem
 * @typedef {{slug: string, consent: import("./letter.js").Consent}} OwnOrganisation
 * @typedef {{v: 1, items: OwnItem[], organisations: OwnOrganisation[]}} OwnRecord
 */

import { checkConsent, LIMITS } from "./letter.js";
import { LETTER_BUCKETS } from "./sealed_length.js";
import * as wire from "./wire.js";

const OWN = {
  v: wire.versionOne,
  items: wire.listOf(
    wire.record({ id: wire.b64uText(16), url: wire.nullable(wire.text(LIMITS.url, 1)) }),
    LIMITS.items,
    0,
    (item) => item.id,
  ),
  organisations: wire.listOf(wire.record({ slug: wire.slug, consent: checkConsent }), 64, 0, (chosen) => chosen.slug),
};

/** An own record that is already an object. @param {unknown} value @returns {OwnRecord} */
export function checkOwn(value) {
  return wire.fields(value, OWN, "own");
}

/** Serialises an own record in the one way that `parseOwn` accepts. @param {OwnRecord} own @returns {Bytes} */
export function ownJson(own) {
  return wire.canonicalJson(checkOwn(own), "own");
}

/** Parses an own record after padding was removed. @param {Uint8Array} plaintext @returns {OwnRecord} */
export function parseOwn(plaintext) {
  return wire.parseInOrder(plaintext, checkOwn, "own");
}

/**
 * The own record of a report: as many links, from the first on, as fit the largest size.
 * @param {{items: {id: string, url: string|null}[], organisations: OwnOrganisation[]}} report @returns {OwnRecord}
 */
export function ownRecordFor({ items, organisations }) {
  const most = (LETTER_BUCKETS.at(-1) ?? 0) - 1;
  /** @type {OwnRecord} */
  const own = { v: 1, items: [], organisations };
  let length = ownJson(own).length;
  for (const { id, url } of items) {
    length += wire.canonicalJson({ id, url }).length + 1;
    if (length > most) break;
    own.items.push({ id, url });
  }
  return own;
}
