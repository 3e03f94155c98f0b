// The steps of signing in, as requests: by passphrase with a second factor where the account has one, by a passkey
// alone, and once more in place. Each gives the portal's answer and the key that unwraps the caseworker's seed.

import {
  newestSet,
  PARAMETER_SETS,
  prfInput,
  prfWrap,
  signInKey,
  root as stretch,
  wrapKey,
} from "../../crypto/caseworker_key.js";
import { b64uDecode, b64uEncode } from "../../domain/wire.js";
import { askPasskey } from "./passkey.js";
import { ask, Problem } from "./request.js";

/**
 * @typedef {import("./passkey.js").Asked} Asked
 * @typedef {import("./passkey.js").Assertion} Assertion
 * @typedef {{pending: string, factors: string[], elsewhere: string[], passkey: Asked|null}} Pending
 * @typedef {{factor: "passkey", assertion: Assertion}|{factor: "totp"|"code", code: string}} Given
 * @typedef {(pending: Pending, problem: unknown) => Promise<Given|null>} AskSecond null when the person gives up
 * @typedef {{answer: any, unwrapKey: Uint8Array, wrapped: string}} Opened
 */

/** The person went back from a step: nothing was sent, and nothing is wrong. */
export class GivenUp extends Error {
  constructor() {
    super("given_up");
    this.name = "GivenUp";
  }
}

/** The passkey proved who is there, and cannot open the keys: the passphrase has to. */
export class PasskeyOpensNothing extends Error {
  constructor() {
    super("passkey_opens_nothing");
    this.name = "PasskeyOpensNothing";
  }
}

/**
 * @param {string} root
 * @param {string} path
 * @param {object} content
 * @param {string} [csrf]
 */
function send(root, path, content, csrf) {
  return ask(root + path, { method: "POST", body: JSON.stringify(content), ...(csrf && { csrf }) });
}

/**
 * Sign in with a passphrase. It is stretched with the strongest set that this code knows; an account that was made with
 * a weaker one is found by trying those after it, never one that is not in the code, whatever the portal asks for.
 * @param {{root: string, portalId: Uint8Array, login: string, passphrase: string, askSecond: AskSecond,
 *   onProgress?: (part: number) => void}} parts
 * @returns {Promise<Opened & {parameterSet: number}>}
 */
export async function byPassphrase({ root, portalId, login, passphrase, askSecond, onProgress }) {
  const sets = [...PARAMETER_SETS.keys()].sort((a, b) => b - a);
  for (const parameterSet of sets) {
    const stretched = await stretch({ passphrase, portalId, login, parameterSet, ...(onProgress && { onProgress }) });
    const content = { login, sign_in: b64uEncode(await signInKey(stretched)), parameter_set: parameterSet };
    try {
      const first = await send(root, "/sign-in", content);
      const answer = "pending" in first ? await secondStep(root, first, askSecond) : first;
      return { answer, unwrapKey: await wrapKey(stretched), wrapped: answer.wrapped_seed, parameterSet };
    } catch (error) {
      const refused = error instanceof Problem && error.code === "sign_in_refused";
      if (!refused || parameterSet === sets.at(-1)) throw error;
    }
  }
  throw new GivenUp();
}

/**
 * @param {string} root
 * @param {Pending} pending
 * @param {AskSecond} askSecond
 * @returns {Promise<any>}
 */
async function secondStep(root, pending, askSecond) {
  let problem = null;
  for (;;) {
    const given = await askSecond(pending, problem);
    if (!given) throw new GivenUp();
    try {
      return await send(root, "/sign-in/second", { pending: pending.pending, code: null, assertion: null, ...given });
    } catch (error) {
      if (error instanceof Problem && error.code === "step_over") throw error;
      problem = error;
    }
  }
}

/**
 * Sign in with a passkey alone: it proves who is there, and its PRF opens the keys.
 * @param {{root: string, portalId: Uint8Array}} parts
 * @returns {Promise<Opened>}
 */
export async function byPasskey({ root, portalId }) {
  const { pending, passkey } = await send(root, "/sign-in/passkey", {});
  const { assertion, prf } = await askPasskey(passkey, await prfInput(portalId));
  if (!prf) throw new PasskeyOpensNothing();
  const answer = await send(root, "/sign-in/passkey/answer", { pending, assertion });
  return { answer, unwrapKey: await prfWrap(prf), wrapped: answer.prf_wrapped };
}

/**
 * Stretch the passphrase again in a living session; the portal hears of it only when something is to be proved to it.
 * @param {{root: string, portalId: Uint8Array, login: string, passphrase: string, answer: any, proving: boolean,
 *   onProgress?: (part: number) => void}} parts
 * @returns {Promise<Opened>}
 */
export async function againByPassphrase({ root, portalId, login, passphrase, answer, proving, onProgress }) {
  const parameterSet = answer.parameter_set;
  const stretched = await stretch({ passphrase, portalId, login, parameterSet, ...(onProgress && { onProgress }) });
  const content = { sign_in: b64uEncode(await signInKey(stretched)), parameter_set: parameterSet };
  if (proving) await send(root, "/confirm", content, answer.csrf);
  return { answer, unwrapKey: await wrapKey(stretched), wrapped: answer.wrapped_seed };
}

/**
 * Prove in a living session who is sitting there, by a passkey.
 * @param {{root: string, portalId: Uint8Array, answer: any}} parts
 * @returns {Promise<Opened|null>} null where the passkey opens no keys
 */
export async function confirmByPasskey({ root, portalId, answer }) {
  const { pending, passkey } = await send(root, "/confirm/passkey", {}, answer.csrf);
  const { assertion, prf } = await askPasskey(passkey, await prfInput(portalId));
  const confirmed = await send(root, "/confirm", { pending, assertion }, answer.csrf);
  if (!prf || !confirmed.prf_wrapped) return null;
  return { answer, unwrapKey: await prfWrap(prf), wrapped: confirmed.prf_wrapped };
}

/**
 * What of a new passphrase goes to the portal: a key to sign in with, and the same seed under another wrap.
 * @param {{passphrase: string, portalId: Uint8Array, login: string, seed: Uint8Array, slug: string, kid: Uint8Array,
 *   wrapSeed: typeof import("../../crypto/caseworker_key.js").wrapSeed, onProgress?: (part: number) => void}} parts
 */
export async function newPassphrase({ passphrase, portalId, login, seed, slug, kid, wrapSeed, onProgress }) {
  const parameterSet = newestSet();
  const stretched = await stretch({ passphrase, portalId, login, parameterSet, ...(onProgress && { onProgress }) });
  const wrapped = await wrapSeed({ wrapKey: await wrapKey(stretched), seed, portalId, slug, kid });
  return {
    sign_in: b64uEncode(await signInKey(stretched)),
    parameter_set: parameterSet,
    wrapped_seed: b64uEncode(wrapped),
  };
}

/** @param {string} portal_id */
export const portalIdOf = (portal_id) => b64uDecode(portal_id, "portal_id", 16);
