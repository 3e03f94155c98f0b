import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { seed, words } from "../../static/js/domain/recovery_words.js";
import { replayVectors } from "./replaying.js";

replayVectors("recovery_words");

test("what is written is read back, however it is spaced or capitalised", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 32, maxLength: 32 }), async (entropy) => {
      const typed = (await words(entropy)).join("\n  ").toUpperCase();
      assert.deepEqual(await seed(` ${typed} `), entropy);
    }),
    { numRuns: 30 },
  );
});
