/** An organisation with one caseworker, and a portal that answers from a list. */

import { root, wrapKey, wrapSeed } from "../../static/js/crypto/caseworker_key.js";
import { sealKeyring } from "../../static/js/crypto/envelope.js";
import { signEntry } from "../../static/js/crypto/epoch_chain.js";
import { fingerprint } from "../../static/js/crypto/key_name.js";
import { firstRing, newEpoch } from "../../static/js/crypto/keyring.js";
import { fromSeed, generate } from "../../static/js/crypto/recipient_key.js";
import { keyringJson } from "../../static/js/domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";

export const portalId = new Uint8Array(16).fill(7);
export const slug = "centre";
export const login = "case.worker";
export const passphrase = "correct horse battery staple";
export const members = new Map();
globalThis.sessionStorage = /** @type {any} */ ({
  getItem: (/** @type {string} */ key) => members.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => members.set(key, value),
  removeItem: (/** @type {string} */ key) => members.delete(key),
});

/** An organisation with one caseworker, as its directory and its session answers show it. */
export async function organisation() {
  const person = await generate();
  const epoch = await newEpoch();
  const recoveryKid = new Uint8Array(16);
  const people = [{ kid: b64uEncode(person.kid), role: "caseworker" }];
  const ring = await firstRing({ portalId, slug, recoveryKid, members: people, epoch });
  const stretched = await root({ passphrase, portalId, login });
  const wrapped = await wrapSeed({
    wrapKey: await wrapKey(stretched),
    seed: person.seed,
    portalId,
    slug,
    kid: person.kid,
  });
  return { person, epoch, ring, wrapped, directory: await directoryOf(epoch) };
}

/** @param {any} epoch */
export async function directoryOf(epoch) {
  const key = await fromSeed(b64uDecode(epoch.seed));
  const signingKey = b64uDecode(epoch.signing_key);
  const place = { portalId, slug, index: 0, signingKey, kid: key.kid };
  const chain = [await signEntry({ ...place, signerSeed: b64uDecode(epoch.signing_seed) })];
  const own = {
    slug,
    kind: "support_centre",
    name: { ko: "센터", en: "Centre" },
    region: "seoul",
    kid: epoch.kid,
    public_key: b64uEncode(key.publicKey),
    signing_key: epoch.signing_key,
    fingerprint: await fingerprint(signingKey),
    chain,
    earlier: [],
  };
  return { v: 1, portal_id: b64uEncode(portalId), organisations: [own] };
}

/** @param {Awaited<ReturnType<typeof organisation>>} made @param {any} [ring] */
export async function sessionAnswer({ person, wrapped, ring: own }, ring = own) {
  const place = { portalId, slug, caseworkerKid: person.kid, seq: ring.seq };
  const sealed = await sealKeyring({ publicKey: person.publicKey, ...place, keyring: keyringJson(ring) });
  return {
    caseworker: { login, slug, kid: b64uEncode(person.kid), role: "caseworker" },
    portal_id: b64uEncode(portalId),
    wrapped_seed: b64uEncode(wrapped),
    keyring: { seq: ring.seq, sealed: b64uEncode(sealed) },
    session_half: b64uEncode(new Uint8Array(32).fill(9)),
    csrf: b64uEncode(new Uint8Array(32).fill(1)),
  };
}

/** @type {{path: string, method: string, body: string}[]} */
export let asked = [];
/** @param {Record<string, any>} answers by path; a function is called, a number is a status, `refused` the code of a 401 */
export function serve(answers) {
  asked = [];
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ path, /** @type {any} */ { method, body = "" }) => {
      asked.push({ path, method, body });
      const found = typeof answers[path] === "function" ? answers[path]() : answers[path];
      const status = typeof found === "number" ? found : found?.refused ? 401 : 200;
      const content = status === 200 ? found : { code: found?.refused ?? "session_ended", detail: "" };
      return new Response(JSON.stringify(content), { status });
    }
  );
}
