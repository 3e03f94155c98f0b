import assert from "node:assert/strict";
import { test } from "node:test";
import { transitions } from "../../static/js/domain/item_state.js";
import {
  offeredForItems,
  offeredForReferral,
  sharedTransitions,
  withDelay,
} from "../../static/js/pages/referral/offered_words.js";

/** @type {Record<string, string>} */
const WORDS = {
  "state_words.ko.referral.closed": "마쳤습니다.",
  "state_words.ko.message.delayed": "늦어지고 있습니다.",
  "state_words.ko.link.named": "링크 {numbers}",
  "state_words.ko.item.removed": "{links} 삭제를 확인했습니다.",
  "state_words.en.link.named": "link {numbers}",
  "state_words.en.item.unreachable": "{links} could not be reached.",
};
const sentence = (/** @type {string} */ path, /** @type {Record<string, string>} */ places = {}) =>
  (WORDS[path] ?? assert.fail(path)).replace(/\{(\w+)\}/g, (_, name) => places[name] ?? "");

test("the sentence is in the language of the letter and names the links", () => {
  assert.equal(offeredForReferral(sentence, "ko", "closed"), "마쳤습니다.");
  assert.equal(offeredForItems(sentence, "ko", "removed", [1, 3]), "링크 1, 3 삭제를 확인했습니다.");
  assert.equal(offeredForItems(sentence, "en", "unreachable", [2]), "Link 2 could not be reached.");
});

test("where no state can be chosen nothing is offered", () => {
  assert.equal(offeredForReferral(sentence, "ko", ""), "");
  assert.equal(offeredForItems(sentence, "ko", "", []), "");
});

test("several links move together only where each of them can go", () => {
  assert.deepEqual(sharedTransitions(["removed"], transitions), transitions("removed"));
  assert.deepEqual(sharedTransitions(["removed", "monitoring", "removed"], transitions), ["reappeared", "site_closed"]);
  assert.deepEqual(sharedTransitions([], transitions), []);
});

test("that it takes longer joins what was typed, once", () => {
  const once = withDelay(sentence, "ko", "");
  assert.equal(once, "늦어지고 있습니다.");
  assert.equal(withDelay(sentence, "ko", once), once);
  assert.equal(withDelay(sentence, "ko", "안녕하세요. "), "안녕하세요.\n늦어지고 있습니다.");
});
