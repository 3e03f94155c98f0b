/**
 * Replays vector files, in Node and in a browser alike: hand it the parsed JSON of `tests/vectors/<module>.json`, and it
 * gives what failed. Nothing here reads files or knows a test framework.
 *
 * @typedef {{id: number, comment: string, function: string, input: Record<string, any>, output?: unknown,
 *   result: "valid"|"invalid", error?: string, field?: string}} Test
 * @typedef {{comment: string, pieces?: Record<string, string>, tests: Test[]}} VectorFile
 * @typedef {{module: string, id: number, comment: string, problem: string}} Failure
 */

import { sha256 } from "../../static/js/crypto/encoding.js";
import { utf8 } from "../../static/js/domain/wire.js";
import { call } from "./vector_calls.js";

/** Longer bytes stand in the files by length and hash. */
const LONG = 1300;

/** @param {string} text */
const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** @param {Uint8Array} bytes */
const toHex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {any} value @param {Record<string, string>} pieces @returns {any} */
function decode(value, pieces) {
  if (Array.isArray(value)) return value.map((entry) => decode(entry, pieces));
  if (value === null || typeof value !== "object") return value;
  const names = Object.keys(value).join();
  if (names === "$hex") return fromHex(value.$hex);
  if (names === "$utf8") return utf8(value.$utf8);
  if (names === "$repeat,$times") return fromHex(value.$repeat.repeat(value.$times));
  if ("$piece" in value) return pieceOf(value, pieces);
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, decode(entry, pieces)]));
}

/** @param {{$piece: string, $flip?: number, $cut?: number}} value @param {Record<string, string>} pieces */
function pieceOf({ $piece: piece, $flip: flip, $cut: cut }, pieces) {
  const bytes = fromHex(pieces[piece] ?? "");
  if (bytes.length === 0) throw new TypeError(`no piece ${piece}`);
  if (flip !== undefined) {
    const at = flip < 0 ? bytes.length + flip : flip;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
  }
  return bytes.slice(0, cut);
}

/** @param {any} value @returns {Promise<any>} */
async function encode(value) {
  if (value instanceof Uint8Array) {
    if (value.length <= LONG) return { $hex: toHex(value) };
    return { $length: value.length, $sha256: toHex(await sha256(value)) };
  }
  if (Array.isArray(value)) return Promise.all(value.map(encode));
  if (value === undefined || value === null || typeof value !== "object") return value ?? null;
  /** @type {Record<string, unknown>} */
  const encoded = {};
  for (const [name, entry] of Object.entries(value)) {
    encoded[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = await encode(entry);
  }
  return encoded;
}

/** Whatever the order of names in an object: order is the matter of canonical bytes. @param {any} value @returns {any} */
function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, entry]) => [name, sorted(entry)]));
}

/** @param {string} module @param {Test} test @param {Record<string, string>} pieces @returns {Promise<string>} what is wrong, or "" */
async function problemOf(module, test, pieces) {
  let output;
  try {
    output = JSON.stringify(sorted(await encode(await call(module, test.function, decode(test.input, pieces)))));
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    const field = test.field === undefined ? undefined : /** @type {any} */ (error)?.field;
    if (test.result === "invalid" && name === test.error && field === test.field) return "";
    return `threw ${name}: ${error instanceof Error ? error.message : ""}`;
  }
  if (test.result === "invalid") return `was taken, should have thrown ${test.error}`;
  const expected = JSON.stringify(sorted(test.output ?? null));
  return output === expected ? "" : `gave ${output.slice(0, 300)}, should be ${expected.slice(0, 300)}`;
}

/**
 * Replays one file.
 * @param {string} module @param {VectorFile} file
 * @returns {Promise<{count: number, failures: Failure[]}>}
 */
export async function replay(module, file) {
  /** @type {Failure[]} */
  const failures = [];
  for (const test of file.tests) {
    const problem = await problemOf(module, test, file.pieces ?? {});
    if (problem) failures.push({ module, id: test.id, comment: test.comment, problem });
  }
  return { count: file.tests.length, failures };
}
