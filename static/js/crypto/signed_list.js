/**
 * The signature of a list that an organisation hands on, and what can be wrong with one. Twin of
 * `app/crypto/signed_list.py`; both replay `tests/vectors/signed_list.json`.
 *
 * @typedef {import("../domain/signed_list.js").SignedList} SignedList
 */

import { parseList } from "../domain/signed_list.js";
import { b64uDecode, b64uEncode, canonicalJson } from "../domain/wire.js";
import { context } from "./encoding.js";
import { verifyChain } from "./epoch_chain.js";
import { fingerprint } from "./key_name.js";
import { checkSignature, sign, unless } from "./signing.js";

/**
 * What the organisation signs: the content as JSON, bound to its kind, the portal and the own slug.
 * @param {{kind: string, portalId: Uint8Array, slug: string, content: Uint8Array}} parts
 */
export function listMessage({ kind, portalId, slug, content }) {
  return context("signed-list", kind, portalId, slug, content);
}

/**
 * Signs a list's content with the organisation's key in force; gives b64u.
 * @param {Uint8Array} signingSeed @param {string} kind @param {any} content @returns {Promise<string>}
 */
export async function signList(signingSeed, kind, content) {
  return b64uEncode(await sign(signingSeed, messageOf(kind, content)));
}

/**
 * What is wrong with a list, empty where nothing is: `chain`, `signature`. Throws FormatError(path) for what is no list at
 * all, or one whose bytes were touched between its values. Whose key the chain begins with, people compare with paper, or
 * with the directory.
 * @param {Uint8Array} content @returns {Promise<string[]>}
 */
export async function listFaults(content) {
  const { kind, content: inside, chain, signature } = parseList(content);
  const portalId = b64uDecode(inside.portal_id, "portal_id", 16);
  const signingKey = b64uDecode(chain.at(-1)?.signing_key, "signing_key", 32);
  const chained = () => verifyChain({ portalId, slug: inside.organisation, chain });
  const signed = () => checkSignature(signingKey, messageOf(kind, inside), b64uDecode(signature, "signature", 64));
  return [...(await unless(chained, "chain")), ...(await unless(signed, "signature"))];
}

/** The fingerprint of the organisation that a list says is its maker. @param {Uint8Array} content */
export async function listSigner(content) {
  return fingerprint(b64uDecode(parseList(content).chain[0]?.signing_key, "signing_key", 32));
}

/** @param {string} kind @param {any} content */
function messageOf(kind, content) {
  const portalId = b64uDecode(content.portal_id, "portal_id", 16);
  return listMessage({ kind, portalId, slug: content.organisation, content: canonicalJson(content, "content") });
}
