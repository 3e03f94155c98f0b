import assert from "node:assert/strict";
import { test } from "node:test";
import { contentFigures, NONE } from "../../static/js/pages/figures/content.js";

/** @param {object} changes @returns {any} */
function summary(changes = {}) {
  return {
    role: "victim",
    age_group: "undisclosed",
    harm: ["threat"],
    material: [],
    threat: [],
    spread: [],
    wishes: [],
    links: 1,
    tags: { url: ["a"], site: ["s"], poster: [""] },
    ...changes,
  };
}

/** @param {number} number @param {object} [changes] */
const many = (number, changes) => Array.from({ length: number }, () => summary(changes));
/** @param {any[]} summaries @param {string} name */
const partsOf = (summaries, name) => contentFigures(summaries).find((one) => one.name === name)?.parts ?? {};

test("each letter is counted in all that it is about, and once where it names nothing", () => {
  const found = partsOf([...many(12, { harm: ["threat", "fear", "threat"] }), ...many(10, { harm: [] })], "harms");
  assert.deepEqual([found.threat, found.fear, found[NONE], found.grooming], [12, 12, 10, 0]);
});

test("what few letters have is not shown, nor what all but a few have", () => {
  const few = partsOf([...many(3, { harm: ["fear"] }), ...many(20)], "harms");
  assert.equal(few.fear, null);
  assert.equal(few.threat, null);
  const nearlyAll = partsOf(
    [...many(20, { harm: ["threat", "fear"] }), ...many(2, { harm: ["threat", "grooming"] })],
    "harms",
  );
  assert.equal(nearlyAll.fear, null);
  assert.equal(nearlyAll.grooming, null);
});

test("links and sites are counted in steps", () => {
  const tags = { url: ["a", "b", "c"], site: ["s", "s", ""], poster: ["", "", ""] };
  const found = [...many(9, { links: 3, tags }), ...many(6, { links: 0, tags: { url: [], site: [], poster: [] } })];
  assert.equal(partsOf(found, "links").links_5, 9);
  assert.equal(partsOf(found, "sites").links_1, 9);
  assert.equal(partsOf(found, "sites").links_0, 6);
});

test("of a few letters nothing is shown", () => {
  for (const { total, parts } of contentFigures(many(4))) {
    assert.equal(total, null);
    assert.ok(Object.values(parts).every((number) => number === null || number === 0));
  }
});
