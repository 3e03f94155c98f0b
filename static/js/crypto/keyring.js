/**
 * Making and checking an organisation's keyring: signed, numbered, chained. Twin of `app/crypto/keyring.py`; both replay
 * `tests/vectors/keyring.json`. `core` is what is signed: the ring without its signature and with every seed null, so
 * that one signature holds for every copy and a ring that somebody invented, cut or swapped is detected.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {import("../domain/keyring_content.js").Keyring} Keyring
 * @typedef {import("../domain/keyring_content.js").Epoch} Epoch
 * @typedef {import("../domain/keyring_content.js").Member} Member
 */

import { checkKeyring, withoutSeeds } from "../domain/keyring_content.js";
import { b64uDecode, b64uEncode, canonicalJson } from "../domain/wire.js";
import { FormatError } from "../errors.js";
import { context, randomBytes, sha256 } from "./encoding.js";
import { fromSeed } from "./recipient_key.js";
import { checkSignature, sign, signingKeyOf } from "./signing.js";

/**
 * The keys of a new epoch, all fresh; only vectors ever set them.
 * @param {{seed?: Uint8Array, signingSeed?: Uint8Array, summaryKey?: Uint8Array}} [keys] @returns {Promise<Epoch>}
 */
export async function newEpoch({
  seed = randomBytes(32),
  signingSeed = randomBytes(32),
  summaryKey = randomBytes(32),
} = {}) {
  return {
    kid: b64uEncode((await fromSeed(seed)).kid),
    seed: b64uEncode(seed),
    summary_key: b64uEncode(summaryKey),
    signing_key: b64uEncode(await signingKeyOf(signingSeed)),
    signing_seed: b64uEncode(signingSeed),
    retired_on: null,
  };
}

/** The bytes that the signature of a ring is over. @param {Keyring} ring @returns {Bytes} */
export function core(ring) {
  const { signature: _, ...bare } = withoutSeeds(checkKeyring(ring));
  return canonicalJson(bare);
}

/** The core, bound to portal and organisation. @param {Keyring} ring @param {Uint8Array} portalId */
export function signedMessage(ring, portalId) {
  return context("keyring", portalId, ring.organisation, core(ring));
}

/** @param {Omit<Keyring, "signature">} bare @param {Uint8Array} portalId @param {Epoch|undefined} signer */
async function signed(bare, portalId, signer) {
  if (!signer?.signing_seed) throw new FormatError("signing_seed");
  /** @type {Keyring} */
  const ring = { ...bare, signature: b64uEncode(new Uint8Array(64)) };
  const signature = await sign(b64uDecode(signer.signing_seed, "signing_seed", 32), signedMessage(ring, portalId));
  return { ...ring, signature: b64uEncode(signature) };
}

/**
 * Makes and signs an organisation's first ring; its own newest signing key signs it.
 * @param {{portalId: Uint8Array, slug: string, recoveryKid: Uint8Array, members: Member[], epoch: Epoch}} parts
 * @returns {Promise<Keyring>}
 */
export async function firstRing({ portalId, slug, recoveryKid, members, epoch }) {
  const recovery_kid = b64uEncode(recoveryKid);
  return signed(
    { v: 1, organisation: slug, seq: 1, prev: null, recovery_kid, members, epochs: [epoch] },
    portalId,
    epoch,
  );
}

/**
 * Makes and signs the ring after `ring`: `seq` one higher, `prev` its hash, signed by its newest signing key. A new
 * `epoch` retires the old one on `retiredOn`; `dropped` names epochs (kid as b64u) without living letters.
 * @param {{portalId: Uint8Array, ring: Keyring, members?: Member[], recoveryKid?: Uint8Array, epoch?: Epoch,
 *   retiredOn?: string, dropped?: string[]}} parts
 * @returns {Promise<Keyring>}
 */
export async function nextRing({ portalId, ring, members, recoveryKid, epoch, retiredOn, dropped = [] }) {
  const kept = ring.epochs.filter(({ kid }) => !dropped.includes(kid));
  const ended = kept.map((old) => ({ ...old, retired_on: old.retired_on ?? retiredOn ?? null }));
  /** @type {Omit<Keyring, "signature">} */
  const following = {
    v: 1,
    organisation: ring.organisation,
    seq: ring.seq + 1,
    prev: b64uEncode(await sha256(core(ring))),
    recovery_kid: recoveryKid ? b64uEncode(recoveryKid) : ring.recovery_kid,
    members: members ?? ring.members,
    epochs: epoch ? [...ended, epoch] : kept,
  };
  return signed(following, portalId, ring.epochs.at(-1));
}

/**
 * Passes when the ring is this organisation's, signed by `signingKey`, and its seeds yield what it names. `signingKey`
 * is the newest one of the ring before (of this ring, for the first).
 * @param {{ring: Keyring, portalId: Uint8Array, slug: string, signingKey: Uint8Array}} parts
 */
export async function checkRing({ ring, portalId, slug, signingKey }) {
  if (ring.organisation !== slug) throw new FormatError("keyring.organisation");
  await checkSignature(signingKey, signedMessage(ring, portalId), b64uDecode(ring.signature, "signature", 64));
  for (const epoch of ring.epochs) await checkSeeds(epoch);
}

/**
 * Passes when `ring` comes right after `before`: number, hash of its core, signature.
 * @param {{ring: Keyring, before: Keyring, portalId: Uint8Array}} parts
 */
export async function checkFollowing({ ring, before, portalId }) {
  const prev = b64uEncode(await sha256(core(before)));
  if (ring.seq !== before.seq + 1 || ring.prev !== prev) throw new FormatError("keyring.prev");
  const signingKey = b64uDecode(before.epochs.at(-1)?.signing_key, "signing_key", 32);
  await checkRing({ ring, portalId, slug: before.organisation, signingKey });
}

/**
 * Passes when the ring agrees with a verified chain of the directory: its newest epoch is the one in force there, and it
 * was signed by that epoch's key or by the one before (whose ring brought the newest epoch in). For a browser that holds
 * no earlier ring. Also refuses a ring older than one already seen, and one that does not name this caseworker.
 * @param {{ring: Keyring, portalId: Uint8Array, slug: string, chain: import("./epoch_chain.js").ChainEntry[],
 *   caseworkerKid: Uint8Array, leastSeq?: number}} parts
 */
export async function checkAgainstChain({ ring, portalId, slug, chain, caseworkerKid, leastSeq = 1 }) {
  const [inForce, before] = [chain.at(-1), chain.at(-2)];
  const newest = ring.epochs.at(-1);
  if (!inForce || newest?.kid !== inForce.kid || newest.signing_key !== inForce.signing_key) {
    throw new FormatError("keyring.epochs");
  }
  if (ring.seq < leastSeq) throw new FormatError("keyring.seq");
  if (!ring.members.some(({ kid }) => kid === b64uEncode(caseworkerKid))) throw new FormatError("keyring.members");
  const signingKey = b64uDecode(inForce.signing_key, "signing_key", 32);
  try {
    await checkRing({ ring, portalId, slug, signingKey });
  } catch (error) {
    if (!(error instanceof FormatError) || error.field !== "signature" || !before) throw error;
    await checkRing({ ring, portalId, slug, signingKey: b64uDecode(before.signing_key, "signing_key", 32) });
  }
}

/**
 * The keys of one epoch as bytes; throws FormatError where the ring has no such epoch.
 * @param {Keyring} ring @param {string} kid as b64u
 */
export function epochOf(ring, kid) {
  const epoch = ring.epochs.find((one) => one.kid === kid);
  if (!epoch) throw new FormatError("keyring.epochs");
  return {
    kid: b64uDecode(epoch.kid, "kid", 16),
    seed: epoch.seed === null ? null : b64uDecode(epoch.seed, "seed", 32),
    summaryKey: b64uDecode(epoch.summary_key, "summary_key", 32),
    signingKey: b64uDecode(epoch.signing_key, "signing_key", 32),
    signingSeed: epoch.signing_seed === null ? null : b64uDecode(epoch.signing_seed, "signing_seed", 32),
    retiredOn: epoch.retired_on,
  };
}

/** @param {Epoch} epoch */
async function checkSeeds(epoch) {
  if (epoch.seed === null || epoch.signing_seed === null) return;
  const { kid } = await fromSeed(b64uDecode(epoch.seed, "seed", 32));
  if (b64uEncode(kid) !== epoch.kid) throw new FormatError("keyring.epochs.seed");
  const signingKey = await signingKeyOf(b64uDecode(epoch.signing_seed, "signing_seed", 32));
  if (b64uEncode(signingKey) !== epoch.signing_key) throw new FormatError("keyring.epochs.signing_seed");
}
