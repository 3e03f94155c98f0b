/**
 * Makes tests/crypto/report_browser.json: one whole report as the browser's side sends it, for the other side to parse,
 * open and check (`npm run envelopes`). What was made is kept, unless `--reseal` is given.
 */

import { existsSync, writeFileSync } from "node:fs";
import { fromSeed } from "../../static/js/crypto/recipient_key.js";
import { sealReport } from "../../static/js/crypto/report.js";
import { checkDigits } from "../../static/js/domain/receipt_code.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { fullLetter } from "./making.js";

const path = new URL("../crypto/report_browser.json", import.meta.url);
if (existsSync(path) && !process.argv.includes("--reseal")) process.exit(0);

const hex = (/** @type {Uint8Array} */ bytes) => ({ $hex: Buffer.from(bytes).toString("hex") });
const portalId = new Uint8Array(16).fill(9);
const code = `1907723300415520018344${checkDigits("1907723300415520018344")}`;

/** @param {string} slug @param {string} kind @param {number} number @param {string[]} compartments */
async function chosen(slug, kind, number, compartments) {
  const { publicKey, kid, seed } = await fromSeed(new Uint8Array(32).fill(number));
  const keys = {
    kid: b64uEncode(kid),
    public_key: b64uEncode(publicKey),
    signing_key: "",
    fingerprint: "",
    chain: [],
    earlier: [],
  };
  const organisation = { slug, kind, name: { ko: slug, en: slug }, region: "seoul", ...keys };
  return { seed, choice: { organisation, consent: { purposes: ["deletion"], pass_on: [] }, compartments } };
}

const recipients = [
  await chosen("centre-a", "support_centre", 1, ["account"]),
  await chosen("commission", "commission", 2, []),
];
const choices = recipients.map(({ choice }) => choice);
const { body, letters } = await sealReport({
  portalId,
  code,
  letter: fullLetter(),
  urgent: false,
  choices,
  keepOwn: true,
});
const tests = [
  {
    id: 1,
    comment: "two organisations and the own record",
    code,
    portal_id: hex(portalId),
    seeds: recipients.map(({ seed }) => hex(seed)),
    letters: letters.map(({ letter }) => letter),
    body: new TextDecoder().decode(body),
    result: "valid",
  },
];
const comment = "A whole report as the browser's side sends it.";
writeFileSync(
  path,
  `{\n"comment": ${JSON.stringify(comment)},\n"tests": [\n${tests.map((one) => JSON.stringify(one)).join(",\n")}\n]\n}\n`,
);
console.log(`${body.length} bytes of body`);
