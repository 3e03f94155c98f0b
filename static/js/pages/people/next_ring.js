// The next ring of an organisation, made in a lead's browser: members, roles and keys, sealed to each of those who are in.
// Sealed to nobody but who stands in the ring that this browser opened, or whose fingerprint a person just confirmed.

import { sealKeyring, sealRecovery } from "../../crypto/envelope.js";
import { signEntry } from "../../crypto/epoch_chain.js";
import { newEpoch, nextRing } from "../../crypto/keyring.js";
import { fromSeed, kidOf } from "../../crypto/recipient_key.js";
import { copyFor, keyringJson } from "../../domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { FormatError } from "../../errors.js";
import { dayOf } from "../referral/korean_day.js";
import { Doubted } from "./doubted.js";

/**
 * @typedef {import('../../domain/keyring_content.js').Keyring} Keyring
 * @typedef {import('../../domain/keyring_content.js').Member} Member
 * @typedef {import('../../domain/keyring_content.js').Epoch} Epoch
 * @typedef {import('../../crypto/epoch_chain.js').Organisation} Organisation
 * @typedef {{portalId: Uint8Array, ring: Keyring, organisation: Organisation}} Opened the ring that was opened, and the
 *   organisation's entry in the verified directory
 * @typedef {{members: Member[], keys: Map<string, string>, recoveryKey: string|null, recovery?: {kid: Uint8Array,
 *   publicKey: Uint8Array}|null, fresh?: boolean, dropped?: string[], now?: Date}} Wanted `keys`: public keys (b64u) by
 *   kid, as the portal lists them; `recovery`: a new kit, whose words are on paper
 */

/**
 * Make the ring after the opened one. Sends nothing.
 * @param {Opened} opened
 * @param {Wanted} wanted
 * @returns {Promise<{ring: Keyring, body: object}>} the ring with all its seeds, and the body of `POST /keyring`
 * @throws {Doubted} where a key that the portal gave is not the one that the ring names
 */
export async function makeNextRing({ portalId, ring: before, organisation }, wanted) {
  const { members, recovery, fresh = false, dropped = [], now = new Date() } = wanted;
  const { slug, chain } = organisation;
  const epoch = fresh ? await newEpoch() : undefined;
  const paper = recovery ?? (await recoveryOf(before, wanted.recoveryKey));
  const ring = await nextRing({
    portalId,
    ring: before,
    members,
    recoveryKid: paper.kid,
    dropped,
    ...(epoch && { epoch, retiredOn: dayOf(now) }),
  });
  const place = { portalId, slug, seq: ring.seq };
  const copies = [];
  for (const member of members) {
    const sealed = await sealedFor(member, ring, place, wanted.keys.get(member.kid));
    if (sealed) copies.push({ kid: member.kid, sealed: b64uEncode(sealed) });
  }
  const kept = await sealRecovery({ ...place, publicKey: paper.publicKey, keyring: keyringJson(ring) });
  const body = {
    seq: ring.seq,
    copies,
    recovery: { kid: b64uEncode(paper.kid), public_key: b64uEncode(paper.publicKey), sealed: b64uEncode(kept) },
    epoch: epoch ? await entryOf({ portalId, slug, index: chain.length, epoch, signer: before.epochs.at(-1) }) : null,
    roles: members,
  };
  return { ring, body };
}

/**
 * @param {Member} member
 * @param {Keyring} ring
 * @param {{portalId: Uint8Array, slug: string, seq: number}} place
 * @param {string|undefined} key as the portal gave it
 * @returns {Promise<Uint8Array|null>} null for a role that needs no copy
 */
async function sealedFor(member, ring, place, key) {
  const content = copyFor(ring, member.role);
  const caseworkerKid = b64uDecode(member.kid, "kid", 16);
  if (key === undefined) throw new Doubted("missing", { kid: member.kid });
  const publicKey = b64uDecode(key, "public_key", 1216);
  if (b64uEncode(await kidOf(publicKey)) !== member.kid) throw new Doubted("swapped", { kid: member.kid });
  if (!content) return null;
  return sealKeyring({ ...place, publicKey, caseworkerKid, keyring: keyringJson(content) });
}

/**
 * The recovery key that the ring names, as the portal gives it back.
 * @param {Keyring} ring
 * @param {string|null} key
 */
async function recoveryOf(ring, key) {
  if (key === null) throw new Doubted("recovery");
  const publicKey = b64uDecode(key, "recovery_key", 1216);
  const kid = await kidOf(publicKey);
  if (b64uEncode(kid) !== ring.recovery_kid) throw new Doubted("recovery");
  return { kid, publicKey };
}

/**
 * What comes into force with a ring: the new keys, vouched for by the key before.
 * @param {{portalId: Uint8Array, slug: string, index: number, epoch: Epoch, signer: Epoch|undefined}} parts
 */
async function entryOf({ portalId, slug, index, epoch, signer }) {
  if (!signer?.signing_seed) throw new FormatError("signing_seed");
  const keys = await fromSeed(b64uDecode(epoch.seed, "seed", 32));
  const signingKey = b64uDecode(epoch.signing_key, "signing_key", 32);
  const signerSeed = b64uDecode(signer.signing_seed, "signing_seed", 32);
  const entry = await signEntry({ portalId, slug, index, signingKey, kid: keys.kid, signerSeed });
  return { public_key: b64uEncode(keys.publicKey), signing_key: entry.signing_key, signature: entry.signature };
}
