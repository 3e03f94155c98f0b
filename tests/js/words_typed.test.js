/** Recovery words as people type and scan them; what is wrong is said by its place. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { words } from "../../static/js/domain/recovery_words.js";
import { readWords } from "../../static/js/pages/recovery/words_typed.js";

const seed = Uint8Array.from({ length: 32 }, (_, at) => at * 7);
const written = await words(seed);

test("with numbers, commas, line breaks and capitals, as on the sheet and as scanned", async () => {
  const ways = [
    written.join(" "),
    written.join(" ").toUpperCase(),
    written.map((word, at) => `${at + 1}. ${word},`).join("\n"),
    `\n  ${written.join("   ")}\t`,
  ];
  for (const typed of ways) assert.deepEqual(await readWords(typed), { seed });
});

test("a word that is not in the list is named with its place, also beside one that is missing", async () => {
  const mistyped = written.with(4, "abandom").with(20, "사과");
  const unknown = [
    { place: 5, word: "abandom" },
    { place: 21, word: "사과" },
  ];
  assert.deepEqual(await readWords(mistyped.join(" ")), { problem: "unknown", unknown });
  assert.deepEqual(await readWords(mistyped.slice(0, 6).join(" ")), { problem: "unknown", unknown: [unknown[0]] });
});

test("too few or too many, and the wrong order", async () => {
  assert.deepEqual(await readWords(""), { problem: "count", count: 0 });
  assert.deepEqual(await readWords(written.slice(1).join(" ")), { problem: "count", count: 23 });
  assert.deepEqual(await readWords([...written, "zoo"].join(" ")), { problem: "count", count: 25 });
  const swapped = written.with(0, written[1] ?? "").with(1, written[0] ?? "");
  assert.notDeepEqual(swapped, written);
  assert.deepEqual(await readWords(swapped.join(" ")), { problem: "order" });
});
