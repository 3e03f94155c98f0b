// Links that were gone and came again: this reporter's own alone, added after they went, with where they stood before.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ITEM_STATES } from "../../static/js/domain/vocabulary.js";
import { canReturn, returnsIn } from "../../static/js/pages/referral/coming_again.js";

const item = (/** @type {string} */ id, /** @type {string|null} */ url) => ({ id, url, poster: "" });
const first = item("a", "https://www.Board.example/view?b=2&a=1#top");
const other = item("b", "https://board.example/other");
const same = item("c", "board.example/view?a=1&b=2");
const later = (/** @type {string} */ on, /** @type {any[]} */ items) => ({
  direction: "to_organisation",
  received_on: on,
  content: { items, states: [] },
});
const told = (/** @type {string} */ on, /** @type {string} */ state) => ({
  direction: "to_reporter",
  received_on: on,
  content: { items: [], states: [{ item: "a", state }] },
});

/** @param {string} state @param {string} came @returns {any} */
function held(state, came, items = [first, other, same]) {
  return {
    items,
    letter: { items: [first, other] },
    messages: [told("2026-11-02", "requested_operator"), told("2026-11-05", state), later(came, [same])],
    opening: {
      items: [
        { item_id: "a", state, state_on: "2026-11-05" },
        { item_id: "b", state: "reported", state_on: "2026-11-01" },
        { item_id: "c", state: "reported", state_on: came },
      ],
    },
  };
}

test("the same address, typed otherwise, after it was gone: it came again, with its history", () => {
  const [found, ...more] = returnsIn(held("removed", "2026-11-09"));
  assert.deepEqual(more, []);
  assert.deepEqual(found, {
    itemId: "a",
    number: 1,
    state: "removed",
    again: [3],
    history: [
      { on: "2026-11-02", state: "requested_operator" },
      { on: "2026-11-05", state: "removed" },
    ],
  });
});

test("one that was said twice before it went, or is at another address, did not come again", () => {
  assert.deepEqual(returnsIn(held("removed", "2026-11-04")), []);
  assert.deepEqual(
    returnsIn(held("removed", "2026-11-09", [first, other, item("c", "https://board.example/view")])),
    [],
  );
  assert.deepEqual(returnsIn(held("removed", "2026-11-09", [item("a", null), other, item("c", null)])), []);
  assert.deepEqual(
    returnsIn(held("removed", "2026-11-09", [item("a", "no address"), other, item("c", "no address")])),
    [],
  );
});

test("in every state: it comes again exactly where the table lets it, and a reopened one keeps its history", () => {
  for (const state of ITEM_STATES) {
    const found = returnsIn(held(state, "2026-11-09"));
    assert.equal(found.length, canReturn(state) || state === "reappeared" ? 1 : 0, state);
  }
  assert.equal(canReturn("removed"), true);
  assert.equal(canReturn("requested_operator"), false);
  const [again] = returnsIn(held("reappeared", "2026-11-09"));
  assert.equal(again?.history.at(-1)?.state, "reappeared");
});
