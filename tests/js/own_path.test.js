import assert from "node:assert/strict";
import { test } from "node:test";
import { ownPath } from "../../static/js/pages/session/own_path.js";

const ORIGIN = "https://portal.example";
const own = (/** @type {string|null} */ next) => ownPath(next, "/queue", ORIGIN);

test("a path of this portal is followed, with its query", () => {
  assert.equal(own("/referral/AAAA"), "/referral/AAAA");
  assert.equal(own("/en/queue?state=received&after=x"), "/en/queue?state=received&after=x");
});

for (const next of [
  null,
  "",
  "queue",
  "https://other.example/",
  "//other.example/",
  "/\\other.example",
  "\\/other.example",
  "/\t/other.example",
  "javascript:alert(1)",
  "/a\nb",
  "/../..//other\\x",
]) {
  test(`${JSON.stringify(next)} leads to the queue`, () => assert.equal(own(next), "/queue"));
}
