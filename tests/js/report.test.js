import assert from "node:assert/strict";
import { before, test } from "node:test";
import { leaf } from "../../static/js/crypto/custody.js";
import { openLetter } from "../../static/js/crypto/opening.js";
import { logKey, lookupOf, replyKey, stretch } from "../../static/js/crypto/receipt.js";
import { lettersFor, sealReport } from "../../static/js/crypto/report.js";
import { openOwn } from "../../static/js/crypto/small_opening.js";
import { parseLetter } from "../../static/js/domain/letter.js";
import { parseOwn } from "../../static/js/domain/own_record.js";
import { generate } from "../../static/js/domain/receipt_code.js";
import { checkSubmission } from "../../static/js/domain/submission.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { fullLetter, madeOrganisation } from "./making.js";

const portalId = new Uint8Array(16).fill(9);
const code = generate();
const consent = { purposes: ["deletion"], pass_on: [] };
/** @type {Uint8Array} */
let stretched;
/** @type {Awaited<ReturnType<typeof madeOrganisation>>[]} */
let organisations;
/** @type {import("../../static/js/crypto/report.js").Choice[]} */
let choices;

before(async () => {
  stretched = await stretch(code, portalId);
  const kinds = ["support_centre", "commission", "monitor"];
  organisations = await Promise.all(kinds.map((kind) => madeOrganisation(portalId, kind.replace("_", "-"), kind)));
  choices = organisations.map(({ listed }) => ({ organisation: listed, consent, compartments: ["account"] }));
});

/** @param {Partial<Parameters<typeof sealReport>[0]>} [change] */
async function sealed(change = {}) {
  const given = { portalId, code, stretched, letter: fullLetter(), urgent: true, choices, keepOwn: true, ...change };
  const made = await sealReport(given);
  return { ...made, sent: checkSubmission(JSON.parse(new TextDecoder().decode(made.body))) };
}

test("each organisation opens its own letter, and it is the one that was shown", async () => {
  const { sent, letters } = await sealed();
  assert.deepEqual([sent.v, sent.urgent, sent.sealed_by, sent.envelopes.length], [1, true, "browser", 3]);
  for (const [at, { listed, pair }] of organisations.entries()) {
    const envelope = sent.envelopes[at];
    assert.deepEqual([envelope.organisation, envelope.kid], [listed.slug, listed.kid]);
    const reportId = b64uDecode(sent.report_id);
    const parts = { portalId, reportId, kid: pair.kid, sealedBy: "browser", sealed: b64uDecode(envelope.sealed) };
    const letter = parseLetter(await openLetter({ seed: pair.seed, ...parts }));
    assert.deepEqual(letter, letters[at]?.letter);
    assert.equal(letter.reply_key, b64uEncode(await replyKey(stretched, pair.kid)));
    const log = await logKey(stretched, pair.kid);
    assert.equal(letter.log_key, b64uEncode(log));
    assert.equal(envelope.leaf, b64uEncode(await leaf({ logKey: log, ...parts })));
  }
});

test("only the organisation that was allowed the account has it; nobody's keys are another's", async () => {
  const { letters } = await sealed();
  assert.deepEqual(
    letters.map(({ letter }) => letter.account?.text ?? null),
    ["canary account", null, null],
  );
  assert.equal(new Set(letters.flatMap(({ letter }) => [letter.reply_key, letter.log_key])).size, 6);
});

test("all envelopes have the size that the longest letter needs", async () => {
  const letter = { ...fullLetter(), account: { text: "가".repeat(6000) } };
  const { sent } = await sealed({ letter });
  const lengths = sent.envelopes.map((/** @type {{sealed: string}} */ one) => b64uDecode(one.sealed).length);
  assert.deepEqual(lengths, [65536 + 1136, 65536 + 1136, 65536 + 1136]);
});

test("the code gives the own record back, which holds links and consents and nothing told in confidence", async () => {
  const { sent, token, lookup } = await sealed();
  assert.equal(sent.lookup, b64uEncode(lookup));
  assert.deepEqual(await lookupOf(token), lookup);
  const parts = { stretched, portalId, reportId: b64uDecode(sent.report_id), sealed: b64uDecode(sent.own) };
  const plaintext = await openOwn(parts);
  assert.doesNotMatch(new TextDecoder().decode(plaintext), /canary/);
  const own = parseOwn(plaintext);
  assert.deepEqual(
    own.items.map(({ url }) => url),
    fullLetter().items.map(({ url }) => url),
  );
  assert.deepEqual(
    own.organisations.map(({ slug }) => slug),
    ["support-centre", "commission", "monitor"],
  );
  assert.equal((await sealed({ keepOwn: false })).sent.own, null);
});

test("nothing of what was written is in the body", async () => {
  const { body } = await sealed();
  assert.doesNotMatch(new TextDecoder().decode(body), /canary|example\.test|부산|모레/);
});

test("the preview is what is sealed, but for the keys", async () => {
  const { letters } = await sealed();
  const zero = b64uEncode(new Uint8Array(32));
  const shown = lettersFor({ letter: fullLetter(), choices });
  assert.deepEqual(
    shown,
    letters.map(({ slug, letter }) => ({ slug, letter: { ...letter, reply_key: zero, log_key: zero } })),
  );
});

test("what cannot be sealed is not sent", async () => {
  const wrong = { name: "FormatError" };
  await assert.rejects(sealed({ choices: [] }), wrong);
  await assert.rejects(sealed({ letter: { ...fullLetter(), lang: "fr" } }), wrong);
  await assert.rejects(sealed({ letter: { ...fullLetter(), account: { text: "a".repeat(50_001) } } }), wrong);
  await assert.rejects(sealed({ sealedBy: "server" }), wrong);
  await assert.rejects(sealed({ choices: [...choices, ...choices] }), wrong);
  const [first] = choices;
  assert.ok(first);
  const swapped = { ...first.organisation, kid: b64uEncode(new Uint8Array(16)) };
  await assert.rejects(sealed({ choices: [{ ...first, organisation: swapped }] }), wrong);
});
