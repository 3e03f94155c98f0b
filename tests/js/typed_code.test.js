import assert from "node:assert/strict";
import { test } from "node:test";
import { format, generate } from "../../static/js/domain/receipt_code.js";
import { typedCode } from "../../static/js/pages/typed_code.js";

test("a code is right however it was typed", () => {
  const code = generate();
  const wide = code.replaceAll(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  for (const typed of [code, format(code), format(code).replaceAll(" ", "-"), wide]) {
    assert.deepEqual(typedCode(typed), { code, offered: [], digits: 24 });
  }
});

test("a slip is offered for mending, the right one among them", () => {
  const code = generate();
  const typed = `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;
  const found = typedCode(format(code).replace(/^./, typed.charAt(0)));
  assert.equal(found.code, "");
  assert.ok(found.offered.includes(code));
  assert.ok(found.offered.length <= 8);
});

test("too few digits are counted, and nothing is offered", () => {
  assert.deepEqual(typedCode("1234 5678"), { code: "", offered: [], digits: 8 });
  assert.deepEqual(typedCode(""), { code: "", offered: [], digits: 0 });
});
