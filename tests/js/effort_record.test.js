/** Effort: a statement says days, kinds of work, roles, minutes and counts, whatever stands in the records. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FORM, statementRows, sums } from "../../static/js/domain/effort_record.js";
import { checkList } from "../../static/js/domain/signed_list.js";
import { EFFORT_KINDS, ROLES } from "../../static/js/domain/vocabulary.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { FormatError } from "../../static/js/errors.js";

const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => b64uEncode(bytes));
const ids = fc.uniqueArray(id, { maxLength: 5 });
const effort = fc.record(
  {
    v: fc.constant(/** @type {1} */ (1)),
    on: fc.constantFrom("2026-10-31", "2026-11-01", "2026-11-15", "2026-11-30", "2026-12-01"),
    what: fc.constantFrom(...EFFORT_KINDS),
    minutes: fc.integer({ min: 1, max: 1440 }),
    role: fc.constantFrom(...ROLES),
    referrals: ids,
    items: ids,
    note: fc.string({ unit: "grapheme", maxLength: 50 }),
    struck: fc.boolean(),
  },
  { noNullPrototype: true },
);
const PERIOD = { from: "2026-11-01", until: "2026-11-30" };

test("a record comes back as it was, and nothing else is taken", () => {
  fc.assert(fc.property(effort, (one) => assert.deepEqual(FORM.parse(FORM.json(one)), one)));
  const [one] = fc.sample(effort, 1);
  for (const wrong of [
    { minutes: 0 },
    { minutes: 1441 },
    { minutes: 1.5 },
    { what: "x" },
    { by: "min-ji" },
    { on: "2026-02-30" },
  ]) {
    assert.throws(() => FORM.json(/** @type {any} */ ({ ...one, ...wrong })), FormatError, JSON.stringify(wrong));
  }
});

test("a statement has what counts and is in its time, and neither ids nor words nor an order of entry", () => {
  fc.assert(
    fc.property(fc.array(effort, { maxLength: 20 }), (efforts) => {
      const rows = statementRows(efforts, PERIOD);
      const counted = efforts.filter(({ on, struck }) => !struck && on.startsWith("2026-11"));
      assert.equal(rows.length, counted.length);
      const minutes = (/** @type {{minutes: number}[]} */ all) => all.reduce((sum, one) => sum + one.minutes, 0);
      assert.equal(minutes(sums(rows)), minutes(counted));
      for (const row of rows) assert.deepEqual(Object.keys(row), ["on", "what", "role", "minutes", "links"]);
      assert.deepEqual(statementRows(efforts.toReversed(), PERIOD), rows);
      const chain = [
        {
          signing_key: b64uEncode(new Uint8Array(32)),
          kid: b64uEncode(new Uint8Array(16)),
          signature: b64uEncode(new Uint8Array(64)),
        },
      ];
      const head = {
        v: 1,
        portal_id: b64uEncode(new Uint8Array(16)),
        organisation: "a",
        name: { ko: "가", en: "A" },
        made_at: "2026-11-30T00:00:00Z",
      };
      const content = { ...head, ...PERIOD, rows };
      assert.ok(checkList({ v: 1, kind: "effort", content, signature: b64uEncode(new Uint8Array(64)), chain }));
    }),
  );
});
