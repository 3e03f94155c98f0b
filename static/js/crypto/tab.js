/**
 * What an opened keyring lies under in sessionStorage between the documents of one tab. Half of the key stays in the tab,
 * half comes with the session and is deleted with it, so a tab that outlives its session holds nothing readable.
 * Only browsers have tabs: this has no twin.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{localHalf: Uint8Array, sessionHalf: Uint8Array}} Halves 32 bytes each
 */

import { concat, context, exactly, hkdf } from "./encoding.js";
import { sealSmall } from "./small.js";
import { openSmall } from "./small_opening.js";

/** @param {Halves} halves */
function tabKey({ localHalf, sessionHalf }) {
  return hkdf(concat(exactly(localHalf, 32, "local_half"), exactly(sessionHalf, 32, "session_half")), "tab");
}

/**
 * Seals what the tab keeps.
 * @param {Halves & {content: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealTab({ content, ...halves }) {
  return sealSmall({ key: await tabKey(halves), aad: context("tab"), padded: content });
}

/**
 * Opens what the tab kept.
 * @param {Halves & {sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openTab({ sealed, ...halves }) {
  return openSmall({ key: await tabKey(halves), aad: context("tab"), sealed });
}
