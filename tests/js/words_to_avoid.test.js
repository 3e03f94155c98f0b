import assert from "node:assert/strict";
import { test } from "node:test";
import { avoidedWords } from "../../static/js/pages/referral/words_to_avoid.js";

test("words to avoid are found inside longer words, in any case, each once", () => {
  assert.deepEqual(avoidedWords("삭제, 상담소 / D4U", "삭제요청을 d4u에 보냈습니다. 삭제 확인"), ["삭제", "D4U"]);
});

test("decomposed and composed Hangul are one", () => {
  assert.deepEqual(avoidedWords("삭제".normalize("NFD"), "삭제"), ["삭제".normalize("NFD")]);
});

test("single characters and nothing at all raise no alarm", () => {
  assert.deepEqual(avoidedWords("그, 이", "그 이야기"), []);
  assert.deepEqual(avoidedWords("", "무엇이든"), []);
});
