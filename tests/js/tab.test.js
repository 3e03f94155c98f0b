import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../../static/js/crypto/encoding.js";
import { openTab, sealTab } from "../../static/js/crypto/tab.js";

test("both halves open what the tab kept, and neither alone does", async () => {
  const halves = { localHalf: randomBytes(32), sessionHalf: randomBytes(32) };
  const content = randomBytes(5000);
  const sealed = await sealTab({ ...halves, content });
  assert.deepEqual(await openTab({ ...halves, sealed }), content);
  const wrong = { name: "FormatError" };
  await assert.rejects(openTab({ ...halves, sessionHalf: randomBytes(32), sealed }), wrong);
  await assert.rejects(openTab({ ...halves, localHalf: randomBytes(32), sealed }), wrong);
  await assert.rejects(openTab({ localHalf: halves.sessionHalf, sessionHalf: halves.localHalf, sealed }), wrong);
  await assert.rejects(openTab({ ...halves, sessionHalf: randomBytes(31), sealed }), wrong);
  sealed[20] = (sealed[20] ?? 0) ^ 1;
  await assert.rejects(openTab({ ...halves, sealed }), wrong);
});
