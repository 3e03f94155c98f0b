import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import * as wire from "../../static/js/domain/wire.js";
import { replayVectors } from "./replaying.js";

replayVectors("wire");

test("b64u comes back, and no second spelling is taken", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.string({ maxLength: 4 }), (bytes, other) => {
      const text = wire.b64uEncode(bytes);
      assert.deepEqual(wire.b64uDecode(text), bytes);
      try {
        assert.equal(wire.b64uEncode(wire.b64uDecode(text + other)), text + other);
      } catch (error) {
        assert.equal(/** @type {Error} */ (error).name, "FormatError");
      }
    }),
  );
});

test("bytes longer than one call can spread", () => {
  const bytes = new Uint8Array(300_000).map((_, at) => at % 251);
  assert.deepEqual(wire.b64uDecode(wire.b64uEncode(bytes)), bytes);
});

test("canonical JSON comes back as it was", () => {
  const leaf = fc.oneof(fc.string({ unit: "binary" }), fc.maxSafeInteger(), fc.boolean(), fc.constant(null));
  const { node: tree = leaf } = fc.letrec((/** @type {(name: string) => any} */ tie) => ({
    node: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("node")), fc.dictionary(fc.string(), tie("node"))),
  }));
  fc.assert(
    fc.property(tree, (value) => {
      fc.pre(!JSON.stringify(value).includes("-0") && !JSON.stringify(value).includes("__proto__"));
      assert.equal(JSON.stringify(wire.parseCanonical(wire.canonicalJson(value))), JSON.stringify(value));
    }),
  );
});

test("what is no plain value is not serialised", () => {
  for (const wrong of [undefined, 1.5, Number.NaN, () => 1, { a: undefined }, [Symbol.iterator], 10n]) {
    assert.throws(() => wire.canonicalJson(wrong, "x"), { name: "FormatError", field: "x" });
  }
});

test("a checked object has exactly its fields, in order, and inherits none", () => {
  const shape = { a: wire.boolean, b: wire.integer(0, 9) };
  assert.deepEqual(Object.keys(wire.fields({ b: 1, a: true }, shape, "")), ["a", "b"]);
  /** @type {[unknown, string][]} */
  const wrong = [
    [{ a: true }, "x.b"],
    [{ a: true, b: 1, c: 1 }, "x"],
    [Object.create({ a: true, b: 1 }), "x.a"],
    [JSON.parse('{"a":true,"b":1,"__proto__":1}'), "x"],
    [{ a: true, b: true }, "x.b"],
    [[true, 1], "x"],
    [null, "x"],
  ];
  for (const [value, field] of wrong)
    assert.throws(() => wire.fields(value, shape, "x"), { name: "FormatError", field });
});

test("lengths of texts are in code points, as in Python", () => {
  assert.equal(wire.text(2)("😀😀", "x"), "😀😀");
  assert.throws(() => wire.text(2)("😀😀😀", "x"), { name: "FormatError" });
  assert.throws(() => wire.text(2, 2)("😀", "x"), { name: "FormatError" });
});
