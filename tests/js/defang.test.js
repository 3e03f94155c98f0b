import assert from "node:assert/strict";
import { test } from "node:test";
import { defang } from "../../static/js/pages/referral/defang.js";

/** @type {[typed: string, shown: string][]} */
const CASES = [
  ["https://example.kr/a.html?b=c.d", "hxxps[:]//example[.]kr/a.html?b=c.d"],
  ["http://user@www.example.kr:8080/", "hxxp[:]//user[@]www[.]example[.]kr:8080/"],
  ["HTTPS://EXAMPLE.kr", "HXXPS[:]//EXAMPLE[.]kr"],
  ["www.example.kr/path.html", "www[.]example[.]kr/path.html"],
  ["example.kr:8080/x", "example[.]kr:8080/x"],
  ["t.me/+AbC", "t[.]me/+AbC"],
  ["magnet:?xt=urn:btih:aa.bb", "magnet[:]?xt=urn:btih:aa.bb"],
  ["javascript:alert(document.title)", "javascript[:]alert(document[.]title)"],
  ["https://a.kr/?u=https://b.kr/", "hxxps[:]//a[.]kr/?u=hxxps[:]//b.kr/"],
  ["텔레그램 방 이름", "텔레그램 방 이름"],
  ["", ""],
];

for (const [typed, shown] of CASES) test(`"${typed}" is shown as text`, () => assert.equal(defang(typed), shown));

test("what turns the direction of writing, or has no shape, stands as its number", () => {
  assert.equal(defang("https://a.kr/\u202egpj.exe"), "hxxps[:]//a[.]kr/[U+202E]gpj.exe");
  assert.equal(defang("a\u200bb\u0000c\u3164d\u{e0041}"), "a[U+200B]b[U+0000]c[U+3164]d[U+E0041]");
  assert.equal(defang("a b"), "a b");
});

test("no web address survives", () => {
  for (const [typed] of CASES) assert.doesNotMatch(defang(String(typed)), /https?:\/\//i);
});
