/**
 * Sealing to a public key: one HPKE message, everything that it is bound to in `info`. Twin of `app/crypto/envelope.py`;
 * both open each other's envelopes in `tests/vectors/envelope*.json`. Nothing here opens; the functions named `…Info`
 * are shared with `opening.js`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{portalId: Uint8Array, reportId: Uint8Array, kid: Uint8Array, sealedBy: string}} ReportPlace
 * @typedef {{portalId: Uint8Array, reportId: Uint8Array, kid: Uint8Array, originKid: Uint8Array}} ResealPlace
 * @typedef {{portalId: Uint8Array, reportId: Uint8Array, kid: Uint8Array, referralId: Uint8Array, referrer: string}} ReferralPlace
 * @typedef {{portalId: Uint8Array, slug: string, caseworkerKid: Uint8Array, seq: number}} KeyringPlace
 * @typedef {{portalId: Uint8Array, slug: string, seq: number}} RecoveryPlace
 * @typedef {{portalId: Uint8Array, kid: Uint8Array, recordId: Uint8Array, sender: string}} ListPlace
 */

import { SEALED_BY } from "../domain/vocabulary.js";
import { FormatError } from "../errors.js";
import { concat, context, equalBytes, exactly, le64, pae } from "./encoding.js";
import { LETTER_BUCKETS, MESSAGE_BUCKETS, pad } from "./padding.js";
import { importPublic, kidOf, suite } from "./recipient_key.js";
import { sign } from "./signing.js";

export const PROOF_LENGTH = 32;

/** Binds a letter to its portal, report, key and kind of sealer. @param {ReportPlace} place */
export function reportInfo({ portalId, reportId, kid, sealedBy }) {
  if (!SEALED_BY.includes(sealedBy)) throw new FormatError("sealed_by");
  return context("report", portalId, reportId, kid, sealedBy);
}

/** Binds a resealed letter to its new key and to the key it was first sealed to. @param {ResealPlace} place */
export function resealInfo({ portalId, reportId, kid, originKid }) {
  return context("reseal", portalId, reportId, kid, originKid);
}

/** Binds a letter that one organisation passes on to the referral and the referrer's slug. @param {ReferralPlace} place */
export function referralInfo({ portalId, reportId, kid, referralId, referrer }) {
  return context("referral", portalId, reportId, kid, referralId, referrer);
}

/** Binds one caseworker's copy of a keyring to organisation, caseworker and number. @param {KeyringPlace} place */
export function keyringInfo({ portalId, slug, caseworkerKid, seq }) {
  return context("keyring", portalId, slug, caseworkerKid, le64(seq));
}

/** Binds the copy of a keyring that only the printed recovery key opens. @param {RecoveryPlace} place */
export function recoveryInfo({ portalId, slug, seq }) {
  return context("recovery", portalId, slug, le64(seq));
}

/** Binds what only the holder of the recovery key can answer. @param {RecoveryPlace} place */
export function recoveryProofInfo({ portalId, slug, seq }) {
  return context("recovery-proof", portalId, slug, le64(seq));
}

/** Binds a list that one organisation shares with another. @param {ListPlace} place */
export function listInfo({ portalId, kid, recordId, sender }) {
  return context("list", portalId, kid, recordId, sender);
}

/**
 * Seals to a public key: `enc (1120) ‖ ciphertext ‖ tag (16)` (RFC 9180, base mode, single shot).
 * @param {Uint8Array} publicKey 1216 bytes @param {Bytes} info @param {Bytes} plaintext @returns {Promise<Bytes>}
 */
export async function seal(publicKey, info, plaintext) {
  const recipientPublicKey = await importPublic(publicKey);
  try {
    const { enc, ct } = await suite.seal({ recipientPublicKey, info: info.buffer }, plaintext.buffer);
    return concat(new Uint8Array(enc), new Uint8Array(ct));
  } catch {
    throw new FormatError("public_key");
  }
}

/** @param {Uint8Array} publicKey @param {Uint8Array} kid */
async function checkKid(publicKey, kid) {
  if (!equalBytes(await kidOf(publicKey), kid)) throw new FormatError("kid");
}

/**
 * Seals one letter to one organisation, padded to `bucket` (the largest that a letter of this report needs).
 * @param {ReportPlace & {publicKey: Uint8Array, letter: Uint8Array, bucket?: number}} parts @returns {Promise<Bytes>}
 */
export async function sealLetter({ publicKey, letter, bucket = 0, ...place }) {
  const info = reportInfo(place);
  await checkKid(publicKey, place.kid);
  return seal(publicKey, info, pad(letter, LETTER_BUCKETS, bucket));
}

/**
 * Seals a letter again, to a newer key of the same organisation: the old plaintext with its padding, unchanged.
 * @param {ResealPlace & {publicKey: Uint8Array, plaintext: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealReseal({ publicKey, plaintext, ...place }) {
  if (!LETTER_BUCKETS.includes(plaintext.length)) throw new FormatError("length");
  await checkKid(publicKey, place.kid);
  return seal(publicKey, resealInfo(place), plaintext.slice());
}

/**
 * Seals a letter that one organisation passes on, signed by the referrer (Ed25519 seed) inside. Padded to `bucket` at
 * least, the one of the letter that it comes out of: its size says nothing of what was left out.
 * @param {ReferralPlace & {publicKey: Uint8Array, signingSeed: Uint8Array, letter: Uint8Array, bucket?: number}} parts
 * @returns {Promise<Bytes>}
 */
export async function sealReferral({ publicKey, signingSeed, letter, bucket = 0, ...place }) {
  const info = referralInfo(place);
  await checkKid(publicKey, place.kid);
  const signed = concat(await sign(signingSeed, pae(info, letter)), letter);
  return seal(publicKey, info, pad(signed, LETTER_BUCKETS, bucket));
}

/**
 * Seals one caseworker's copy of the keyring to the caseworker's key.
 * @param {KeyringPlace & {publicKey: Uint8Array, keyring: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealKeyring({ publicKey, keyring, ...place }) {
  await checkKid(publicKey, place.caseworkerKid);
  return seal(publicKey, keyringInfo(place), pad(keyring, MESSAGE_BUCKETS));
}

/**
 * Seals the copy of the keyring for the organisation's recovery key.
 * @param {RecoveryPlace & {publicKey: Uint8Array, keyring: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealRecovery({ publicKey, keyring, ...place }) {
  return seal(publicKey, recoveryInfo(place), pad(keyring, MESSAGE_BUCKETS));
}

/**
 * Seals 32 random bytes to the recovery key: who gives them back holds it.
 * @param {RecoveryPlace & {publicKey: Uint8Array, secret: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealRecoveryProof({ publicKey, secret, ...place }) {
  return seal(publicKey, recoveryProofInfo(place), exactly(secret, PROOF_LENGTH, "secret"));
}

/**
 * Seals a list that one organisation shares with another, signed by the sender inside.
 * @param {ListPlace & {publicKey: Uint8Array, signingSeed: Uint8Array, list: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function sealList({ publicKey, signingSeed, list, ...place }) {
  const info = listInfo(place);
  await checkKid(publicKey, place.kid);
  const signed = concat(await sign(signingSeed, pae(info, list)), list);
  return seal(publicKey, info, pad(signed, LETTER_BUCKETS));
}
