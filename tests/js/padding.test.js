import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { LETTER_BUCKETS, MESSAGE_BUCKETS, pad, SUMMARY_BUCKETS, unpad } from "../../static/js/crypto/padding.js";
import { replayVectors } from "./replaying.js";

replayVectors("padding");

test("what was padded comes back, and its length is a bucket", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 5000 }), fc.constantFrom(0, ...MESSAGE_BUCKETS), (plaintext, atLeast) => {
      const padded = pad(plaintext, MESSAGE_BUCKETS, atLeast);
      assert.ok(MESSAGE_BUCKETS.includes(padded.length) && padded.length >= atLeast);
      assert.deepEqual(unpad(padded, MESSAGE_BUCKETS), plaintext);
    }),
  );
});

test("a changed pad byte is refused", () => {
  const padded = pad(new Uint8Array(10).fill(7), MESSAGE_BUCKETS);
  padded[500] = 1;
  assert.throws(() => unpad(padded, MESSAGE_BUCKETS), { name: "FormatError" });
});

test("letters have four sizes, summaries steps of 512", () => {
  assert.equal(LETTER_BUCKETS.length, 4);
  assert.equal(SUMMARY_BUCKETS[0], 512);
  assert.ok(SUMMARY_BUCKETS.every((bucket) => bucket % 512 === 0));
});
