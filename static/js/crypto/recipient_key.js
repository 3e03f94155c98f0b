/**
 * X-Wing key pairs (MLKEM768-X25519), their short names and the numbers that people compare. Twin of
 * `app/crypto/recipient_key.py`; both replay `tests/vectors/recipient_key.json`.
 *
 * @typedef {import("../domain/wire.js").Bytes} Bytes
 * @typedef {{seed: Bytes, publicKey: Bytes, kid: Bytes}} KeyPair seed 32, publicKey 1216, kid 16 bytes
 */

import { Aes256Gcm, CipherSuite, HkdfSha256, XWing } from "../../vendor/hpke.js";
import { FormatError } from "../errors.js";
import { exactly, randomBytes } from "./encoding.js";
import { fingerprint, kidOf } from "./key_name.js";

export { fingerprint, kidOf };

export const PUBLIC_KEY_LENGTH = 1216;

const kem = new XWing();

/** The one suite: X-Wing, HKDF-SHA256, AES-256-GCM (RFC 9180, base mode). */
export const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead: new Aes256Gcm() });

/** A fresh key pair from the CSPRNG. @returns {Promise<KeyPair>} */
export async function generate() {
  return fromSeed(randomBytes(32));
}

/** The key pair that a 32-byte seed stands for. @param {Uint8Array} seed @returns {Promise<KeyPair>} */
export async function fromSeed(seed) {
  const pair = await kem.generateKeyPairDerand(exactly(seed, 32, "seed").slice());
  const publicKey = new Uint8Array(await kem.serializePublicKey(pair.publicKey)).slice();
  return { seed: seed.slice(), publicKey, kid: await kidOf(publicKey) };
}

/** The library's form of a public key. @param {Uint8Array} publicKey @returns {Promise<CryptoKey>} */
export async function importPublic(publicKey) {
  try {
    return await kem.deserializePublicKey(exactly(publicKey, PUBLIC_KEY_LENGTH, "public_key").slice());
  } catch {
    throw new FormatError("public_key");
  }
}

/** The library's form of a seed. @param {Uint8Array} seed @returns {Promise<CryptoKey>} */
export async function importSeed(seed) {
  return kem.deserializePrivateKey(exactly(seed, 32, "seed").slice());
}
