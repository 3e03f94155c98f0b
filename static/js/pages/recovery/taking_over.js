/** Recovery from the words on paper: proving that one holds them, opening the ring, and making all keys anew. */

import { sealKeyring, sealRecovery } from "../../crypto/envelope.js";
import { signEntry } from "../../crypto/epoch_chain.js";
import { checkRing, newEpoch, nextRing } from "../../crypto/keyring.js";
import { openRecovery, openRecoveryProof } from "../../crypto/opening.js";
import { fromSeed } from "../../crypto/recipient_key.js";
import { keyringJson, parseKeyring } from "../../domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { makeAccount } from "../invitation/ceremony.js";
import { dayOf } from "../referral/korean_day.js";
import { ask } from "../session/request.js";
import { ownEntry } from "../session/trusted_ring.js";

/**
 * @typedef {import("../../crypto/recipient_key.js").KeyPair} KeyPair
 * @typedef {import("../../domain/keyring_content.js").Keyring} Keyring
 * @typedef {{root: string, slug: string, seed: Uint8Array, portalId: Uint8Array, ring: Keyring,
 *   organisation: import("../../crypto/epoch_chain.js").Organisation}} Opened
 */

/** These are words of a recovery sheet, but not of the newest sheet of this organisation. */
export class OtherSheet extends Error {
  constructor() {
    super("other_sheet");
    this.name = "OtherSheet";
  }
}

/** The ring that the portal kept for these words is not what the organisation's keys vouch for. */
export class RingDoubted extends Error {
  constructor() {
    super("ring_doubted");
    this.name = "RingDoubted";
  }
}

/**
 * Prove that one holds the recovery key, and open the organisation's ring with it.
 * @param {{root: string, slug: string, seed: Uint8Array}} whose
 * @returns {Promise<Opened>}
 * @throws {OtherSheet|RingDoubted|import("../session/request.js").Problem|import("../session/request.js").Offline}
 */
export async function openWithWords({ root, slug, seed }) {
  const { portalId, seq: begun, pending, proof } = await proved({ root, slug, seed });
  const { seq, sealed } = await sent(`${root}/recovery/open`, { pending, proof });
  const directory = await ask(`${root}/api/v1/directory`);
  try {
    const organisation = await ownEntry(directory, { portal_id: b64uEncode(portalId), slug });
    const copy = b64uDecode(sealed, "sealed");
    const ring = parseKeyring(await openRecovery({ seed, portalId, slug, seq, sealed: copy }));
    const { kid } = await fromSeed(seed);
    if (seq !== begun || ring.seq !== seq || ring.recovery_kid !== b64uEncode(kid)) throw new RingDoubted();
    if (ring.epochs.at(-1)?.kid !== organisation.kid) throw new RingDoubted();
    const signingKey = b64uDecode(organisation.signing_key, "signing_key", 32);
    await checkRing({ ring, portalId, slug, signingKey });
    return { root, slug, seed, portalId, ring, organisation };
  } catch {
    throw new RingDoubted();
  }
}

/**
 * Make an account, an epoch signed by the key before it, and a ring for that account and for new words. Sends nothing.
 * @param {Opened} opened
 * @param {{login: string, passphrase: string, recovery: KeyPair, onProgress?: (share: number) => void}} wanted
 * @returns {Promise<object>} all of the last request but the proof
 */
export async function makeAnew({ portalId, slug, ring, organisation }, { login, passphrase, recovery, onProgress }) {
  const whose = { portalId, slug };
  const { pair, account } = await makeAccount({ ...whose, login, passphrase, ...(onProgress && { onProgress }) });
  const epoch = await newEpoch();
  const keys = await fromSeed(b64uDecode(epoch.seed, "seed", 32));
  const entry = await signEntry({
    ...whose,
    index: organisation.chain.length,
    signingKey: b64uDecode(epoch.signing_key, "signing_key", 32),
    kid: keys.kid,
    signerSeed: b64uDecode(ring.epochs.at(-1)?.signing_seed, "signing_seed", 32),
  });
  const members = [{ kid: b64uEncode(pair.kid), role: "lead" }];
  const retiredOn = dayOf(new Date());
  const following = await nextRing({ portalId, ring, members, recoveryKid: recovery.kid, epoch, retiredOn });
  const place = { ...whose, seq: following.seq, keyring: keyringJson(following) };
  const copy = await sealKeyring({ ...place, publicKey: pair.publicKey, caseworkerKid: pair.kid });
  const kept = await sealRecovery({ ...place, publicKey: recovery.publicKey });
  return {
    ...account,
    epoch: { public_key: b64uEncode(keys.publicKey), signing_key: entry.signing_key, signature: entry.signature },
    ring: {
      seq: following.seq,
      copies: [{ kid: b64uEncode(pair.kid), sealed: b64uEncode(copy) }],
      recovery: {
        kid: b64uEncode(recovery.kid),
        public_key: b64uEncode(recovery.publicKey),
        sealed: b64uEncode(kept),
      },
    },
  };
}

/**
 * Send what was made, with a fresh proof. The same again is answered as the first time, so it may be tried again.
 * @param {Opened} opened
 * @param {object} made
 * @returns {Promise<{login: string, slug: string, kid: string}>}
 */
export async function end(opened, made) {
  const { pending, proof } = await proved(opened).catch((error) => {
    if (!(error instanceof OtherSheet)) throw error;
    // The answer to the first try was lost: the old words prove nothing any more, and the portal knows what it took.
    const nothing = b64uEncode(new Uint8Array(32));
    return { pending: nothing, proof: nothing };
  });
  return sent(`${opened.root}/recovery/ending`, { pending, proof, ...made });
}

/**
 * @param {{root: string, slug: string, seed: Uint8Array}} whose
 * @returns {Promise<{pending: string, proof: string, portalId: Uint8Array, seq: number}>}
 */
async function proved({ root, slug, seed }) {
  const begun = await sent(`${root}/recovery/begin`, { slug });
  const { kid } = await fromSeed(seed);
  if (begun.slug !== slug || begun.recovery_kid !== b64uEncode(kid)) throw new OtherSheet();
  const portalId = b64uDecode(begun.portal_id, "portal_id", 16);
  const sealed = b64uDecode(begun.challenge, "challenge");
  const secret = await openRecoveryProof({ seed, portalId, slug, seq: begun.seq, sealed }).catch(() => {
    throw new RingDoubted();
  });
  return { pending: begun.pending, proof: b64uEncode(secret), portalId, seq: begun.seq };
}

/** @param {string} address @param {object} content @returns {Promise<any>} */
function sent(address, content) {
  return ask(address, { method: "POST", body: JSON.stringify(content) });
}
