/**
 * An evidence package of one referral: parts in JSON, and the signed list of their hashes. Twin of
 * `app/domain/evidence.py`; both replay `tests/vectors/evidence.json` through the module of the same name in `crypto`.
 * What is in the parts is the maker's matter; here stands what everybody can check.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {"letter"|"links"|"messages"|"records"|"actions"} PartName
 * @typedef {{sealed_sha256: string, opened_sha256: string, leaf: string, received_on: string, kid: string,
 *   origin_kid: string, sealed_by: string, referrer: string|null}} LetterNamed
 * @typedef {{v: 1, portal_id: string, organisation: string, name: {ko: string, en: string}, made_at: string,
 *   reason: string, referral_id: string, report_id: string, letter: LetterNamed,
 *   parts: {name: PartName, sha256: string, length: number}[]}} Manifest
 * @typedef {{v: 1, kind: "evidence", manifest: Manifest, signature: string,
 *   chain: {signing_key: string, kid: string, signature: string}[], parts: Record<PartName, any>}} Package
 */

import { FormatError } from "../errors.js";
import { day } from "./letter.js";
import { EVIDENCE_REASONS, SEALED_BY } from "./vocabulary.js";
import * as wire from "./wire.js";

/** @type {readonly PartName[]} */
export const PARTS = Object.freeze(["letter", "links", "messages", "records", "actions"]);
const CHAIN_MOST = 1000;
const sha256Text = wire.matching(/^[0-9a-f]{64}$/);
const name = wire.text(200, 1);

/** @type {wire.Checker<object>} */
function object(value, where) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new FormatError(where);
  return value;
}

/** @type {wire.Checker<unknown[]>} */
function list(value, where) {
  if (!Array.isArray(value)) throw new FormatError(where);
  return value;
}

const PACKAGE = {
  v: wire.versionOne,
  kind: wire.oneOf(["evidence"]),
  manifest: wire.record({
    v: wire.versionOne,
    portal_id: wire.b64uText(16),
    organisation: wire.slug,
    name: wire.record({ ko: name, en: name }),
    made_at: wire.matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/),
    reason: wire.oneOf(EVIDENCE_REASONS),
    referral_id: wire.b64uText(16),
    report_id: wire.b64uText(16),
    letter: wire.record({
      sealed_sha256: sha256Text,
      opened_sha256: sha256Text,
      leaf: wire.b64uText(32),
      received_on: day,
      kid: wire.b64uText(16),
      origin_kid: wire.b64uText(16),
      sealed_by: wire.oneOf(SEALED_BY),
      referrer: wire.nullable(wire.slug),
    }),
    parts: wire.listOf(
      wire.record({ name: wire.oneOf(PARTS), sha256: sha256Text, length: wire.integer(2, wire.MAX_INTEGER) }),
      PARTS.length,
      PARTS.length,
      (part) => part.name,
    ),
  }),
  signature: wire.b64uText(64),
  chain: wire.listOf(
    wire.record({ signing_key: wire.b64uText(32), kid: wire.b64uText(16), signature: wire.b64uText(64) }),
    CHAIN_MOST,
    1,
  ),
  parts: wire.record(Object.fromEntries(PARTS.map((part) => [part, part === "letter" ? object : list]))),
};

/** A package's form, its fields in order; whether it is true is `crypto/evidence`'s. @param {unknown} value @returns {Package} */
export function checkPackage(value) {
  return wire.fields(value, PACKAGE, "package");
}

/** Serialises a package in the one way that `parsePackage` accepts. @param {unknown} value @returns {Bytes} */
export function packageJson(value) {
  return wire.canonicalJson(checkPackage(value), "package");
}

/** Parses a package; line breaks around it are none of it. @param {Uint8Array} content @returns {Package} */
export function parsePackage(content) {
  let [from, until] = [0, content.length];
  while (from < until && isBreak(content[from])) from += 1;
  while (until > from && isBreak(content[until - 1])) until -= 1;
  return wire.parseInOrder(content.slice(from, until), checkPackage, "package");
}

/** @param {number|undefined} byte */
function isBreak(byte) {
  return byte === 10 || byte === 13;
}
