// How long was read: by day, and since the last break, which a pause of ten minutes is as well.

import assert from "node:assert/strict";
import { test } from "node:test";
import { counted } from "../../static/js/pages/referral/exposure.js";

const MINUTE = 60_000;

test("it adds up, a rest begins anew, and so does a day", () => {
  let reading = counted(null, { day: "2026-11-22", now: 0, seconds: 15 });
  assert.deepEqual(reading, { day: "2026-11-22", seconds: 15, since: 15, at: 0 });
  reading = counted(reading, { day: "2026-11-22", now: 9 * MINUTE, seconds: 15 });
  assert.deepEqual([reading.seconds, reading.since], [30, 30]);
  reading = counted(reading, { day: "2026-11-22", now: 19 * MINUTE, seconds: 15 });
  assert.deepEqual([reading.seconds, reading.since], [45, 15]);
  reading = counted(reading, { day: "2026-11-23", now: 20 * MINUTE, seconds: 15 });
  assert.deepEqual([reading.seconds, reading.since], [15, 30]);
});
