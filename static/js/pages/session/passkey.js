// Passkeys in this browser. Only named fields of what one made or signed are ever sent: a credential as the browser
// would write it holds the secret that opens the keys.

import { b64uDecode, b64uEncode } from "../../domain/wire.js";

/**
 * @typedef {{challenge: string, rp_id: string, allow: string[], user_verification: string}} Asked
 * @typedef {{challenge: string, rp_id: string, rp_name: string, user_id: string, user_name: string, exclude: string[],
 *   algorithms: number[]}} Wanted
 * @typedef {{credential_id: string, client_data: string, authenticator_data: string, signature: string}} Assertion
 * @typedef {{credential_id: string, client_data: string, attestation: string}} Made
 */

/** The person or the device did not go on: nothing was sent, and nothing is wrong. */
export class PasskeyStopped extends Error {
  constructor() {
    super("passkey_stopped");
    this.name = "PasskeyStopped";
  }
}

/** Whether this browser knows passkeys at all; Tor Browser does not. */
export function knowsPasskeys() {
  return typeof PublicKeyCredential === "function" && Boolean(navigator.credentials?.get);
}

/**
 * Ask a passkey to sign. `prf` is null where the passkey has no PRF, or none was asked for.
 * @param {Asked} asked
 * @param {Uint8Array<ArrayBuffer>} [prfInput] 32 bytes
 * @returns {Promise<{assertion: Assertion, prf: Uint8Array|null}>}
 * @throws {PasskeyStopped}
 */
export async function askPasskey(asked, prfInput) {
  const publicKey = {
    challenge: b64uDecode(asked.challenge, "challenge", 32),
    rpId: asked.rp_id,
    allowCredentials: asked.allow.map(named),
    userVerification: /** @type {UserVerificationRequirement} */ (asked.user_verification),
    ...(prfInput && { extensions: { prf: { eval: { first: prfInput } } } }),
  };
  const credential = await chosen(() => navigator.credentials.get({ publicKey }));
  const { response } = credential;
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new PasskeyStopped();
  const assertion = {
    credential_id: written(credential.rawId),
    client_data: written(response.clientDataJSON),
    authenticator_data: written(response.authenticatorData),
    signature: written(response.signature),
  };
  return { assertion, prf: prfOf(credential) };
}

/**
 * Make a passkey. Where its PRF answers only when it signs, it is asked to sign once, for this page alone.
 * @param {Wanted} wanted
 * @param {Uint8Array<ArrayBuffer>} prfInput 32 bytes
 * @returns {Promise<{made: Made, prf: Uint8Array|null}>}
 * @throws {PasskeyStopped}
 */
export async function makePasskey(wanted, prfInput) {
  const publicKey = {
    challenge: b64uDecode(wanted.challenge, "challenge", 32),
    rp: { id: wanted.rp_id, name: wanted.rp_name },
    user: { id: b64uDecode(wanted.user_id), name: wanted.user_name, displayName: wanted.user_name },
    pubKeyCredParams: wanted.algorithms.map((alg) => ({ type: /** @type {"public-key"} */ ("public-key"), alg })),
    excludeCredentials: wanted.exclude.map(named),
    attestation: /** @type {AttestationConveyancePreference} */ ("none"),
    authenticatorSelection: {
      residentKey: /** @type {ResidentKeyRequirement} */ ("preferred"),
      userVerification: /** @type {UserVerificationRequirement} */ ("preferred"),
    },
    extensions: { prf: { eval: { first: prfInput } } },
  };
  const credential = await chosen(() => navigator.credentials.create({ publicKey }));
  const { response } = credential;
  if (!(response instanceof AuthenticatorAttestationResponse)) throw new PasskeyStopped();
  const made = {
    credential_id: written(credential.rawId),
    client_data: written(response.clientDataJSON),
    attestation: written(response.attestationObject),
  };
  const said = /** @type {any} */ (credential.getClientExtensionResults()).prf;
  const prf = prfOf(credential);
  if (prf || !said?.enabled) return { made, prf };
  const challenge = b64uEncode(crypto.getRandomValues(new Uint8Array(32)));
  const asked = { challenge, rp_id: wanted.rp_id, allow: [made.credential_id], user_verification: "required" };
  const signed = await askPasskey(asked, prfInput).catch(() => null);
  return { made, prf: signed?.prf ?? null };
}

/**
 * @param {() => Promise<Credential|null>} choose
 * @returns {Promise<PublicKeyCredential>}
 */
async function chosen(choose) {
  const found = await choose().catch(() => null);
  if (!(found instanceof PublicKeyCredential)) throw new PasskeyStopped();
  return found;
}

/** @param {string} id @returns {PublicKeyCredentialDescriptor} */
function named(id) {
  return { type: "public-key", id: b64uDecode(id) };
}

/** @param {ArrayBuffer} bytes @returns {string} */
function written(bytes) {
  return b64uEncode(new Uint8Array(bytes));
}

/** @param {PublicKeyCredential} credential @returns {Uint8Array|null} 32 bytes */
function prfOf(credential) {
  const first = /** @type {any} */ (credential.getClientExtensionResults()).prf?.results?.first;
  if (!first) return null;
  const bytes = new Uint8Array(
    first instanceof ArrayBuffer ? first : first.buffer.slice(first.byteOffset, first.byteOffset + first.byteLength),
  );
  return bytes.length === 32 ? bytes : null;
}
