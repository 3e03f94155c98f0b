/**
 * Making and checking an organisation's keyring: signed, numbered, chained. Twin of `app/crypto/keyring.py`; both replay
 * `tests/vectors/keyring.json`. `core` is what is signed: the ring without its signature and with every seed null, so
 * that one signature holds for every copy and a ring that somebody invented, cut or swapped is detected.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {import("../domain/keyring_content.js").Keyring} Keyring
 * @typedef {import("../domain/keyring_content.js").Epoch} Epoch
 * @typedef {import("../domain/keyring_content.js").Member} Member
 * @typedef {import("./epoch_chain.js").ChainEntry} ChainEntry
 * @typedef {{seq: number, core: string, kid: string}} Seen a ring's number, SHA-256 of its core, the kid in force
 */

import { checkKeyring, OPENING_ROLES, withoutSeeds } from "../domain/keyring_content.js";
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
 * Makes and signs the ring after `ring`: `seq` one higher, `prev` its hash, signed by its own newest signing key. A new
 * `epoch` retires the old one on `retiredOn`, and the directory's chain says that its key may follow; `dropped` names
 * epochs (kid as b64u) without living letters.
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
  return signed(following, portalId, following.epochs.at(-1));
}

/**
 * Passes when the ring is this organisation's, signed by its own newest key, and its seeds yield what it names.
 * `signingKey` is the key in force, from the verified chain of the directory, where the key before it vouches for it: so
 * nobody who holds only earlier keys makes a ring that passes.
 * @param {{ring: Keyring, portalId: Uint8Array, slug: string, signingKey: Uint8Array}} parts
 */
export async function checkRing({ ring, portalId, slug, signingKey }) {
  if (ring.organisation !== slug) throw new FormatError("keyring.organisation");
  if (ring.epochs.at(-1)?.signing_key !== b64uEncode(signingKey)) throw new FormatError("keyring.epochs");
  await checkSignature(signingKey, signedMessage(ring, portalId), b64uDecode(ring.signature, "signature", 64));
  for (const epoch of ring.epochs) await checkSeeds(epoch);
}

/**
 * Passes when `ring` comes right after `before`: number, hash of its core, epochs, signature. It has the epochs of the
 * ring before, unchanged or left, and at most one more: the next of the verified `chain`.
 * @param {{ring: Keyring, before: Keyring, portalId: Uint8Array, chain: ChainEntry[]}} parts
 */
export async function checkFollowing({ ring, before, portalId, chain }) {
  const prev = await hashOf(before);
  if (ring.seq !== before.seq + 1 || ring.prev !== prev) throw new FormatError("keyring.prev");
  const [newest, newestBefore] = [ring.epochs.at(-1), before.epochs.at(-1)];
  const known = new Map(before.epochs.map((epoch) => [epoch.kid, names(epoch)]));
  const kept = ring.epochs.slice(0, -1).every((epoch) => known.get(epoch.kid) === names(epoch));
  if (!kept || !newest || !newestBefore) throw new FormatError("keyring.epochs");
  const at = chain.findIndex((entry) => link(entry) === link(newestBefore));
  const next = at < 0 ? undefined : chain[at + 1];
  const vouched = known.has(newest.kid)
    ? names(newest) === names(newestBefore)
    : next !== undefined && link(next) === link(newest);
  if (!vouched) throw new FormatError("keyring.epochs");
  const signingKey = b64uDecode(newest.signing_key, "signing_key", 32);
  await checkRing({ ring, portalId, slug: before.organisation, signingKey });
}

/** What to remember of a ring that was believed. @param {Keyring} ring @returns {Promise<Seen>} */
export async function seen(ring) {
  return { seq: ring.seq, core: await hashOf(ring), kid: ring.epochs.at(-1)?.kid ?? "" };
}

/**
 * Passes when a ring, with no other beside it, agrees with the verified chain and with what was seen before: its epochs
 * stand in the chain in that order and end where it ends; its number has room for them; it names this caseworker, with
 * seeds where the role opens letters and without where it does not; the key in force signed it; and what was seen `before`
 * has not gone back or taken another way. The field of the FormatError says which of these failed.
 * @param {{ring: Keyring, portalId: Uint8Array, slug: string, chain: ChainEntry[], caseworkerKid: Uint8Array,
 *   before?: Seen|null}} parts
 */
export async function checkAgainstChain({ ring, portalId, slug, chain, caseworkerKid, before = null }) {
  const places = new Map(chain.map((entry, place) => [link(entry), place]));
  const found = ring.epochs.map((epoch) => places.get(link(epoch)) ?? -1);
  const inOrder = found.every((place, at) => place > (at ? (found[at - 1] ?? -1) : -1));
  const inForce = chain.at(-1);
  if (!inForce || !inOrder || found.at(-1) !== chain.length - 1) throw new FormatError("keyring.epochs");
  if (ring.seq < chain.length) throw new FormatError("keyring.seq");
  if (before) await checkSeen(ring, chain, before);
  const role = ring.members.find(({ kid }) => kid === b64uEncode(caseworkerKid))?.role;
  const opens = role !== undefined && OPENING_ROLES.includes(role);
  if (role === undefined || (ring.epochs.at(-1)?.seed !== null) !== opens) throw new FormatError("keyring.members");
  await checkRing({ ring, portalId, slug, signingKey: b64uDecode(inForce.signing_key, "signing_key", 32) });
}

/** @param {Keyring} ring @param {ChainEntry[]} chain @param {Seen} before */
async function checkSeen(ring, chain, before) {
  if (!chain.some(({ kid }) => kid === before.kid)) throw new FormatError("keyring.chain");
  if (ring.seq < before.seq) throw new FormatError("keyring.seq");
  const another = ring.seq === before.seq && (await hashOf(ring)) !== before.core;
  const otherWay = ring.seq === before.seq + 1 && ring.prev !== before.core;
  if (another || otherWay) throw new FormatError("keyring.prev");
}

/** @param {Keyring} ring */
async function hashOf(ring) {
  return b64uEncode(await sha256(core(ring)));
}

/** @param {{kid: string, signing_key: string}} entry */
const link = ({ kid, signing_key }) => `${kid} ${signing_key}`;

/** @param {Epoch} epoch */
const names = (epoch) => `${link(epoch)} ${epoch.summary_key}`;

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
