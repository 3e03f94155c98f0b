/**
 * The signature of an evidence package, and everything that can be wrong with one. Twin of `app/crypto/evidence.py`;
 * both replay `tests/vectors/evidence.json`.
 *
 * @typedef {import("../domain/evidence.js").Package} Package
 * @typedef {import("../domain/evidence.js").Manifest} Manifest
 */

import { PARTS, parsePackage } from "../domain/evidence.js";
import { b64uDecode, b64uEncode, canonicalJson } from "../domain/wire.js";
import { context, sha256 } from "./encoding.js";
import { verifyChain } from "./epoch_chain.js";
import { fingerprint } from "./key_name.js";
import { checkSignature, sign, unless } from "./signing.js";

/**
 * What the organisation signs: its manifest as JSON, bound to the portal and to its own slug.
 * @param {{portalId: Uint8Array, slug: string, manifest: Uint8Array}} parts
 */
export function evidenceMessage({ portalId, slug, manifest }) {
  return context("evidence", portalId, slug, manifest);
}

/**
 * The list of the parts with their hashes (hex) and lengths in bytes, as the manifest has it.
 * @param {Package["parts"]} parts @returns {Promise<Manifest["parts"]>}
 */
export async function namedParts(parts) {
  const listed = [];
  for (const name of PARTS) {
    const content = canonicalJson(parts[name], name);
    listed.push({ name, sha256: hex(await sha256(content)), length: content.length });
  }
  return listed;
}

/**
 * Signs a manifest with the organisation's key in force; gives b64u.
 * @param {Uint8Array} signingSeed @param {Manifest} manifest @returns {Promise<string>}
 */
export async function signManifest(signingSeed, manifest) {
  return b64uEncode(await sign(signingSeed, messageOf(manifest)));
}

/**
 * What is wrong with a package, empty where nothing is: `chain`, `signature`, `parts.<name>`. Throws FormatError(path)
 * for what is no package at all, or one whose bytes were touched between its values. Whose key the chain begins with,
 * people compare with paper, or with the directory.
 * @param {Uint8Array} content @returns {Promise<string[]>}
 */
export async function faults(content) {
  const { manifest, chain, signature, parts } = parsePackage(content);
  const portalId = b64uDecode(manifest.portal_id, "portal_id", 16);
  const signingKey = b64uDecode(chain.at(-1)?.signing_key, "signing_key", 32);
  const chained = () => verifyChain({ portalId, slug: manifest.organisation, chain });
  const signed = () => checkSignature(signingKey, messageOf(manifest), b64uDecode(signature, "signature", 64));
  const found = [...(await unless(chained, "chain")), ...(await unless(signed, "signature"))];
  for (const part of await namedParts(parts)) {
    const listed = manifest.parts.find((one) => one.name === part.name);
    if (listed?.sha256 !== part.sha256 || listed.length !== part.length) found.push(`parts.${part.name}`);
  }
  return found;
}

/** The fingerprint of the organisation that a package says is its maker. @param {Uint8Array} content */
export async function signer(content) {
  return fingerprint(b64uDecode(parsePackage(content).chain[0]?.signing_key, "signing_key", 32));
}

/** @param {Manifest} manifest */
function messageOf(manifest) {
  const portalId = b64uDecode(manifest.portal_id, "portal_id", 16);
  return evidenceMessage({ portalId, slug: manifest.organisation, manifest: canonicalJson(manifest, "manifest") });
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
