/** A campaign's queue: pieces that fit a record whatever is seen, who waits, and what was seen week by week. */

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FORM as CAMPAIGN } from "../../static/js/domain/campaign_record.js";
import { FORM, LOOKS_MOST, looked, mondayOf, pieces, waiting, weeks } from "../../static/js/domain/recheck_record.js";
import { emptyStep } from "../../static/js/domain/record_steps.js";
import { RECORD_BUCKETS } from "../../static/js/domain/sealed_length.js";
import { b64uEncode } from "../../static/js/domain/wire.js";
import { FormatError } from "../../static/js/errors.js";
import { chosen } from "../../static/js/pages/campaigns/adding.js";
import { standing } from "../../static/js/pages/campaigns/report.js";

const CAMPAIGN_ID = b64uEncode(new Uint8Array(16));
const id = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => b64uEncode(bytes));
const entry = fc.record({
  id,
  url: fc.oneof(fc.webUrl(), fc.string({ unit: "grapheme", minLength: 1, maxLength: 1500 })),
  what: fc.string({ maxLength: 20 }),
  referral: fc.constant(null),
  item: fc.constant(null),
  looks: fc.constant(/** @type {import("../../static/js/domain/recheck_record.js").Look[]} */ ([])),
});
const entries = fc.uniqueArray(entry, { maxLength: 150, selector: (one) => one.id });
const look = (on = "2026-11-22", answer = "gone", by = "min-ji") => ({ on, by, answer });

test("every entry is in one piece, and a piece fits its record however often people look", () => {
  fc.assert(
    fc.property(entries, (all) => {
      const made = pieces(CAMPAIGN_ID, all);
      assert.deepEqual(
        made.flatMap((piece) => piece.entries),
        all,
      );
      for (const piece of made) {
        let full = piece;
        for (const one of piece.entries) {
          for (let day = 1; day <= LOOKS_MOST + 2; day += 1) {
            full = looked(full, one.id, look(`2026-11-${String(day).padStart(2, "0")}`, "unsure", "m".repeat(40)));
          }
        }
        const json = FORM.json(full);
        assert.ok(json.length <= Math.max(...RECORD_BUCKETS) - 4, String(json.length));
        assert.deepEqual(FORM.parse(json), full);
      }
    }),
    { numRuns: 20 },
  );
});

test("the longest address fits too, and one that is longer is refused", () => {
  const [one] = fc.sample(entry, 1);
  const long = { ...one, url: "가".repeat(8192) };
  const [piece] = pieces(CAMPAIGN_ID, [/** @type {any} */ (long)]);
  assert.ok(FORM.json(/** @type {any} */ (piece)).length < 65_536 - 4);
  assert.throws(
    () => FORM.json(/** @type {any} */ ({ ...piece, entries: [{ ...long, url: "x".repeat(8193) }] })),
    FormatError,
  );
});

test("whoever looks again on a day corrects herself, and stands beside others", () => {
  const [content] = pieces(CAMPAIGN_ID, fc.sample(entry, 1));
  assert.ok(content);
  const at = content.entries[0]?.id ?? "";
  const twice = looked(
    looked(looked(content, at, look()), at, look("2026-11-22", "gone", "other")),
    at,
    look("2026-11-22", "there"),
  );
  assert.deepEqual(twice.entries[0]?.looks, [look("2026-11-22", "gone", "other"), look("2026-11-22", "there")]);
  assert.deepEqual(standing(twice.entries), { there: 1, gone: 0, unsure: 0, never: 0 });
});

test("what nobody looked at comes first, what was looked at today does not wait", () => {
  const of = (/** @type {string} */ name, /** @type {any[]} */ looks) => ({
    id: name,
    url: "x",
    what: "",
    referral: null,
    item: null,
    looks,
  });
  const queue = [
    of("today", [look()]),
    of("old", [look("2026-11-01")]),
    of("never", []),
    of("older", [look("2026-10-01")]),
  ];
  assert.deepEqual(
    waiting(queue, "2026-11-22").map((one) => one.id),
    ["never", "older", "old"],
  );
  assert.deepEqual(weeks(queue), [
    { week: "2026-09-28", there: 0, gone: 1, unsure: 0 },
    { week: "2026-10-26", there: 0, gone: 1, unsure: 0 },
    { week: "2026-11-16", there: 0, gone: 1, unsure: 0 },
  ]);
  assert.equal(mondayOf("2026-11-22"), "2026-11-16");
  assert.equal(mondayOf("2026-11-16"), "2026-11-16");
});

test("each address once, and only on the sites of the campaign", () => {
  const of = (/** @type {string} */ url) => ({ url, what: "", referral: null, item: null });
  const found = [
    "https://a.example/1",
    "http://www.a.example/1?utm_source=x",
    "https://b.example/1",
    "https://x.a.example/2",
  ].map(of);
  const { fresh, known, outside } = chosen(found, { entries: [], sites: ["a.example"] });
  assert.deepEqual(
    [fresh.map(({ url }) => url), known, outside],
    [["https://a.example/1", "https://x.a.example/2"], 1, 1],
  );
  const again = chosen(found, { entries: fresh.map((one) => ({ ...one, id: "", looks: [] })), sites: [] });
  assert.deepEqual([again.fresh.map(({ url }) => url), again.known], [["https://b.example/1"], 3]);
});

test("a campaign ends no earlier than it begins, and runs only after a lead said so", () => {
  const step = (/** @type {string} */ state, more = {}) => ({ ...emptyStep(state, "2026-11-22", "min-ji"), ...more });
  /** @type {any} */
  const campaign = {
    v: 1,
    title: "집중",
    from: "2026-11-22",
    until: "2026-11-22",
    about: "",
    sites: ["a.example"],
    steps: [step("planned"), step("running")],
  };
  assert.deepEqual(CAMPAIGN.parse(CAMPAIGN.json(campaign)), campaign);
  for (const wrong of [
    { until: "2026-11-21" },
    { title: "" },
    { sites: ["A.example"] },
    { sites: ["a.example", "a.example"] },
    { steps: [step("running")] },
    { steps: [step("planned"), step("ended")] },
  ]) {
    assert.throws(() => CAMPAIGN.json({ ...campaign, ...wrong }), FormatError, JSON.stringify(wrong));
  }
});
