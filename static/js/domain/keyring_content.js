/**
 * What an organisation's people share, as JSON with every field in this order. Twin of `app/domain/keyring_content.py`;
 * both replay `tests/vectors/keyring_content.json`. The signature and what it is over are `crypto/keyring.js`'s.
 *
 * @typedef {import("./wire.js").Bytes} Bytes
 * @typedef {{kid: string, role: string}} Member
 * @typedef {{kid: string, seed: string|null, summary_key: string, signing_key: string, signing_seed: string|null,
 *   retired_on: string|null}} Epoch seeds are null in the copy of a viewer, `retired_on` while it is in force
 * @typedef {{v: 1, organisation: string, seq: number, prev: string|null, recovery_kid: string, members: Member[],
 *   epochs: Epoch[], signature: string}} Keyring epochs oldest first, the last one in force
 */

import { FormatError } from "../errors.js";
import { day } from "./letter.js";
import { ROLES } from "./vocabulary.js";
import * as wire from "./wire.js";

export const OPENING_ROLES = ["lead", "caseworker"];
export const MEMBERS_MOST = 200;
export const EPOCHS_MOST = 40;

const KEYRING = {
  v: wire.versionOne,
  organisation: wire.slug,
  seq: wire.integer(1, wire.MAX_INTEGER),
  prev: wire.nullable(wire.b64uText(32)),
  recovery_kid: wire.b64uText(16),
  members: wire.listOf(
    wire.record({ kid: wire.b64uText(16), role: wire.oneOf(ROLES) }),
    MEMBERS_MOST,
    1,
    (member) => member.kid,
  ),
  epochs: wire.listOf(
    wire.record({
      kid: wire.b64uText(16),
      seed: wire.nullable(wire.b64uText(32)),
      summary_key: wire.b64uText(32),
      signing_key: wire.b64uText(32),
      signing_seed: wire.nullable(wire.b64uText(32)),
      retired_on: wire.nullable(day),
    }),
    EPOCHS_MOST,
    1,
    (epoch) => epoch.kid,
  ),
  signature: wire.b64uText(64),
};

/**
 * A ring that is already an object. The first ring and no other has no predecessor; the last epoch and no other is in
 * force; seeds go in pairs, for all epochs or for none.
 * @param {unknown} value @returns {Keyring}
 */
export function checkKeyring(value) {
  /** @type {Keyring} */
  const ring = wire.fields(value, KEYRING, "keyring");
  if ((ring.seq === 1) !== (ring.prev === null)) throw new FormatError("keyring.prev");
  const last = ring.epochs.length - 1;
  if (ring.epochs.some((epoch, at) => (epoch.retired_on === null) !== (at === last))) {
    throw new FormatError("keyring.epochs");
  }
  const held = ring.epochs.flatMap((epoch) => [epoch.seed !== null, epoch.signing_seed !== null]);
  if (new Set(held).size !== 1) throw new FormatError("keyring.epochs");
  return ring;
}

/** Serialises a ring in the one way that `parseKeyring` accepts. @param {Keyring} ring @returns {Bytes} */
export function keyringJson(ring) {
  return wire.canonicalJson(checkKeyring(ring), "keyring");
}

/** Parses a ring after padding was removed. @param {Uint8Array} plaintext @returns {Keyring} */
export function parseKeyring(plaintext) {
  return wire.parseInOrder(plaintext, checkKeyring, "keyring");
}

/** The copy that somebody gets who opens no letters: the same ring, every seed null. @param {Keyring} ring @returns {Keyring} */
export function withoutSeeds(ring) {
  return { ...ring, epochs: ring.epochs.map((epoch) => ({ ...epoch, seed: null, signing_seed: null })) };
}

/**
 * What somebody with `role` gets of a ring: all of it, the ring without seeds (a viewer reads summaries, whose keys are no
 * seeds), or nothing (an auditor reads the access log).
 * @param {Keyring} ring @param {string} role @returns {Keyring|null}
 */
export function copyFor(ring, role) {
  if (!ROLES.includes(role)) throw new FormatError("keyring.members");
  if (OPENING_ROLES.includes(role)) return ring;
  return role === "viewer" ? withoutSeeds(ring) : null;
}
