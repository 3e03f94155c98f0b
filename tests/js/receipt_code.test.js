import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { candidates, checkDigits, format, generate, normalise } from "../../static/js/domain/receipt_code.js";
import { replayVectors } from "./replaying.js";

replayVectors("receipt_code");

const code = fc
  .bigInt({ min: 0n, max: 10n ** 22n - 1n })
  .map((number) => number.toString().padStart(22, "0"))
  .map((digits) => digits + checkDigits(digits));

test("a code is itself under any width and spacing", () => {
  const between = fc.array(fc.constantFrom("", " ", "-", "\u3000", "–", "\n"), { minLength: 24, maxLength: 24 });
  fc.assert(
    fc.property(code, between, fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }), (digits, gaps, wide) => {
      const typed = [...digits].map(
        (digit, at) => gaps[at] + (wide[at] ? String.fromCharCode(digit.charCodeAt(0) + 0xfee0) : digit),
      );
      assert.equal(normalise(typed.join("")), digits);
      assert.equal(normalise(format(digits)), digits);
    }),
  );
});

test("every single mistyped digit and every swap is noticed, and the right code is among the few offered", () => {
  fc.assert(
    fc.property(code, fc.nat(23), fc.integer({ min: 1, max: 9 }), (digits, place, shift) => {
      const wrong = String((Number(digits[place]) + shift) % 10);
      const typed = digits.slice(0, place) + wrong + digits.slice(place + 1);
      assert.throws(() => normalise(typed), { name: "FormatError" });
      const offered = candidates(typed);
      assert.ok(offered.includes(digits) && offered.length <= 8, `${offered.length}`);
      const next = place === 23 ? 22 : place;
      const [left, right] = [digits.charAt(next), digits.charAt(next + 1)];
      fc.pre(left !== right);
      assert.ok(candidates(digits.slice(0, next) + right + left + digits.slice(next + 2)).includes(digits));
    }),
  );
});

test("fresh codes are right, different, and use the whole range", () => {
  const codes = Array.from({ length: 300 }, generate);
  for (const one of codes) assert.equal(normalise(one), one);
  assert.equal(new Set(codes).size, codes.length);
  assert.equal(new Set(codes.map((one) => one[0])).size, 10);
});
