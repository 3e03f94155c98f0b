/**
 * Makes tests/vectors/envelope_browser.json: envelopes sealed by the browser's side, for both sides to open
 * (`npm run envelopes`). Inputs are the same every time; what HPKE made is kept, unless `--reseal` is given.
 */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { concat, sha256 } from "../../static/js/crypto/encoding.js";
import * as envelope from "../../static/js/crypto/envelope.js";
import { pad } from "../../static/js/crypto/padding.js";
import { fromSeed } from "../../static/js/crypto/recipient_key.js";
import { signingKeyOf } from "../../static/js/crypto/signing.js";
import { LETTER_BUCKETS } from "../../static/js/domain/sealed_length.js";
import { utf8 } from "../../static/js/domain/wire.js";

const path = new URL("../vectors/envelope_browser.json", import.meta.url);
const kept =
  existsSync(path) && !process.argv.includes("--reseal") ? JSON.parse(readFileSync(path, "utf8")).pieces : {};

/** @param {Uint8Array} bytes */
const hex = (bytes) => Buffer.from(bytes).toString("hex");
/** @param {string} label @param {number} [length] */
const some = async (label, length = 16) => (await sha256(utf8(`onestop browser vector ${label}`))).slice(0, length);

const [portalId, reportId, referralId, recordId] = await Promise.all(
  ["portal", "report", "referral", "record"].map((l) => some(l)),
);
const [seed, oldSeed, signingSeed] = await Promise.all(
  ["seed", "old seed", "signing seed"].map((label) => some(label, 32)),
);
if (!portalId || !reportId || !referralId || !recordId || !seed || !oldSeed || !signingSeed) throw new Error("inputs");
const { publicKey, kid } = await fromSeed(seed);
const { kid: originKid } = await fromSeed(oldSeed);
const signingKey = await signingKeyOf(signingSeed);
const plaintext = utf8('{"v":1,"text":"피해 사실 😀"}');

/** Each purpose: how it is sealed here, and what the opening is given beside the seed. */
const purposes = {
  letter: {
    seal: () => envelope.sealLetter({ publicKey, portalId, reportId, kid, sealedBy: "browser", letter: plaintext }),
    given: { portal_id: portalId, report_id: reportId, sealed_by: "browser" },
  },
  reseal: {
    seal: () =>
      envelope.sealReseal({ publicKey, portalId, reportId, kid, originKid, plaintext: pad(plaintext, LETTER_BUCKETS) }),
    given: { portal_id: portalId, report_id: reportId, origin_kid: originKid },
  },
  referral: {
    seal: () =>
      envelope.sealReferral({
        publicKey,
        portalId,
        reportId,
        kid,
        referralId,
        referrer: "centre-a",
        signingSeed,
        letter: plaintext,
      }),
    given: {
      portal_id: portalId,
      report_id: reportId,
      referral_id: referralId,
      referrer: "centre-a",
      signing_key: signingKey,
    },
  },
  keyring: {
    seal: () =>
      envelope.sealKeyring({ publicKey, portalId, slug: "centre-a", caseworkerKid: kid, seq: 7, keyring: plaintext }),
    given: { portal_id: portalId, slug: "centre-a", seq: 7 },
  },
  recovery: {
    seal: () => envelope.sealRecovery({ publicKey, portalId, slug: "centre-a", seq: 7, keyring: plaintext }),
    given: { portal_id: portalId, slug: "centre-a", seq: 7 },
  },
  list: {
    seal: () =>
      envelope.sealList({ publicKey, portalId, kid, recordId, sender: "centre-a", signingSeed, list: plaintext }),
    given: { portal_id: portalId, record_id: recordId, sender: "centre-a", signing_key: signingKey },
  },
};

/** @type {Record<string, string>} */
const pieces = {};
/** @type {object[]} */
const tests = [];

/** @param {string} comment @param {string} name @param {object} input @param {object} outcome */
function add(comment, name, input, outcome) {
  const written = Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, value instanceof Uint8Array ? { $hex: hex(value) } : value]),
  );
  tests.push({ id: tests.length + 1, comment, function: `open_${name}`, input: written, ...outcome });
}

/** Another value of the same kind. @param {string} key @param {any} value */
async function another(key, value) {
  if (key === "sealed_by") return "client";
  if (typeof value === "number") return value + 1;
  if (typeof value === "string") return "centre-b";
  return some(`another ${key}`, value.length);
}

const refused = { result: "invalid", error: "FormatError" };
for (const [name, { seal, given }] of Object.entries(purposes)) {
  const sealed = kept[name] ?? hex(await seal());
  pieces[name] = sealed;
  const input = { seed, ...given, sealed: { $piece: name } };
  add("opens", name, input, { result: "valid", output: { $hex: hex(plaintext) } });
  add("another seed", name, { ...input, seed: oldSeed }, refused);
  for (const [key, value] of Object.entries(given)) {
    add(`another ${key}`, name, { ...input, [key]: await another(key, value) }, refused);
  }
  for (const [comment, change] of Object.entries({
    "a bit of the ML-KEM ciphertext": { $flip: 0 },
    "a bit of the X25519 share": { $flip: 1119 },
    "a bit of the ciphertext": { $flip: 1120 },
    "a bit of the tag": { $flip: -1 },
    "cut by one": { $cut: sealed.length / 2 - 1 },
    "no ciphertext": { $cut: 1120 },
    empty: { $cut: 0 },
  })) {
    add(comment, name, { ...input, sealed: { $piece: name, ...change } }, refused);
  }
}
add("a letter is no reseal", "reseal", { seed, ...purposes.reseal.given, sealed: { $piece: "letter" } }, refused);
add(
  "a keyring is no recovery copy",
  "recovery",
  { seed, ...purposes.recovery.given, sealed: { $piece: "keyring" } },
  refused,
);

const lines = (/** @type {string[]} */ entries) => entries.join(",\n");
const comment =
  "Envelopes of every purpose, sealed by the browser's side; one refusal for each thing that they are bound to.";
const written = lines(
  Object.entries(pieces).map(([name, piece]) => `${JSON.stringify(name)}: ${JSON.stringify(piece)}`),
);
const text = `{\n"comment": ${JSON.stringify(comment)},\n"pieces": {\n${written}\n},\n"tests": [\n${lines(tests.map((one) => JSON.stringify(one)))}\n]\n}\n`;
if (concat(utf8(text)).length > 200_000) throw new Error("vectors grew beyond what a repository should carry");
writeFileSync(path, text);
console.log(`${tests.length} tests, ${Object.keys(pieces).length} envelopes`);
