// Changing the ring: the newest one fetched and believed, the change made on top of it, and again where somebody was first.

import { ask, Offline, Problem } from "../session/request.js";
import { ownEntry } from "../session/trusted_ring.js";
import { Doubted } from "./doubted.js";
import { makeNextRing } from "./next_ring.js";

/**
 * @typedef {import('../session.js').Session} Session
 * @typedef {import('../../domain/keyring_content.js').Keyring} Keyring
 * @typedef {import('../../domain/keyring_content.js').Member} Member
 * @typedef {import('../../crypto/recipient_key.js').KeyPair} KeyPair
 * @typedef {{kid: string, public_key: string, login: string, role: string, state: "member"|"waits"|"left",
 *   fingerprint: string, joined_at: string, left_at: string|null}} Person as the portal lists them
 * @typedef {{people: Person[], ring: {seq: number, stored_at: string, recovery_key: string|null}, gone: string[],
 *   kit_needed: boolean, fingerprint: string}} Standing
 * @typedef {{confirmed?: {kid: string, public_key: string, login: string, role: string}, roles?: Map<string, string>,
 *   without?: string[], fresh?: boolean, recovery?: KeyPair|null, dropped?: string[]}} Change `confirmed`: whose
 *   fingerprint a person just compared; `roles`: new roles by kid; `without`: kids of those who left
 */

/** The person at the keyboard did not want to go on. Nothing was changed. */
export class Stopped extends Error {
  constructor() {
    super("stopped");
    this.name = "Stopped";
  }
}

const TRIES = 4;
const SAME_BYTES = 3;

/**
 * Make a change of the ring and take the new one for this tab's own.
 * @param {Session} session
 * @param {Change} change
 * @returns {Promise<Keyring>}
 * @throws {Doubted|Stopped|Problem|Offline|import('../session/trusted_ring.js').RingRefused}
 */
export async function changeRing(session, change) {
  for (let tries = 1; ; tries += 1) {
    await opened(session);
    const { slug } = session.caseworker;
    const portal_id = session.answer?.portal_id ?? "";
    const organisation = await ownEntry(await ask(`${session.root}/api/v1/directory`), { portal_id, slug });
    const standing = await ask(`${session.root}/people/standing`);
    const known = { portalId: session.portalId, ring: /** @type {Keyring} */ (session.ring), organisation };
    if (known.ring.epochs.at(-1)?.kid !== organisation.kid) {
      await newest(session);
      if (tries < TRIES) continue;
      throw new Doubted("gone");
    }
    const next = await makeNextRing(known, wantedOf(known.ring, standing, change));
    try {
      await sent(session, next.body);
    } catch (error) {
      const first = error instanceof Problem && error.code === "ring_changed";
      if (!first || tries >= TRIES) throw error;
      await newest(session);
      continue;
    }
    await session.adopt(next.ring);
    return next.ring;
  }
}

/**
 * The change on top of a ring. What the portal says about members is held against the ring; roles come from the ring alone.
 * @param {Keyring} ring
 * @param {Standing} standing
 * @param {Change} change
 */
export function wantedOf(ring, standing, { confirmed, roles = new Map(), without = [], recovery = null, ...rest }) {
  const listed = new Map(standing.people.map((person) => [person.kid, person]));
  const stay = ring.members.filter(({ kid }) => !without.includes(kid) && kid !== confirmed?.kid);
  for (const { kid } of stay) {
    const person = listed.get(kid);
    if (!person) throw new Doubted("missing", { kid });
    if (person.state === "left") throw new Doubted("gone", { kid, login: person.login });
  }
  const inRing = new Set(ring.members.map(({ kid }) => kid));
  const stranger = standing.people.find(({ kid, state }) => state === "member" && !inRing.has(kid));
  if (stranger) throw new Doubted("stranger", stranger);
  const members = stay.map(({ kid, role }) => ({ kid, role: roles.get(kid) ?? role }));
  const keys = new Map(standing.people.map((person) => [person.kid, person.public_key]));
  if (confirmed) {
    if (listed.get(confirmed.kid)?.public_key !== confirmed.public_key) throw new Doubted("swapped", confirmed);
    members.push({ kid: confirmed.kid, role: confirmed.role });
    keys.set(confirmed.kid, confirmed.public_key);
  }
  return { members, keys, recoveryKey: standing.ring.recovery_key, recovery, ...rest };
}

/**
 * @param {Session} session
 * @param {object} body the same bytes each time: an answer that got lost changes nothing twice
 */
async function sent(session, body) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await session.post("/keyring", body);
    } catch (error) {
      if (!(error instanceof Offline) || tries >= SAME_BYTES) throw error;
    }
  }
}

/** Fetch the newest ring; it is opened with the passphrase, and believed or refused as any other. @param {Session} session */
async function newest(session) {
  await session.resume();
  await opened(session);
}

/** @param {Session} session */
async function opened(session) {
  if (!session.ring && !(await session.revive("locked"))) throw new Stopped();
}
