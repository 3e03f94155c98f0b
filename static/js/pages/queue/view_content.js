// What is inside a saved view before it is sealed: whose it is, its name, and what it asks for.

import { canonicalJson, fields, login, nullable, parseInOrder, text, versionOne } from "../../domain/wire.js";

/**
 * @typedef {{v: 1, owner: string|null, name: string, query: string}} ViewContent `owner` null: everybody's; `query` as
 *   the address has it, state and holder before a `#`, the rest behind it, typed words included
 */

export const NAME_MOST = 60;
const SCHEMA = { v: versionOne, owner: nullable(login), name: text(NAME_MOST, 1), query: text(2000) };

/** @param {unknown} value @returns {ViewContent} */
const check = (value) => fields(value, SCHEMA, "view");

/** How views are written and read. */
export const FORM = {
  /** @param {ViewContent} view @returns {Uint8Array} */
  json: (view) => canonicalJson(check(view), "view"),
  /** @param {Uint8Array} bytes @returns {ViewContent} */
  parse: (bytes) => parseInOrder(bytes, check, "view"),
};
