import assert from "node:assert/strict";
import { test } from "node:test";
import { ownPath, signInAddress } from "../../static/js/pages/session/own_path.js";

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

test("one comes back to the same page; what stands behind the # is in no address that is sent", () => {
  const address = signInAddress("/en", { pathname: "/en/requests/new", search: "?a=1", hash: "#of=AAAA:BBBB" });
  assert.equal(address, "/en/sign-in?next=%2Fen%2Frequests%2Fnew%3Fa%3D1#of=AAAA:BBBB");
  const { searchParams } = new URL(address, ORIGIN);
  assert.equal(own(searchParams.get("next")), "/en/requests/new?a=1");
});
