import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf } from "../../static/js/pages/referral/korean_day.js";

test("a day begins at midnight in Korea", () => {
  assert.equal(dayOf(new Date("2026-11-22T14:59:59Z")), "2026-11-22");
  assert.equal(dayOf(new Date("2026-11-22T15:00:00Z")), "2026-11-23");
  assert.equal(dayOf(new Date("2026-12-31T23:00:00Z")), "2027-01-01");
});
