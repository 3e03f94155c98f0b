import assert from "node:assert/strict";
import { test } from "node:test";
import { LETTER_BUCKETS, pad } from "../../static/js/crypto/padding.js";
import { FormatError } from "../../static/js/errors.js";
import { isTooMuch, tooMuch } from "../../static/js/pages/report/too_much.js";
import { answersWith, link } from "./report_answers.js";

/** @param {number} length */
const links = (length) =>
  Array.from({ length: 500 }, (_, n) => link(n, { address: `https://a.test/${"x".repeat(length)}` }));

test("what sealing says of a letter that is too long is known, and nothing else is taken for it", () => {
  let thrown;
  try {
    pad(new Uint8Array(LETTER_BUCKETS.at(-1) ?? 0), LETTER_BUCKETS);
  } catch (error) {
    thrown = error;
  }
  assert.ok(isTooMuch(thrown));
  for (const other of [new FormatError("padding"), new TypeError("length"), "length", undefined])
    assert.ok(!isTooMuch(other));
});

test("it is said where most is written, in bytes", () => {
  const account_events = "가".repeat(20_000);
  assert.deepEqual(tooMuch(answersWith({ account_events }, links(200))), {
    step: "links", id: "link-0-address", key: "too_much",
  }); // biome-ignore format: one line
  assert.equal(tooMuch(answersWith({ account_events }, links(50))).id, "account_events");
  assert.equal(tooMuch(answersWith({ account_events, offender_text: "가".repeat(20_001) }, [])).id, "offender_text");
  assert.equal(tooMuch(answersWith({ account_events, offender_text: "x".repeat(50_000) }, [])).id, "account_events");
});
