import assert from "node:assert/strict";
import { test } from "node:test";
import { roughDate as checked } from "../../static/js/domain/letter.js";
import { roughDate } from "../../static/js/pages/report/rough_date.js";

const READ = new Map([
  ["", "undisclosed"],
  ["  ", "undisclosed"],
  ["2026", "2026"],
  ["2026년", "2026"],
  ["2026-11", "2026-11"],
  ["2026.11", "2026-11"],
  ["2026.11.", "2026-11"],
  ["2026년 11월", "2026-11"],
  ["2026년 1월", "2026-01"],
  ["2026년 11월 3일", "2026-11-03"],
  ["2026. 11. 3.", "2026-11-03"],
  ["2026/11/03", "2026-11-03"],
  ["20261103", "2026-11-03"],
  ["２０２６－１１", "2026-11"],
  ["2024-02-29", "2024-02-29"],
]);

for (const [typed, expected] of READ) {
  test(`«${typed}» is ${expected}, which a letter takes`, () => {
    assert.equal(roughDate(typed), expected);
    assert.equal(checked(expected, "posted"), expected);
  });
}

for (const typed of [
  "어제",
  "11월",
  "2026-13",
  "2026-02-30",
  "26-11",
  "2026-11-3-1",
  "1066",
  "202611",
  "2026년쯤 봄",
]) {
  test(`«${typed}» is asked for once more`, () => assert.equal(roughDate(typed), null));
}
