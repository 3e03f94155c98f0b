// The opened keyring between two documents of one tab: sealed under two halves, of which the server holds one.
// Signing out, the end of the session or the closing of the tab makes what lies here unreadable.

import { randomBytes } from "../../crypto/encoding.js";
import { seen } from "../../crypto/keyring.js";
import { openTab, sealTab } from "../../crypto/tab.js";
import { b64uDecode, b64uEncode, canonicalJson, parseCanonical } from "../../domain/wire.js";

const TAB = "onestop.tab";
const SEEN = "onestop.seq";
/** Where the queue keeps sealed summaries: they go when the ring goes. */
export const SUMMARIES = "onestop.summaries";

/** Where the queue keeps sealed lists of regulators and the police: likewise. */
export const LISTS = "onestop.lists";

/**
 * @typedef {import('../../crypto/keyring.js').Seen} Seen
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
  const now = await seen(content.ring);
  if (now.seq >= (seenBefore(content)?.seq ?? 1)) sessionStorage.setItem(seenKey(content), JSON.stringify(now));
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

/** Leave nothing of the ring in this tab. What was seen of it stays: it is no secret, and guards against old rings. */
export function forget() {
  sessionStorage.removeItem(TAB);
  sessionStorage.removeItem(SUMMARIES);
  sessionStorage.removeItem(LISTS);
}

/** What lists there are has changed: the next page has them handed out anew. */
export function forgetLists() {
  sessionStorage.removeItem(LISTS);
}

/**
 * What this tab has seen of the newest ring that it believed: it accepts none that is older, or of another line.
 * @param {{portal_id: string, slug: string}} whose
 * @returns {Seen|null}
 */
export function seenBefore(whose) {
  const kept = sessionStorage.getItem(seenKey(whose));
  return kept ? JSON.parse(kept) : null;
}

/**
 * @param {{portal_id: string, slug: string}} whose
 * @returns {string}
 */
function seenKey({ portal_id, slug }) {
  return `${SEEN}.${portal_id}.${slug}`;
}
