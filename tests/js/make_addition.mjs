/**
 * Makes tests/crypto/addition_browser.json: letters to one organisation more as the browser's side sends them, for the
 * other side to parse, open and check (`npm run envelopes`). What was made is kept, unless `--reseal` is given.
 */

import { existsSync, writeFileSync } from "node:fs";
import { sealAddition } from "../../static/js/crypto/addition.js";
import { stretch } from "../../static/js/crypto/receipt.js";
import { fromSeed } from "../../static/js/crypto/recipient_key.js";
import { ownRecordFor } from "../../static/js/domain/own_record.js";
import { checkDigits } from "../../static/js/domain/receipt_code.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { fullLetter } from "./making.js";

const path = new URL("../crypto/addition_browser.json", import.meta.url);
if (existsSync(path) && !process.argv.includes("--reseal")) process.exit(0);

const hex = (/** @type {Uint8Array} */ bytes) => ({ $hex: Buffer.from(bytes).toString("hex") });
const portalId = new Uint8Array(16).fill(9);
const code = `1907723300415520018344${checkDigits("1907723300415520018344")}`;
const stretched = await stretch(code, portalId);
const consent = { purposes: ["police"], pass_on: [] };
const { publicKey, kid, seed } = await fromSeed(new Uint8Array(32).fill(3));
const keys = { kid: b64uEncode(kid), public_key: b64uEncode(publicKey), signing_key: "", fingerprint: "" };
const named = { slug: "police", kind: "police", name: { ko: "police", en: "police" }, region: "seoul" };
const organisation = { ...named, ...keys, chain: [], earlier: [] };

/** What is decided: the compartments that it may read, the size of the report's other letters, an own record or none. */
const CASES = /** @type {const} */ ([
  ["an own record, and nothing more to read", [], 1, true],
  ["its own words, in a larger size, and no own record", ["account"], 2, false],
]);

const tests = [];
for (const [comment, compartments, size, keepOwn] of CASES) {
  const letter = fullLetter();
  const own = keepOwn ? ownRecordFor({ items: letter.items, organisations: [{ slug: "police", consent }] }) : null;
  const choice = { organisation, consent, compartments: [...compartments] };
  const { body, letter: shown } = await sealAddition({ portalId, stretched, letter, choice, size, own });
  tests.push({
    id: tests.length + 1,
    comment,
    code,
    portal_id: hex(portalId),
    seed: hex(seed),
    size,
    letter: shown,
    own,
    body: new TextDecoder().decode(body),
    result: "valid",
  });
}
const comment = "Letters to one organisation more as the browser's side sends them.";
writeFileSync(
  path,
  `{\n"comment": ${JSON.stringify(comment)},\n"tests": [\n${tests.map((one) => JSON.stringify(one)).join(",\n")}\n]\n}\n`,
);
console.log(`${tests.length} additions`);
