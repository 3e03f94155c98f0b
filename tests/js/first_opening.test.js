// Summaries of new letters: made in groups, paused and gone on with; what does not open is named and holds up nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeSummaries } from "../../static/js/pages/queue/first_opening.js";
import { Problem } from "../../static/js/pages/session/request.js";

const ids = Array.from({ length: 20 }, (_, number) => `letter-${number}`);

/** @param {{summary?: (path: string) => void, closed?: string[]}} [changes] */
function desk(changes = {}) {
  /** @type {string[]} */
  const sent = [];
  /** @type {string[][]} */
  const asked = [];
  const session = /** @type {any} */ ({
    async post(/** @type {string} */ path, /** @type {any} */ body) {
      if (path === "/queue/openings") {
        asked.push(body.referrals);
        return { letters: body.referrals.map((/** @type {string} */ referral_id) => ({ referral_id })) };
      }
      changes.summary?.(path);
      sent.push(path);
      return {};
    },
  });
  const worker = {
    call: async (/** @type {string} */ _name, /** @type {any} */ letter) =>
      changes.closed?.includes(letter.referral_id) ? null : { version: 1 },
  };
  return { session, worker, sent, asked };
}

test("all of them, a few at a time, and those that do not open are named", async () => {
  const { session, worker, sent, asked } = desk({ closed: ["letter-3", "letter-12"] });
  const made = await makeSummaries(session, worker, ids, { stopped: false, show() {} });
  assert.equal(made.done, 18);
  assert.deepEqual(made.closed.toSorted(), ["letter-12", "letter-3"]);
  assert.equal(sent.length, 18);
  assert.ok(asked.every((group) => group.length <= 8));
  assert.deepEqual(asked.flat().toSorted(), ids.toSorted());
});

test("paused at once, and what is left is left", async () => {
  const { session, worker, sent } = desk();
  const work = {
    stopped: false,
    show(/** @type {{done: number}} */ { done }) {
      work.stopped ||= done >= 3;
    },
  };
  const made = await makeSummaries(session, worker, ids, work);
  assert.ok(made.done >= 3 && made.done < 8);
  assert.equal(sent.length, made.done);
});

test("what a colleague was quicker with, or what is gone, holds up none; a lost line ends it", async () => {
  let first = true;
  const quick = desk({
    summary() {
      if (first) {
        first = false;
        throw new Problem(409, { code: "version_conflict" });
      }
    },
  });
  assert.equal((await makeSummaries(quick.session, quick.worker, ids, { stopped: false, show() {} })).done, 20);
  const gone = desk({
    summary() {
      throw new Problem(503, { code: "busy" });
    },
  });
  await assert.rejects(makeSummaries(gone.session, gone.worker, ids, { stopped: false, show() {} }), Problem);
});
