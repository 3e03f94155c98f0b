import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, equalBytes, exactly, le64, pae, randomBytes } from "../../static/js/crypto/encoding.js";
import { FormatError } from "../../static/js/errors.js";
import { replayVectors } from "./replaying.js";

replayVectors("encoding");

const pieces = fc.array(fc.uint8Array({ maxLength: 20 }), { maxLength: 5 });

test("no two lists of pieces give the same bytes", () => {
  fc.assert(
    fc.property(pieces, pieces, (a, b) => {
      const same = a.length === b.length && a.every((piece, at) => equalBytes(piece, b[at] ?? new Uint8Array()));
      assert.equal(equalBytes(pae(...a), pae(...b)), same);
    }),
  );
});

test("pieces that only differ in where they are cut differ", () => {
  assert.ok(!equalBytes(pae("ab", "c"), pae("a", "bc")));
  assert.ok(!equalBytes(pae("a"), pae("a", "")));
});

test("le64 takes safe integers only", () => {
  for (const wrong of [-1, 1.5, 2 ** 53, Number.NaN, /** @type {any} */ ("1")]) {
    assert.throws(() => le64(wrong), FormatError);
  }
});

test("exactly refuses other lengths and other things", () => {
  assert.equal(exactly(new Uint8Array(4), 4, "x").length, 4);
  for (const wrong of [new Uint8Array(3), "abcd", [1, 2, 3, 4], null, undefined]) {
    assert.throws(() => exactly(wrong, 4, "x"), { name: "FormatError", field: "x" });
  }
});

test("random bytes are of the length asked and not the same twice", () => {
  assert.equal(randomBytes(16).length, 16);
  assert.ok(!equalBytes(randomBytes(16), randomBytes(16)));
  assert.equal(concat(randomBytes(2), randomBytes(3)).length, 5);
});
