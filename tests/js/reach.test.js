import assert from "node:assert/strict";
import { test } from "node:test";
import { wordsFor } from "../../static/js/pages/follow_up/reach.js";

test("words are in the page's language, else in the other, with the language that they are in", () => {
  const both = { ko: "휴무", en: "Closed" };
  assert.deepEqual(wordsFor(both, "ko"), { text: "휴무", lang: "ko" });
  assert.deepEqual(wordsFor(both, "en"), { text: "Closed", lang: "en" });
  assert.deepEqual(wordsFor({ ko: "", en: "Closed" }, "ko"), { text: "Closed", lang: "en" });
  assert.deepEqual(wordsFor({ ko: "휴무", en: "" }, "en"), { text: "휴무", lang: "ko" });
  assert.equal(wordsFor({ ko: "", en: "" }, "ko"), null);
});
