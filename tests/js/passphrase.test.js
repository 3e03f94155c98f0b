import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BIP39_ENGLISH } from "../../static/js/data/bip39_english.js";
import { BIP39_KOREAN } from "../../static/js/data/bip39_korean.js";
import { generatePassphrase, judge, SHORTEST, WORDS, willDo } from "../../static/js/pages/invitation/passphrase.js";

const nothing = { generated: "", known: [] };

test("a generated passphrase is worth at least 77 bits, in either language", async () => {
  for (const [language, list] of /** @type {const} */ ([
    ["ko", BIP39_KOREAN],
    ["en", BIP39_ENGLISH],
  ])) {
    assert.equal(new Set(list).size, 2048);
    assert.ok(WORDS * Math.log2(list.length) >= 77);
    const made = new Set();
    for (let round = 0; round < 50; round += 1) {
      const passphrase = await generatePassphrase(language);
      const words = passphrase.split(" ");
      assert.equal(words.length, WORDS);
      assert.ok(words.every((word) => list.includes(word)));
      assert.equal(passphrase, passphrase.normalize("NFC"));
      assert.equal(judge(passphrase, { generated: passphrase, known: [] }), "generated");
      made.add(passphrase);
    }
    assert.equal(made.size, 50);
  }
});

test("what is too short, too uniform or too close to a name will not do, and says which", () => {
  assert.equal(judge("", nothing), "empty");
  assert.equal(judge("a".repeat(SHORTEST - 1), nothing), "short");
  assert.equal(judge("ababababababababab", nothing), "alike");
  assert.equal(judge("새 센터 새 센터 새 센터", nothing), "alike");
  assert.equal(judge("Seoul-Centre 2026", { generated: "", known: ["Seoul Centre", "seoul"] }), "known");
  for (const judgement of /** @type {const} */ (["empty", "short", "alike", "frequent", "known"]))
    assert.ok(!willDo(judgement));
});

const all = JSON.parse(
  readFileSync(new URL("../../node_modules/@zxcvbn-ts/language-common/src/passwords.json", import.meta.url), "utf8"),
);

test("frequent passwords will not do, none of those that are long enough", () => {
  const longEnough = all.filter((/** @type {string} */ one) => one.length >= SHORTEST);
  assert.ok(longEnough.length > 290);
  const passed = longEnough.filter((/** @type {string} */ one) => willDo(judge(one, nothing)));
  assert.deepEqual(passed, []);
});

test("two of the first ten thousand joined will not do either, nor with digits or signs around, nor written large", () => {
  const frequent = [
    "passwordpassword", "Password 1234 !", "iloveyou-2026!", "QwertyDragon99", "1234monkey5678", "letmein.sunshine",
    "PRINCESS*michael",
  ]; // biome-ignore format: a list
  for (const one of frequent) assert.equal(judge(one, nothing), "frequent", one);
});

test("drawn words, and what has more in it than two frequent passwords, are never taken for one", async () => {
  for (let round = 0; round < 200; round += 1) {
    const drawn = (await generatePassphrase(round % 2 ? "en" : "ko")).split(" ");
    assert.notEqual(judge(drawn.slice(0, 4).join(" "), nothing), "frequent", drawn.join(" "));
  }
  assert.ok(willDo(judge("twelve entirely different tortoises", nothing)));
});

test("of what a person chose, only the length is said, never that it is strong", () => {
  assert.equal(judge("correct horse 12", nothing), "fair");
  assert.equal(judge("correct horse battery staple", nothing), "long");
  assert.equal(judge("맑은 날 창가에 앉아 커피를 마셔요", nothing), "fair");
  assert.ok(willDo("fair") && willDo("long"));
});

test("one sign changed in a generated one, and it is a chosen one", async () => {
  const generated = await generatePassphrase("en");
  assert.notEqual(judge(`${generated}x`, { generated, known: [] }), "generated");
});
