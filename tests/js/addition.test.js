import assert from "node:assert/strict";
import { before, test } from "node:test";
import { sealAddition } from "../../static/js/crypto/addition.js";
import { leaf } from "../../static/js/crypto/custody.js";
import { openLetter } from "../../static/js/crypto/opening.js";
import { logKey, stretch, token } from "../../static/js/crypto/receipt.js";
import { openOwn } from "../../static/js/crypto/small_opening.js";
import { parseLetter } from "../../static/js/domain/letter.js";
import { ownRecordFor, parseOwn } from "../../static/js/domain/own_record.js";
import { generate } from "../../static/js/domain/receipt_code.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { fullLetter, madeOrganisation } from "./making.js";

const portalId = new Uint8Array(16).fill(9);
const consent = { purposes: ["police"], pass_on: [] };
/** @type {Uint8Array} */
let stretched;
/** @type {Awaited<ReturnType<typeof madeOrganisation>>} */
let police;
/** @type {import("../../static/js/crypto/report.js").Choice} */
let choice;

before(async () => {
  stretched = await stretch(generate(), portalId);
  police = await madeOrganisation(portalId, "police", "police");
  choice = { organisation: police.listed, consent, compartments: [] };
});

test("the new organisation opens its letter, and the code gives back an own record that names it", async () => {
  const letter = fullLetter();
  const own = ownRecordFor({ items: letter.items, organisations: [{ slug: "police", consent }] });
  const { body, letter: shown } = await sealAddition({ portalId, stretched, letter, choice, size: 1, own });
  const sent = JSON.parse(new TextDecoder().decode(body));
  assert.deepEqual(Object.keys(sent), ["token", "sealed_by", "envelope", "own"]);
  assert.deepEqual([sent.token, sent.sealed_by], [b64uEncode(await token(stretched)), "browser"]);
  const reportId = b64uDecode(letter.report_id);
  const sealed = b64uDecode(sent.envelope.sealed);
  const place = { portalId, reportId, kid: police.pair.kid, sealedBy: "browser", sealed };
  const opened = parseLetter(await openLetter({ seed: police.pair.seed, ...place }));
  assert.deepEqual(opened, shown);
  assert.deepEqual([opened.report_id, opened.consent, opened.account], [letter.report_id, consent, null]);
  const log = await logKey(stretched, police.pair.kid);
  assert.equal(sent.envelope.leaf, b64uEncode(await leaf({ logKey: log, ...place })));
  const kept = parseOwn(await openOwn({ stretched, portalId, reportId, sealed: b64uDecode(sent.own) }));
  assert.deepEqual(kept, own);
});

test("it is no smaller than the others, and larger where it must be", async () => {
  const lengths = [];
  for (const [size, words] of /** @type {const} */ ([
    [1, 1],
    [3, 1],
    [1, 6000],
  ])) {
    const letter = { ...fullLetter(), incident_place: "", account: { text: "가".repeat(words) } };
    const allowed = { ...choice, compartments: ["account"] };
    const { body } = await sealAddition({ portalId, stretched, letter, choice: allowed, size, own: null });
    const sent = JSON.parse(new TextDecoder().decode(body));
    assert.equal(sent.own, null);
    lengths.push(b64uDecode(sent.envelope.sealed).length - 1136);
  }
  assert.deepEqual(lengths, [4096, 65536, 65536]);
});

test("there is no fifth size", async () => {
  const wrong = { portalId, stretched, letter: fullLetter(), choice, size: 5, own: null };
  await assert.rejects(sealAddition(wrong), { name: "FormatError" });
});
