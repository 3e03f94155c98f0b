import assert from "node:assert/strict";
import { test } from "node:test";
import { draftJson, followUpJson, followUpMessageJson, withdrawalJson } from "../../static/js/domain/coming_back.js";

const token = new Uint8Array(32).fill(1);
const message = { referralId: new Uint8Array(16), messageId: new Uint8Array(16), sealed: new Uint8Array(1024 + 28) };
const read = (/** @type {Uint8Array} */ bytes) => JSON.parse(new TextDecoder().decode(bytes));

test("bodies have exactly the fields that the server takes", () => {
  assert.deepEqual(Object.keys(read(followUpJson(token))), ["token"]);
  const fields = ["token", "referral_id", "message_id", "sealed"];
  assert.deepEqual(Object.keys(read(followUpMessageJson({ token, ...message }))), fields);
  const draft = { draftId: new Uint8Array(16), token, sealed: new Uint8Array(4096 + 28) };
  assert.deepEqual(Object.keys(read(draftJson(draft))), ["draft_id", "token", "sealed"]);
  const withdrawal = read(withdrawalJson({ token, when: "now", messages: [message] }));
  assert.deepEqual(Object.keys(withdrawal), ["token", "when", "messages"]);
  assert.deepEqual(Object.keys(withdrawal.messages[0]), fields.slice(1));
});

test("wrong lengths, times and doubled referrals are not sent", () => {
  const wrong = { name: "FormatError" };
  assert.throws(() => followUpJson(token.slice(1)), wrong);
  assert.throws(() => followUpMessageJson({ token, ...message, sealed: new Uint8Array(1024) }), wrong);
  assert.throws(() => followUpMessageJson({ token, ...message, messageId: new Uint8Array(15) }), wrong);
  assert.throws(() => draftJson({ draftId: new Uint8Array(16), token, sealed: message.sealed }), wrong);
  assert.throws(() => withdrawalJson({ token, when: "later", messages: [message] }), wrong);
  assert.throws(() => withdrawalJson({ token, when: "72h", messages: [] }), wrong);
  assert.throws(() => withdrawalJson({ token, when: "72h", messages: [message, message] }), wrong);
});
