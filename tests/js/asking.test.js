import assert from "node:assert/strict";
import { test } from "node:test";
import { asked, LISTED, onlyAsked } from "../../static/js/domain/asking.js";
import { replayVectors } from "./replaying.js";

replayVectors("asking");

test("a person who answers nothing is asked nothing about others", () => {
  const names = asked({}, "links_only");
  assert.ok(names.length < LISTED.length);
  assert.ok(!names.includes("proxy"));
});

test("an answer that is not asked any more is left out, with all that hung on it", () => {
  const answers = { channel: ["phone"], contact_address: ["010"], role: ["third_party"] };
  assert.deepEqual(onlyAsked(answers, "open"), { role: ["third_party"] });
});
