// Keys of the queue: each does one thing, and nothing while somebody types or composes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { keyAct } from "../../static/js/pages/queue/keys.js";

const pressed = (/** @type {string} */ key, changes = {}) => ({
  key,
  isComposing: false,
  keyCode: 0,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  ...changes,
});

test("each key, and the same place on a keyboard that is set to Hangul", () => {
  for (const both of ["jㅓ next", "kㅏ before", "xㅌ pick", "aㅁ claim", "sㄴ state"]) {
    const [keys = "", act] = both.split(" ");
    for (const key of keys) assert.equal(keyAct(pressed(key), false), act);
  }
  assert.equal(keyAct(pressed("/"), false), "find");
  assert.equal(keyAct(pressed("?"), false), "help");
});

test("nothing while something is typed, composed, or meant for the browser", () => {
  assert.equal(keyAct(pressed("j"), true), null);
  assert.equal(keyAct(pressed("j", { isComposing: true }), false), null);
  assert.equal(keyAct(pressed("Process", { keyCode: 229 }), false), null);
  for (const held of ["ctrlKey", "altKey", "metaKey"])
    assert.equal(keyAct(pressed("a", { [held]: true }), false), null);
  for (const other of ["b", "Enter", "Tab", "toString", "constructor"])
    assert.equal(keyAct(pressed(other), false), null);
});

test("a key that is held down moves on, and takes on nothing", () => {
  assert.equal(keyAct(pressed("j", { repeat: true }), false), "next");
  for (const key of ["a", "x", "s"]) assert.equal(keyAct(pressed(key, { repeat: true }), false), null);
});
