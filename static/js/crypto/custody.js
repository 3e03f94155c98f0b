/**
 * What the custody ledger records about a letter, without telling the ledger which letter. Twin of
 * `app/crypto/custody.py`; both replay `tests/vectors/custody.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { context, hmacSha256, sha256 } from "./encoding.js";

/**
 * The 32 bytes that prove later, to whoever holds the log key, that these very bytes were received.
 * @param {{logKey: Uint8Array, portalId: Uint8Array, reportId: Uint8Array, kid: Uint8Array, sealed: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function leaf({ logKey, portalId, reportId, kid, sealed }) {
  return hmacSha256(logKey, context("received", portalId, reportId, kid, await sha256(sealed)));
}
