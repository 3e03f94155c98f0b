// How long was read, week by week: kept for oneself, and summed for a team of five or more.

import assert from "node:assert/strict";
import { test } from "node:test";
import { mondayOf, ofTeam, together, WEEKS_KEPT, weeksIn, written } from "../../static/js/domain/reading_record.js";

test("weeks begin on Mondays", () => {
  assert.equal(mondayOf("2026-11-22"), "2026-11-16");
  assert.equal(mondayOf("2026-11-23"), "2026-11-23");
  assert.equal(mondayOf("2027-01-01"), "2026-12-28");
});

test("what is written is read again, added to, and no longer than it may be", () => {
  const weeks = new Map([
    ["2026-11-16", 900],
    ["2026-11-23", 30],
  ]);
  assert.equal(written(weeks), "read#2026-11-23=30 2026-11-16=900");
  assert.deepEqual(weeksIn(written(weeks)), new Map([...weeks].reverse()));
  assert.equal(together(weeks, new Map([["2026-11-23", 15]])).get("2026-11-23"), 45);
  const many = new Map(
    Array.from({ length: 99 }, (_, at) => [new Date(at * 7 * 86_400_000).toISOString().slice(0, 10), 604_800]),
  );
  assert.equal(weeksIn(written(many)).size, WEEKS_KEPT);
  assert.ok(written(many).length <= 2000);
  for (const other of ["", "state=received#", "read#", "read#x=1 2026-11-16", "spare#threat"]) {
    assert.equal(weeksIn(other).size, 0);
  }
});

test("of a team whole hours are said, and of fewer than five people nothing", () => {
  const hours = (/** @type {number} */ number) => new Map([["2026-11-16", number * 3600]]);
  const five = [1, 2, 3, 4, 5.4].map(hours);
  assert.deepEqual(ofTeam(five), [{ week: "2026-11-16", hours: 15 }]);
  assert.deepEqual(ofTeam([...five.slice(1), new Map([["2026-11-16", 0]])]), [{ week: "2026-11-16", hours: null }]);
  assert.deepEqual(ofTeam([]), []);
});
