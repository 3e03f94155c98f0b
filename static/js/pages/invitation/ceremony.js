/** What is made in the browser of somebody who was invited: own keys, and an organisation's first ones. Sends nothing. */

import { PARAMETER_SETS, root, signInKey, wrapKey, wrapSeed } from "../../crypto/caseworker_key.js";
import { sealKeyring, sealRecovery } from "../../crypto/envelope.js";
import { signEntry } from "../../crypto/epoch_chain.js";
import { firstRing, newEpoch } from "../../crypto/keyring.js";
import { fingerprint, fromSeed, generate } from "../../crypto/recipient_key.js";
import { keyringJson } from "../../domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";

/**
 * @typedef {import("../../crypto/recipient_key.js").KeyPair} KeyPair
 * @typedef {{portalId: Uint8Array, slug: string}} Place whose account it will be
 * @typedef {{login: string, public_key: string, parameter_set: number, sign_in: string, wrapped_seed: string}} Account
 */

/** The strongest that this page knows. */
const PARAMETER_SET = Math.max(...PARAMETER_SETS.keys());

/**
 * A key pair, and what of an account leaves the browser: neither passphrase nor seed.
 * @param {Place & {login: string, passphrase: string, onProgress?: (share: number) => void}} parts
 * @returns {Promise<{pair: KeyPair, account: Account}>}
 */
export async function makeAccount({ portalId, slug, login, passphrase, onProgress }) {
  const pair = await generate();
  const stretched = await root({
    passphrase,
    portalId,
    login,
    parameterSet: PARAMETER_SET,
    ...(onProgress && { onProgress }),
  });
  const key = await wrapKey(stretched);
  const wrapped = await wrapSeed({ wrapKey: key, seed: pair.seed, portalId, slug, kid: pair.kid });
  return {
    pair,
    account: {
      login,
      public_key: b64uEncode(pair.publicKey),
      parameter_set: PARAMETER_SET,
      sign_in: b64uEncode(await signInKey(stretched)),
      wrapped_seed: b64uEncode(wrapped),
    },
  };
}

/**
 * An organisation's first epoch and ring, sealed to its first lead and to the recovery words.
 * @param {Place & {lead: KeyPair, recovery: KeyPair}} parts
 * @returns {Promise<{epoch: object, ring: object, fingerprint: string}>}
 */
export async function makeFirstKeys({ portalId, slug, lead, recovery }) {
  const epoch = await newEpoch();
  const pair = await fromSeed(b64uDecode(epoch.seed, "seed", 32));
  const signingKey = b64uDecode(epoch.signing_key, "signing_key", 32);
  const signerSeed = b64uDecode(epoch.signing_seed, "signing_seed", 32);
  const entry = await signEntry({ portalId, slug, index: 0, signingKey, kid: pair.kid, signerSeed });
  const members = [{ kid: b64uEncode(lead.kid), role: "lead" }];
  const ring = await firstRing({ portalId, slug, recoveryKid: recovery.kid, members, epoch });
  const keyring = keyringJson(ring);
  const place = { portalId, slug, seq: ring.seq, keyring };
  const copy = await sealKeyring({ ...place, publicKey: lead.publicKey, caseworkerKid: lead.kid });
  const kept = await sealRecovery({ ...place, publicKey: recovery.publicKey });
  return {
    epoch: {
      public_key: b64uEncode(pair.publicKey),
      signing_key: entry.signing_key,
      signature: entry.signature,
    },
    ring: {
      seq: ring.seq,
      copies: [{ kid: b64uEncode(lead.kid), sealed: b64uEncode(copy) }],
      recovery: {
        kid: b64uEncode(recovery.kid),
        public_key: b64uEncode(recovery.publicKey),
        sealed: b64uEncode(kept),
      },
    },
    fingerprint: await fingerprint(signingKey),
  };
}
