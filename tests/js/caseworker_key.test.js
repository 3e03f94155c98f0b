import assert from "node:assert/strict";
import { test } from "node:test";
import { root } from "../../static/js/crypto/caseworker_key.js";
import { replayVectors } from "./replaying.js";

replayVectors("caseworker_key");

test("the long way is told from 0 to 1, and the page breathes meanwhile", async () => {
  /** @type {number[]} */
  const told = [];
  let breaths = 0;
  const breathing = setInterval(() => {
    breaths += 1;
  }, 5);
  const parts = { passphrase: "올바른 말 건전지", portalId: new Uint8Array(16), login: "kim" };
  const key = await root({ ...parts, onProgress: (done) => told.push(done) });
  clearInterval(breathing);
  assert.equal(key.length, 32);
  assert.ok(told.length > 10 && told.every((done, at) => done >= (told[at - 1] ?? 0) && done <= 1));
  assert.equal(told.at(-1), 1);
  assert.ok(breaths > 3, `${breaths}`);
  const decomposed = parts.passphrase.normalize("NFD");
  assert.notEqual(decomposed, parts.passphrase);
  assert.deepEqual(await root({ ...parts, passphrase: decomposed }), key, "the same words from another keyboard");
});

test("a weaker parameter set than the code knows is refused", async () => {
  const parts = { passphrase: "x", portalId: new Uint8Array(16), login: "kim", parameterSet: 0 };
  await assert.rejects(root(parts), { name: "FormatError" });
});
