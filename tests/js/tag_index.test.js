// What referrals have in common: found as a look at every tag would find it, whatever came, changed and went.

import assert from "node:assert/strict";
import { test } from "node:test";
import { TAG_KINDS, TagIndex } from "../../static/js/pages/queue/tag_index.js";

/** @typedef {import("../../static/js/pages/queue/tag_index.js").Tags} Tags */

/** A small generator: the same numbers in each run. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** @param {(below: number) => number} next @returns {Tags} */
function someTags(next) {
  const count = next(6);
  const column = () => Array.from({ length: count }, () => (next(5) === 0 ? "" : `tag-${next(12)}`));
  return { url: column(), site: column(), poster: column() };
}

/** @param {Map<string, Tags>} known @param {import("../../static/js/pages/queue/tag_index.js").TagKind} kind */
function slowly(known, kind) {
  const tags = new Set([...known.values()].flatMap((one) => one[kind]).filter(Boolean));
  return [...tags].map((tag) => ({
    tag,
    referrals: [...known].filter(([, one]) => one[kind].includes(tag)).map(([id]) => id),
    links: [...known.values()].flatMap((one) => one[kind]).filter((one) => one === tag).length,
  }));
}

test("whatever comes, changes and goes, it finds what a look at every tag finds", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const next = numbers(seed);
    const index = new TagIndex();
    const known = new Map();
    for (let step = 0; step < 60; step += 1) {
      const id = `referral-${next(15)}`;
      if (next(4) === 0) {
        index.drop(id);
        known.delete(id);
      } else {
        const tags = someTags(next);
        index.put(id, tags);
        known.set(id, tags);
      }
      const kind = TAG_KINDS[next(3)] ?? "url";
      if (next(3) === 0) index.groups(kind); // sometimes asked in between, so that places are filled
    }
    for (const kind of TAG_KINDS) {
      const all = slowly(known, kind);
      for (const { tag, referrals } of all)
        assert.deepEqual(index.referrals(kind, tag).toSorted(), referrals.toSorted());
      const shared = all.filter(({ referrals }) => referrals.length > 1);
      const found = index.groups(kind);
      assert.deepEqual(new Set(found.map(({ tag }) => tag)), new Set(shared.map(({ tag }) => tag)));
      for (const one of found) {
        const expected = shared.find(({ tag }) => tag === one.tag);
        assert.equal(one.links, expected?.links);
        assert.equal(one.referrals.length, expected?.referrals.length);
      }
      const sizes = found.map(({ referrals }) => referrals.length);
      assert.deepEqual(
        sizes,
        sizes.toSorted((a, b) => b - a),
        "what most have comes first",
      );
      assert.deepEqual(index.referrals(kind, ""), [], "what is not there is in common to nobody");
    }
  }
});

test("the same link five times in one referral is no group", () => {
  const index = new TagIndex();
  index.put("one", { url: Array(5).fill("a"), site: Array(5).fill("s"), poster: Array(5).fill("") });
  assert.deepEqual(index.groups("url"), []);
  index.put("two", { url: ["a"], site: ["s"], poster: [""] });
  assert.deepEqual(index.groups("url"), [{ tag: "a", referrals: ["one", "two"], links: 6 }]);
  assert.deepEqual(index.groups("poster"), []);
});
