// New keys on schedule or on demand: an epoch signed by the key before it, and a ring for everybody who is in already.

import { sealKeyring, sealRecovery } from "../../crypto/envelope.js";
import { signEntry } from "../../crypto/epoch_chain.js";
import { newEpoch, nextRing } from "../../crypto/keyring.js";
import { fromSeed, kidOf } from "../../crypto/recipient_key.js";
import { keyringJson, withoutSeeds } from "../../domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { dayOf } from "../referral/korean_day.js";
import { ask, isPassing } from "../session/request.js";
import { ownEntry, RingRefused } from "../session/trusted_ring.js";

/**
 * @typedef {import("../session.js").Session} Session
 * @typedef {import("../../domain/keyring_content.js").Keyring} Keyring
 * @typedef {import("../../domain/keyring_content.js").Member} Member
 * @typedef {{kid: string, public_key: string, state: string}} Person
 */

const TRIES = 4;
const PAUSE = 1500;

/** A lead has left: the recovery words have to be new as well, and the page of the people makes both. */
export class WordsNeeded extends Error {
  constructor() {
    super("words_needed");
    this.name = "WordsNeeded";
  }
}

/**
 * Put new keys in force for the members that there are; whoever left gets none. Afterwards the session has the new ring.
 * @param {Session} session with its ring open
 * @returns {Promise<void>}
 * @throws {WordsNeeded|RingRefused|import("../session/request.js").Problem|import("../session/request.js").Offline}
 */
export async function newKeys(session) {
  const standing = await ask(`${session.root}/people/standing`);
  if (standing.kit_needed) throw new WordsNeeded();
  const { unused } = await ask(`${session.root}/keys/unused`);
  const { body, following } = await made(session, standing, unused);
  await sentOnce(session, body);
  await session.resume();
  await session.adopt(following);
}

/**
 * @param {Session} session
 * @param {{people: Person[], ring: {recovery_key: string|null}}} standing
 * @param {string[]} unused
 * @returns {Promise<{body: object, following: Keyring}>}
 */
async function made(session, { people, ring: { recovery_key } }, unused) {
  const { ring, portalId } = session;
  const { slug } = session.caseworker;
  const living = new Map(people.filter(({ state }) => state === "member").map((one) => [one.kid, one]));
  /** @type {Member[]} */
  const members = ring.members.filter((/** @type {Member} */ { kid }) => living.has(kid));
  const recoveryKey = b64uDecode(recovery_key ?? "", "recovery_key", 1216);
  if (b64uEncode(await kidOf(recoveryKey)) !== ring.recovery_kid) throw new RingRefused();
  const { epoch, entry, publicKey } = await nextEpoch(session);
  const following = await nextRing({ portalId, ring, members, epoch, retiredOn: dayOf(new Date()), dropped: unused });
  const place = { portalId, slug, seq: following.seq };
  const copies = [];
  for (const { kid, role } of members) {
    if (role === "auditor") continue;
    const keyring = keyringJson(role === "viewer" ? withoutSeeds(following) : following);
    // Only to a key whose name is in the ring that was opened here: what else the portal says of it does not matter.
    const memberKey = b64uDecode(living.get(kid)?.public_key, "public_key", 1216);
    const caseworkerKid = b64uDecode(kid, "kid", 16);
    const sealed = await sealKeyring({ ...place, publicKey: memberKey, caseworkerKid, keyring });
    copies.push({ kid, sealed: b64uEncode(sealed) });
  }
  const kept = await sealRecovery({ ...place, publicKey: recoveryKey, keyring: keyringJson(following) });
  const recovery = { kid: ring.recovery_kid, public_key: recovery_key, sealed: b64uEncode(kept) };
  const keys = { public_key: b64uEncode(publicKey), signing_key: entry.signing_key, signature: entry.signature };
  return { body: { seq: following.seq, copies, recovery, epoch: keys, roles: members }, following };
}

/**
 * An epoch with its entry in the chain, signed by the key that is in force in this ring and in the directory alike.
 * @param {Session} session
 */
async function nextEpoch({ root, ring, portalId, caseworker: { slug } }) {
  const directory = await ask(`${root}/api/v1/directory`);
  const { chain } = await ownEntry(directory, { portal_id: b64uEncode(portalId), slug });
  const before = ring.epochs.at(-1);
  if (chain.at(-1)?.kid !== before.kid) throw new RingRefused("keys");
  const epoch = await newEpoch();
  const { publicKey, kid } = await fromSeed(b64uDecode(epoch.seed, "seed", 32));
  const entry = await signEntry({
    portalId,
    slug,
    index: chain.length,
    signingKey: b64uDecode(epoch.signing_key, "signing_key", 32),
    kid,
    signerSeed: b64uDecode(before.signing_seed, "signing_seed", 32),
  });
  return { epoch, entry, publicKey };
}

/**
 * The same ring again is answered as the first time, so a bad line costs nothing but time.
 * @param {Session} session
 * @param {object} body
 */
async function sentOnce(session, body) {
  for (let left = TRIES; ; left -= 1) {
    try {
      await session.post("/keyring", body);
      return;
    } catch (error) {
      if (!isPassing(error) || left <= 1) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, PAUSE);
      });
    }
  }
}
