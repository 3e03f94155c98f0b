// The tags that typed words could have: an address, a site, or an account at a site.

import { matchTag } from "../../crypto/summary.js";
import { CANONICALISER_VERSION, matchKeys } from "../../domain/canonical_url.js";
import { b64uEncode } from "../../domain/wire.js";

/**
 * @typedef {import("./tag_index.js").TagKind} TagKind
 * @typedef {{kind: TagKind, canonical: string}} MatchKey
 */

/** @param {MatchKey} key @returns {Promise<string>} b64u */
export async function tagOf({ kind, canonical }) {
  return b64uEncode(await matchTag({ canonicaliserVersion: CANONICALISER_VERSION, kind, canonical }));
}

/** @param {string} typed @returns {Promise<[TagKind, string][]>} */
export async function tagsTyped(typed) {
  return Promise.all(
    keysTyped(typed).map(async (key) => /** @type {[TagKind, string]} */ ([key.kind, await tagOf(key)])),
  );
}

/**
 * What typed words can be matched by: an address by itself, or its site where only that was typed; `site/account`.
 * @param {string} typed
 * @returns {MatchKey[]}
 */
export function keysTyped(typed) {
  if (!/[./]/u.test(typed) || /\s/u.test(typed)) return [];
  const poster = /^[^/]+\/@?[^/]+$/u.test(typed) ? [{ kind: /** @type {const} */ ("poster"), canonical: typed }] : [];
  try {
    const keys = matchKeys({ url: typed, poster: "" });
    const path = /^(?:[a-z]+:\/\/)?[^/]+\/?$/iu.test(typed.replaceAll(/\[(.)\]/gu, "$1"));
    return [...keys.filter(({ kind }) => (path ? kind === "site" : kind === "url" || kind === "poster")), ...poster];
  } catch {
    return poster;
  }
}
