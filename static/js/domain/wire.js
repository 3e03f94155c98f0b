/**
 * The alphabet of everything that crosses a line: canonical b64u, canonical JSON, and checkers for parsed values.
 * Twin of `app/domain/wire.py`; both replay `tests/vectors/wire.json`. Whatever is wrong throws FormatError, naming the
 * field as a dotted path and never repeating a value. A checker returns what it checked or throws.
 *
 * @typedef {Uint8Array<ArrayBuffer>} Bytes
 */

/**
 * @template T
 * @typedef {(value: unknown, where: string) => T} Checker
 */

import { FormatError } from "../errors.js";

export const MAX_INTEGER = Number.MAX_SAFE_INTEGER;
export const MAX_DEPTH = 12;
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const CHUNK = 0x8000;

/**
 * UTF-8 of well-formed text; lone surrogates, which have none, are refused.
 * @param {string} text @param {string} [field] @returns {Bytes}
 */
export function utf8(text, field = "") {
  if (/\p{Cs}/u.test(text)) throw new FormatError(field);
  return new TextEncoder().encode(text);
}

/**
 * Text of strict UTF-8; a byte order mark stays, as a character.
 * @param {Uint8Array} bytes @param {string} [field] @returns {string}
 */
export function utf8Decode(bytes, field = "") {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new FormatError(field);
  }
}

/**
 * The one base64url spelling without padding (RFC 4648 section 5).
 * @param {Uint8Array} bytes @returns {string}
 */
export function b64uEncode(bytes) {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  }
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/**
 * The bytes of canonical base64url: no padding, no spare bits, `length` bytes when given.
 * @param {unknown} text @param {string} [field] @param {number} [length] @returns {Bytes}
 */
export function b64uDecode(text, field = "", length) {
  if (typeof text !== "string" || !/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new FormatError(field);
  const spare = [0, 0, 0x0f, 0x03][text.length % 4] ?? 0;
  if (text !== "" && (ALPHABET.indexOf(text.charAt(text.length - 1)) & spare) !== 0) throw new FormatError(field);
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  if (length !== undefined && bytes.length !== length) throw new FormatError(field);
  return bytes;
}

/**
 * JSON as it is sealed and signed: `JSON.stringify` in UTF-8, the order of the fields kept.
 * @param {unknown} value @param {string} [field] @returns {Bytes}
 */
export function canonicalJson(value, field = "") {
  checkTree(value, field, MAX_DEPTH);
  return utf8(JSON.stringify(value), field);
}

/**
 * Parses JSON that is sealed or signed: serialising it again must give the same bytes, which also catches duplicate keys.
 * @param {Uint8Array} sealed @param {string} [field] @returns {unknown}
 */
export function parseCanonical(sealed, field = "") {
  const source = utf8Decode(sealed, field);
  let value;
  let again;
  try {
    value = JSON.parse(source);
    again = JSON.stringify(value);
  } catch {
    throw new FormatError(field);
  }
  checkTree(value, field, MAX_DEPTH);
  if (again !== source) throw new FormatError(field);
  return value;
}

/**
 * Parses JSON that is sealed or signed and whose fields stand in the order of its schema.
 * @template T
 * @param {Uint8Array} sealed @param {(value: unknown) => T} check @param {string} field @returns {T}
 */
export function parseInOrder(sealed, check, field) {
  const value = check(parseCanonical(sealed, field));
  if (JSON.stringify(value) !== utf8Decode(sealed, field)) throw new FormatError(field);
  return value;
}

/**
 * Integers, strings, booleans, null, arrays and plain objects only, not deeply nested, text well-formed.
 * @param {unknown} value @param {string} field @param {number} depth
 */
function checkTree(value, field, depth) {
  if (value === null || typeof value === "boolean") return;
  if (typeof value === "string") {
    if (/\p{Cs}/u.test(value)) throw new FormatError(field);
  } else if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new FormatError(field);
  } else if (typeof value !== "object" || depth === 0) {
    throw new FormatError(field);
  } else if (Array.isArray(value)) {
    for (const inner of value) checkTree(inner, field, depth - 1);
  } else {
    for (const [name, inner] of Object.entries(value)) {
      checkTree(name, field, depth - 1);
      checkTree(inner, field, depth - 1);
    }
  }
}

/**
 * An object with exactly these fields, given in the order of the schema.
 * @param {unknown} value @param {Record<string, Checker<any>>} checkers @param {string} where @returns {any}
 */
export function fields(value, checkers, where) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new FormatError(where);
  const given = new Map(Object.entries(value));
  for (const name of given.keys()) if (!Object.hasOwn(checkers, name)) throw new FormatError(where);
  /** @type {Record<string, unknown>} */
  const checked = {};
  for (const [name, check] of Object.entries(checkers)) {
    const inner = where ? `${where}.${name}` : name;
    if (!given.has(name)) throw new FormatError(inner);
    checked[name] = check(given.get(name), inner);
  }
  return checked;
}

/** @param {Record<string, Checker<any>>} checkers @returns {Checker<any>} for an object with exactly these fields */
export function record(checkers) {
  return (value, where) => fields(value, checkers, where);
}

/** @param {number} most @param {number} [least] in Unicode code points @returns {Checker<string>} for well-formed text */
export function text(most, least = 0) {
  return (value, where) => {
    if (typeof value !== "string" || /\p{Cs}/u.test(value)) throw new FormatError(where);
    const length = value.length <= most && least <= 1 ? value.length : [...value].length;
    if (length < least || length > most) throw new FormatError(where);
    return value;
  };
}

/** @param {RegExp} pattern anchored at both ends @returns {Checker<string>} */
export function matching(pattern) {
  return (value, where) => {
    if (typeof value !== "string" || !pattern.test(value)) throw new FormatError(where);
    return value;
  };
}

/** @type {Checker<boolean>} true or false; 1 is neither */
export function boolean(value, where) {
  if (typeof value !== "boolean") throw new FormatError(where);
  return value;
}

/** @param {number} least @param {number} most @returns {Checker<number>} */
export function integer(least, most) {
  return (value, where) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least || value > most) {
      throw new FormatError(where);
    }
    return value;
  };
}

/** @param {readonly string[]} words @returns {Checker<string>} for one word of an enum */
export function oneOf(words) {
  return (value, where) => {
    if (typeof value !== "string" || !words.includes(value)) throw new FormatError(where);
    return value;
  };
}

/** @param {readonly string[]} words @returns {Checker<string[]>} for words of an enum, each at most once, in any order */
export function severalOf(words) {
  return listOf(oneOf(words), words.length, 0, (word) => word);
}

/**
 * @template T
 * @param {Checker<T>} check @param {number} most @param {number} [least]
 * @param {(entry: T) => unknown} [uniqueBy] what no two entries may share (a string or number)
 * @returns {Checker<T[]>}
 */
export function listOf(check, most, least = 0, uniqueBy) {
  return (value, where) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) throw new FormatError(where);
    const checked = value.map((entry, number) => check(entry, `${where}.${number}`));
    if (uniqueBy && new Set(checked.map(uniqueBy)).size !== checked.length) throw new FormatError(where);
    return checked;
  };
}

/** @template T @param {Checker<T>} check @returns {Checker<T|null>} that also takes null */
export function nullable(check) {
  return (value, where) => (value === null ? null : check(value, where));
}

/** @param {number} length in bytes @returns {Checker<string>} for canonical b64u, left as text */
export function b64uText(length) {
  return (value, where) => {
    b64uDecode(value, where, length);
    return /** @type {string} */ (value);
  };
}

/** @param {...number} lengths in bytes @returns {Checker<Bytes>} the bytes of canonical b64u of one of these lengths */
export function b64uBytes(...lengths) {
  return (value, where) => {
    const bytes = b64uDecode(value, where);
    if (!lengths.includes(bytes.length)) throw new FormatError(where);
    return bytes;
  };
}

export const versionOne = integer(1, 1);
export const slug = matching(/^[a-z0-9-]{1,40}$/);
export const login = matching(/^[a-z0-9._-]{1,40}$/);
