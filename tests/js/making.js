/** Things that tests are made of. */

import { randomBytes } from "../../static/js/crypto/encoding.js";
import { signEntry } from "../../static/js/crypto/epoch_chain.js";
import { fingerprint } from "../../static/js/crypto/key_name.js";
import { generate } from "../../static/js/crypto/recipient_key.js";
import { signingKeyOf } from "../../static/js/crypto/signing.js";
import { emptyItem, emptyLetter } from "../../static/js/domain/letter.js";
import { b64uEncode } from "../../static/js/domain/wire.js";

/** A letter with something in every field; what only compartments may hold says "canary". */
export function fullLetter() {
  const letter = emptyLetter({ reportId: new Uint8Array(16).fill(7), lang: "ko" });
  return {
    ...letter,
    reporter: { role: "victim", age_group: "14_to_18", proxy: "no", relation: "stranger" },
    items: [{ ...emptyItem(new Uint8Array(16).fill(1)), url: "https://example.test/가?b=2&a=1#x", kind: "post" }],
    harm: ["threat", "distribution"],
    material: ["deepfake"],
    threat: { kinds: ["money"], ongoing: "yes", deadline: "모레까지" },
    identity_leak: ["school"],
    incident_place: "온라인",
    prior: [{ kind: "police_report", reference: "2026-1" }],
    help: { language: "ko", disability: ["easy_korean"], danger: "no", region: "busan" },
    wishes: ["delete", "block"],
    account: { text: "canary account" },
    offender: { name: "canary name", handles: ["canary_handle"], text: "canary text" },
    contact: { channel: "phone", address: "canary 010", safe_hours: "canary hours", avoid: "canary words" },
  };
}

/**
 * An organisation as a directory lists it, with its secrets beside it.
 * @param {Uint8Array} portalId @param {string} slug @param {string} kind
 */
export async function madeOrganisation(portalId, slug, kind) {
  const pair = await generate();
  const signingSeed = randomBytes(32);
  const signingKey = await signingKeyOf(signingSeed);
  const entry = await signEntry({ portalId, slug, index: 0, signingKey, kid: pair.kid, signerSeed: signingSeed });
  const listed = {
    slug,
    kind,
    name: { ko: "기관", en: "Organisation" },
    region: "seoul",
    kid: b64uEncode(pair.kid),
    public_key: b64uEncode(pair.publicKey),
    signing_key: b64uEncode(signingKey),
    fingerprint: await fingerprint(signingKey),
    chain: [entry],
    earlier: [],
  };
  return { listed, pair, signingSeed };
}
