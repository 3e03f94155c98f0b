// The length of what is submitted tells how many letters there are, and not whose they are.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { evened } from "../../static/js/domain/submission.js";

const NAME = fc.stringMatching(/^[a-z0-9-]{1,40}$/);

/** @param {string[]} names @param {boolean} urgent */
function body(names, urgent) {
  return new TextEncoder().encode(JSON.stringify({ urgent, names }));
}

test("neither names nor urgency change the length", () => {
  const lists = fc.integer({ min: 1, max: 8 }).chain((count) => {
    const names = fc.array(NAME, { minLength: count, maxLength: count });
    return fc.tuple(names, names, fc.boolean(), fc.boolean());
  });
  fc.assert(
    fc.property(lists, ([some, others, urgent, ordinary]) => {
      const lengths = [
        evened(body(some, urgent), some, urgent).length,
        evened(body(others, ordinary), others, ordinary).length,
      ];
      assert.equal(lengths[0], lengths[1]);
    }),
  );
});

test("what is filled up is the same JSON", () => {
  const filled = new TextDecoder().decode(evened(body(["centre"], true), ["centre"], true));
  assert.deepEqual(JSON.parse(filled), { urgent: true, names: ["centre"] });
  assert.match(filled, /\} {35}$/);
});
