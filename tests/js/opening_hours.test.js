import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { DAY, minuteOfWeek, minutesUntilOpen } from "../../static/js/domain/opening_hours.js";
import { replayVectors } from "./replaying.js";

replayVectors("opening_hours");

const WEEK = 7 * DAY;
const MONDAY = Date.parse("2026-11-23T00:00:00+09:00");

test("a week begins on Monday in Korea, also before 1970", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: WEEK - 1 }), fc.integer({ min: -4000, max: 4000 }), (minute, week) => {
      assert.equal(minuteOfWeek(MONDAY + (week * WEEK + minute) * 60_000 + 59_999), minute);
    }),
  );
});

test("once it is open, it is open", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: WEEK - 1 }), (minute) => {
      const hours = "Mo,Tu 09:00-18:30; Sa 22:00-06:00";
      const wait = /** @type {number} */ (minutesUntilOpen(hours, minute));
      assert.equal(minutesUntilOpen(hours, (minute + wait) % WEEK), 0);
      if (wait > 0) assert.notEqual(minutesUntilOpen(hours, (minute + wait - 1) % WEEK), 0);
    }),
  );
});
