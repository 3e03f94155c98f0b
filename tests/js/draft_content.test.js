import assert from "node:assert/strict";
import { test } from "node:test";
import { sealDraft } from "../../static/js/crypto/own.js";
import { openDraft } from "../../static/js/crypto/small_opening.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { draftContent, parseDraftContent } from "../../static/js/pages/report/draft_content.js";

const id = (/** @type {number} */ n) => b64uEncode(new Uint8Array(16).fill(n));
const ODD = "이야기 👩‍👩‍👧 مرحبا \u202e\u200b\u0000\u0007 \\n \"'<b>\r\n\t끝";

/** @param {object} [changes] @returns {any} */
function draft(changes) {
  return {
    report_id: id(1),
    sentence_id: id(2),
    step: "account",
    answers: { account_events: ODD, harm: ["threat", "filming"], role: ["victim"], region: "seoul" },
    links: [
      { id: id(3), answers: { address: " https://board.example/카나리아 ", spread: "spreading" } },
      { id: id(4), answers: {} },
    ],
    ...changes,
  };
}

test("what was typed comes back to the letter, sealed in between", async () => {
  const where = { stretched: new Uint8Array(32), portalId: new Uint8Array(16), draftId: new Uint8Array(16) };
  const sealed = await sealDraft({ ...where, content: draftContent(draft()) });
  assert.equal(sealed.length, 4096 + 28);
  assert.deepEqual(parseDraftContent(await openDraft({ ...where, sealed })), { v: 1, ...draft() });
});

test("half of an emoji costs one sign, not the draft", () => {
  const kept = parseDraftContent(draftContent(draft({ answers: { sentence: "a\ud83db", names: ["\udc00"] } })));
  assert.deepEqual(kept.answers, { sentence: "a\ufffdb", names: ["\ufffd"] });
});

test("five hundred links and long words are one length of four, and more is said to be too long", async () => {
  const links = Array.from({ length: 500 }, (_, n) => ({
    id: b64uEncode(Uint8Array.from({ length: 16 }, (_one, at) => (at < 2 ? (n >> (8 * at)) & 255 : 0))),
    answers: { address: `https://board.example/${n}?${"x".repeat(200)}` },
  }));
  const where = { stretched: new Uint8Array(32), portalId: new Uint8Array(16), draftId: new Uint8Array(16) };
  const content = draftContent(draft({ links, answers: { account_events: "가".repeat(20_000) } }));
  assert.equal((await sealDraft({ ...where, content })).length, 262_144 + 28);
  const long = draftContent(draft({ answers: { account_events: "가".repeat(100_000) } }));
  await assert.rejects(() => sealDraft({ ...where, content: long }), { name: "FormatError", field: "length" });
});

test("nothing else is taken for a draft", () => {
  const wrong = { name: "FormatError" };
  for (const changes of [
    { report_id: "AAAA" },
    { step: 3 },
    { answers: [] },
    { answers: { sentence: 1 } },
    { answers: { harm: [] } },
    { answers: { harm: [["threat"]] } },
    {
      links: [
        { id: id(3), answers: {} },
        { id: id(3), answers: {} },
      ],
    },
    { links: [{ id: id(3) }] },
    { more: "" },
  ]) {
    assert.throws(() => draftContent(draft(changes)), wrong, JSON.stringify(changes));
  }
  const bytes = draftContent(draft());
  assert.throws(() => parseDraftContent(bytes.slice(1)), wrong);
  assert.throws(() => parseDraftContent(new TextEncoder().encode(` ${new TextDecoder().decode(bytes)}`)), wrong);
  const other = new TextDecoder().decode(bytes).replace('"v":1', '"v":2');
  assert.throws(() => parseDraftContent(new TextEncoder().encode(other)), wrong);
});
