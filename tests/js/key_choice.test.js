// Other keys: what was typed in Hangul is the letter in its place, and no key does two things.

import assert from "node:assert/strict";
import { test } from "node:test";
import { keyAct, keyTyped, takenBy, USUAL } from "../../static/js/pages/queue/keys.js";

const pressed = (/** @type {string} */ key) => ({
  key,
  isComposing: false,
  keyCode: 0,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
});

test("one sign is taken, a letter small, Hangul as the letter in its place", () => {
  for (const [typed, key] of [
    ["n", "n"],
    ["N", "n"],
    ["ㅜ", "n"],
    ["jm", "m"],
    [" ; ", ";"],
    ["5", "5"],
    ["", ""],
    [" ", ""],
  ]) {
    assert.equal(keyTyped(typed ?? ""), key);
  }
});

test("a key that was chosen acts in both settings of the keyboard, and the usual one no more", () => {
  const chosen = { ...USUAL, next: "n" };
  assert.equal(keyAct(pressed("n"), false, chosen), "next");
  assert.equal(keyAct(pressed("ㅜ"), false, chosen), "next");
  assert.equal(keyAct(pressed("j"), false, chosen), null);
  assert.equal(keyAct(pressed("k"), false, chosen), "before");
});

test("what has a key already is named", () => {
  assert.equal(takenBy(USUAL, "next", "x"), "pick");
  assert.equal(takenBy(USUAL, "next", "j"), null);
  assert.equal(takenBy(USUAL, "next", "n"), null);
});
