/**
 * Every opening there is, for caseworkers' browsers. Twin of `app/crypto/opening.py`, which only the command-line client
 * may import: the server cannot open an envelope. Each function gives the plaintext with its padding removed, or throws
 * FormatError("sealed").
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 */

import { ENVELOPE_OVERHEAD } from "../domain/sealed_length.js";
import { FormatError } from "../errors.js";
import { wrapAad } from "./caseworker_key.js";
import { equalBytes, pae } from "./encoding.js";
import {
  keyringInfo,
  listInfo,
  PROOF_LENGTH,
  recoveryInfo,
  recoveryProofInfo,
  referralInfo,
  reportInfo,
  resealInfo,
} from "./envelope.js";
import { answerAad, answerKey } from "./onward.js";
import { LETTER_BUCKETS, MESSAGE_BUCKETS, unpad } from "./padding.js";
import { fromSeed, importSeed, suite } from "./recipient_key.js";
import { checkSignature } from "./signing.js";
import { openSmall } from "./small_opening.js";

export { openDraft, openMessage, openOwn, openRecord, openSummary } from "./small_opening.js";

const ENC_LENGTH = 1120;
const SIGNATURE_LENGTH = 64;

/**
 * Opens an envelope of any purpose and gives the plaintext with its padding.
 * @param {Uint8Array} seed 32 bytes @param {Bytes} info @param {Uint8Array} sealed @returns {Promise<Bytes>}
 */
export async function openPadded(seed, info, sealed) {
  if (sealed.length < ENVELOPE_OVERHEAD) throw new FormatError("sealed");
  const recipientKey = await importSeed(seed);
  const enc = new Uint8Array(sealed.slice(0, ENC_LENGTH)).buffer;
  try {
    const ciphertext = new Uint8Array(sealed.slice(ENC_LENGTH)).buffer;
    return new Uint8Array(await suite.open({ recipientKey, enc, info: info.buffer }, ciphertext));
  } catch {
    throw new FormatError("sealed");
  }
}

/**
 * Opens a letter with the seed of the epoch it was sealed to.
 * @param {import("./envelope.js").ReportPlace & {seed: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openLetter({ seed, sealed, ...place }) {
  return unpad(await openPadded(seed, reportInfo(place), sealed), LETTER_BUCKETS);
}

/**
 * Opens a letter that was resealed to a newer epoch.
 * @param {import("./envelope.js").ResealPlace & {seed: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openReseal({ seed, sealed, ...place }) {
  return unpad(await openPadded(seed, resealInfo(place), sealed), LETTER_BUCKETS);
}

/**
 * Opens a letter that another organisation passed on, and checks the referrer's signature in it.
 * @param {import("./envelope.js").ReferralPlace & {seed: Uint8Array, signingKey: Uint8Array, sealed: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function openReferral({ seed, signingKey, sealed, ...place }) {
  const info = referralInfo(place);
  return signedContent(unpad(await openPadded(seed, info, sealed), LETTER_BUCKETS), info, signingKey);
}

/**
 * Opens a letter that another organisation passed on, also after it moved to a newer epoch of the receiver's, and says
 * which of the referrer's keys signed it: -1 where none of them did. The signature is over the first info.
 * @param {import("./envelope.js").ReferralPlace & {originKid: Uint8Array, seed: Uint8Array,
 *   signingKeys: readonly Uint8Array[], sealed: Uint8Array}} parts `kid` is the one that it lies under now
 * @returns {Promise<[Bytes, number]>}
 */
export async function openPassedOn({ seed, signingKeys, sealed, originKid, ...place }) {
  const first = referralInfo({ ...place, kid: originKid });
  const info = equalBytes(place.kid, originKid) ? first : resealInfo({ ...place, originKid });
  return signedBy(unpad(await openPadded(seed, info, sealed), LETTER_BUCKETS), first, signingKeys);
}

/**
 * Opens what a receiver answered, and says which of its keys signed it: -1 where none of them did.
 * @param {import("./onward.js").AnswerPlace & {replyKey: Uint8Array, signingKeys: readonly Uint8Array[],
 *   sealed: Uint8Array}} parts
 * @returns {Promise<[Bytes, number]>}
 */
export async function openAnswer({ replyKey, signingKeys, sealed, ...place }) {
  const aad = answerAad(place);
  const padded = await openSmall({ key: await answerKey(replyKey), aad, sealed });
  return signedBy(unpad(padded, MESSAGE_BUCKETS), aad, signingKeys);
}

/**
 * Opens a list that another organisation shares, and checks the sender's signature in it.
 * @param {import("./envelope.js").ListPlace & {seed: Uint8Array, signingKey: Uint8Array, sealed: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function openList({ seed, signingKey, sealed, ...place }) {
  const info = listInfo(place);
  return signedContent(unpad(await openPadded(seed, info, sealed), LETTER_BUCKETS), info, signingKey);
}

/**
 * Opens one's copy of the keyring with the caseworker's seed; `checkRing` says whether to believe it.
 * @param {import("./envelope.js").KeyringPlace & {seed: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openKeyring({ seed, sealed, ...place }) {
  return unpad(await openPadded(seed, keyringInfo(place), sealed), MESSAGE_BUCKETS);
}

/**
 * Opens the recovery copy of the keyring with the seed from paper.
 * @param {import("./envelope.js").RecoveryPlace & {seed: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openRecovery({ seed, sealed, ...place }) {
  return unpad(await openPadded(seed, recoveryInfo(place), sealed), MESSAGE_BUCKETS);
}

/**
 * Opens what proves that one holds the recovery key: 32 bytes.
 * @param {import("./envelope.js").RecoveryPlace & {seed: Uint8Array, sealed: Uint8Array}} parts @returns {Promise<Bytes>}
 */
export async function openRecoveryProof({ seed, sealed, ...place }) {
  const secret = await openPadded(seed, recoveryProofInfo(place), sealed);
  if (secret.length !== PROOF_LENGTH) throw new FormatError("sealed");
  return secret;
}

/**
 * Unwraps a caseworker's seed, and checks that it is the one of `kid`.
 * @param {{wrapKey: Uint8Array, portalId: Uint8Array, slug: string, kid: Uint8Array, wrapped: Uint8Array}} parts
 * @returns {Promise<Bytes>}
 */
export async function unwrapSeed({ wrapKey, wrapped, ...place }) {
  const seed = await openSmall({ key: wrapKey, aad: wrapAad(place), sealed: wrapped });
  if (seed.length !== 32 || !equalBytes((await fromSeed(seed)).kid, place.kid)) throw new FormatError("sealed");
  return seed;
}

/** @param {Bytes} plaintext @param {Bytes} info @param {Uint8Array} signingKey @returns {Promise<Bytes>} */
async function signedContent(plaintext, info, signingKey) {
  const content = plaintext.slice(SIGNATURE_LENGTH);
  await checkSignature(signingKey, pae(info, content), plaintext.slice(0, SIGNATURE_LENGTH));
  return content;
}

/** @param {Bytes} plaintext @param {Bytes} info @param {readonly Uint8Array[]} signingKeys @returns {Promise<[Bytes, number]>} */
async function signedBy(plaintext, info, signingKeys) {
  for (const [number, signingKey] of [...signingKeys.entries()].reverse()) {
    try {
      return [await signedContent(plaintext, info, signingKey), number];
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return [plaintext.slice(SIGNATURE_LENGTH), -1];
}
