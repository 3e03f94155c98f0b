// Sites that are named or asked for most: numbers that are too small are not among them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { siteFigures, TOP } from "../../static/js/pages/figures/platforms.js";
import { tagOf } from "../../static/js/pages/queue/typed_tags.js";

const site = (/** @type {string} */ canonical) => tagOf({ kind: "site", canonical });

/** @param {number} number @param {string[]} tags @returns {any[]} */
const letters = (number, tags) => Array.from({ length: number }, () => ({ tags: { site: tags } }));

/** @param {string} state @param {string} url @param {number} from @param {number} to @returns {any} */
const asked = (state, url, from, to) => ({
  state,
  content: {
    links: Array.from({ length: to - from }, (_, at) => ({
      referral: "r",
      item: `i${from + at}`,
      url: `${url}/${at}`,
    })),
  },
});

test("a site has the letters that name it, the links that were asked for, and how many are gone", async () => {
  const telegram = await site("t.me");
  const found = await siteFigures(
    [...letters(6, [telegram, telegram]), ...letters(7, [])],
    [asked("sent", "https://clips.example", 0, 8), asked("removed", "https://clips.example", 8, 20)],
  );
  assert.deepEqual(
    found.map(({ site: one, letters: named, asked: all, gone, share }) => [one, named, all, gone, share]),
    [
      ["clips.example", 0, 20, 12, 60],
      ["t.me", 6, 0, 0, null],
    ],
  );
});

test("a link that was asked for twice counts once, one not sent yet or taken back not at all", async () => {
  const url = "https://clips.example";
  const gone = { state: "removed", content: { links: [{ referral: "r", item: "i0", url: "" }] } };
  const found = await siteFigures(
    [],
    [asked("sent", url, 0, 9), asked("removed", url, 0, 9), asked("drafted", url, 9, 20), /** @type {any} */ (gone)],
  );
  assert.deepEqual([found[0]?.asked, found[0]?.gone, found[0]?.share], [9, 9, 100]);
  assert.equal(found.length, 1);
});

test("few letters, few links, and all but a few of them are not shown", async () => {
  const telegram = await site("t.me");
  const url = "https://clips.example";
  assert.deepEqual(await siteFigures(letters(4, [telegram]), [asked("sent", url, 0, 4)]), []);
  assert.deepEqual(await siteFigures([...letters(8, [telegram]), ...letters(2, [])], []), []);
  const [one] = await siteFigures([], [asked("removed", url, 0, 8), asked("refused", url, 8, 10)]);
  assert.deepEqual([one?.asked, one?.gone, one?.share], [10, null, null]);
});

test("so many sites and no more, what most of it is about first", async () => {
  const requests = Array.from({ length: TOP + 3 }, (_, at) => asked("sent", `https://s${at}.example`, 0, 5 + at));
  const found = await siteFigures([], requests);
  assert.equal(found.length, TOP);
  assert.equal(found[0]?.asked, 5 + TOP + 2);
});
