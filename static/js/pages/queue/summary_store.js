// Summaries of many referrals: what is known of each, sealed, and how that goes into one row of bytes and back.

import { b64uEncode } from "../../domain/wire.js";
import { FormatError } from "../../errors.js";
import { MOST_BYTES } from "./packing.js";

/**
 * @typedef {{referral_id: string, report_id: string, sealed_hash: string, epoch_kid: string, version: number,
 *   sealed: string}} SealedSummary as the portal hands it out
 */
/** @typedef {{reportId: Uint8Array<ArrayBuffer>, sealedHash: Uint8Array<ArrayBuffer>, epochKid: string, version: number,
 *   sealed: Uint8Array<ArrayBuffer>}} Stored */

const HEAD = 16 + 16 + 32 + 16 + 4 + 4;
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NO_SIGN = 0xff;
const VALUES = new Uint8Array(128).fill(NO_SIGN);
for (let value = 0; value < SIGNS.length; value += 1) VALUES[SIGNS.charCodeAt(value)] = value;

/**
 * Bytes of b64u, ten million at a time: whether they are the right ones shows when they open.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(text) {
  const bytes = new Uint8Array((text.length * 3) >> 2);
  let [held, bits, at] = [0, 0, 0];
  for (let place = 0; place < text.length; place += 1) {
    const value = VALUES[text.charCodeAt(place)] ?? NO_SIGN;
    if (value === NO_SIGN) throw new FormatError("sealed");
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at] = held >> bits;
    at += 1;
  }
  return bytes;
}

/**
 * @param {SealedSummary} handed
 * @returns {Stored}
 */
export function storedOf({ report_id, sealed_hash, epoch_kid, version, sealed }) {
  return {
    reportId: bytesOf(report_id),
    sealedHash: bytesOf(sealed_hash),
    epochKid: epoch_kid,
    version,
    sealed: bytesOf(sealed),
  };
}

/**
 * All of them one after the other, as far as there is room.
 * @param {Map<string, Stored>} stored by referral
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function joined(stored) {
  /** @type {[string, Stored][]} */
  const taken = [];
  let length = 0;
  for (const entry of stored) {
    const longer = length + HEAD + entry[1].sealed.length;
    if (longer > MOST_BYTES) break;
    length = longer;
    taken.push(entry);
  }
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [referralId, one] of taken) {
    bytes.set(bytesOf(referralId), at);
    bytes.set(one.reportId, at + 16);
    bytes.set(one.sealedHash, at + 32);
    bytes.set(bytesOf(one.epochKid), at + 64);
    view.setUint32(at + 80, one.version);
    view.setUint32(at + 84, one.sealed.length);
    bytes.set(one.sealed, at + HEAD);
    at += HEAD + one.sealed.length;
  }
  return bytes;
}

/**
 * What was joined; bytes that are anything else give as much as they make sense, and what does not open shows later.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Map<string, Stored>}
 */
export function parted(bytes) {
  /** @type {Map<string, Stored>} */
  const found = new Map();
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + HEAD <= bytes.length; ) {
    const end = at + HEAD + view.getUint32(at + 84);
    if (end > bytes.length) break;
    found.set(b64uEncode(bytes.subarray(at, at + 16)), {
      reportId: bytes.slice(at + 16, at + 32),
      sealedHash: bytes.slice(at + 32, at + 64),
      epochKid: b64uEncode(bytes.subarray(at + 64, at + 80)),
      version: view.getUint32(at + 80),
      sealed: bytes.slice(at + HEAD, end),
    });
    at = end;
  }
  return found;
}
