// The opened keyring between two documents of one tab: sealed under two halves, of which the server holds one.
// Signing out, the end of the session or the closing of the tab makes what lies here unreadable.

import { randomBytes } from "../../crypto/encoding.js";
import { openTab, sealTab } from "../../crypto/tab.js";
import { b64uDecode, b64uEncode, canonicalJson, parseCanonical } from "../../domain/wire.js";

const TAB = "onestop.tab";
const SEEN = "onestop.seq";

/**
 * @typedef {{v: 1, portal_id: string, login: string, slug: string, kid: string, seq: number, ring: any}} TabContent
 */

/**
 * Keep the opened ring for the next document of this tab.
 * @param {TabContent} content
 * @param {Uint8Array} sessionHalf
 * @returns {Promise<void>}
 */
export async function keep(content, sessionHalf) {
  const localHalf = randomBytes(32);
  const sealed = await sealTab({ localHalf, sessionHalf, content: canonicalJson(content) });
  sessionStorage.setItem(TAB, `${b64uEncode(localHalf)}.${b64uEncode(sealed)}`);
  sessionStorage.setItem(seenKey(content), String(Math.max(content.seq, leastSeq(content))));
}

/**
 * Open what the last document of this tab kept; null when there is nothing, or nothing that this session opens.
 * @param {Uint8Array} sessionHalf
 * @returns {Promise<TabContent|null>}
 */
export async function kept(sessionHalf) {
  const [local, sealed] = (sessionStorage.getItem(TAB) ?? "").split(".");
  if (!local || !sealed) return null;
  try {
    const content = await openTab({ localHalf: b64uDecode(local), sessionHalf, sealed: b64uDecode(sealed) });
    return /** @type {TabContent} */ (parseCanonical(content));
  } catch {
    forget();
    return null;
  }
}

/** Leave nothing of the ring in this tab. The highest `seq` seen stays: it is no secret, and guards against old rings. */
export function forget() {
  sessionStorage.removeItem(TAB);
}

/**
 * The lowest `seq` that this tab still accepts from the server.
 * @param {{portal_id: string, slug: string}} whose
 * @returns {number}
 */
export function leastSeq(whose) {
  return Number(sessionStorage.getItem(seenKey(whose)) ?? 1);
}

/**
 * @param {{portal_id: string, slug: string}} whose
 * @returns {string}
 */
function seenKey({ portal_id, slug }) {
  return `${SEEN}.${portal_id}.${slug}`;
}
