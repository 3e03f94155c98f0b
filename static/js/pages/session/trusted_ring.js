// The organisation's keyring as the portal handed it out: opened, and believed only where everything about it agrees.

import { endedOn, verifyDirectory } from "../../crypto/epoch_chain.js";
import { checkAgainstChain } from "../../crypto/keyring.js";
import { openKeyring } from "../../crypto/opening.js";
import { parseKeyring } from "../../domain/keyring_content.js";
import { b64uDecode } from "../../domain/wire.js";
import { FormatError } from "../../errors.js";
import { seenBefore } from "./stored_tab.js";

/**
 * @typedef {import('../../domain/keyring_content.js').Keyring} Keyring
 * @typedef {import('../../crypto/epoch_chain.js').Organisation} Organisation
 * @typedef {"invented"|"old"|"keys"|"line"|"members"|"directory"|"anew"} Why
 */

/** What a field of a FormatError says about a ring. @type {Record<string, Why>} */
const WHY = {
  "keyring.seq": "old",
  "keyring.epochs": "keys",
  "keyring.chain": "line",
  "keyring.prev": "line",
  "keyring.members": "members",
};

/** The ring is not the organisation's own, or is older than one already seen: nothing is opened or sealed with it. */
export class RingRefused extends Error {
  /** @param {Why} [why] */
  constructor(why = "invented") {
    super("ring_refused");
    this.name = "RingRefused";
    this.why = why;
  }
}

/**
 * The own organisation's entry in the directory, whose chain was verified from its first key on.
 * @param {any} directory as served
 * @param {{portal_id: string, slug: string}} whose
 * @returns {Promise<Organisation>}
 * @throws {RingRefused}
 */
export async function ownEntry(directory, { portal_id, slug }) {
  const verified = await verifyDirectory(directory).catch(() => null);
  const own = verified?.organisations.find((organisation) => organisation.slug === slug);
  if (!own || verified?.portal_id !== portal_id) throw new RingRefused("directory");
  return own;
}

/**
 * Open a copy of the ring and hold it against its own signature, the directory's chain and what this tab has seen before.
 * @param {{keyring: {seq: number, sealed: string}, portal_id: string, seed: Uint8Array, directory: any,
 *   whose: {portalId: Uint8Array, slug: string, kid: Uint8Array}}} sealed
 * @returns {Promise<Keyring>}
 * @throws {RingRefused}
 */
export async function trustedRing({ keyring: { seq, sealed }, portal_id, seed, directory, whose }) {
  const { portalId, slug, kid } = whose;
  const own = await ownEntry(directory, { portal_id, slug });
  try {
    const copy = b64uDecode(sealed, "keyring.sealed");
    const ring = parseKeyring(await openKeyring({ seed, portalId, slug, caseworkerKid: kid, seq, sealed: copy }));
    if (ring.seq !== seq) throw new RingRefused();
    const before = seenBefore({ portal_id, slug });
    // A chain that broke is named as what it is; the ring that came of it is not taken for the one that went before.
    if (before && endedOn({ organisation: own, name: before.kid })) throw new RingRefused("anew");
    await checkAgainstChain({ ring, portalId, slug, chain: own.chain, caseworkerKid: kid, before });
    return ring;
  } catch (error) {
    if (error instanceof FormatError) throw new RingRefused(WHY[error.field]);
    throw error instanceof RingRefused ? error : new RingRefused();
  }
}
