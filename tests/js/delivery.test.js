import assert from "node:assert/strict";
import { test } from "node:test";
import { Delivery } from "../../static/js/pages/referral/delivery.js";
import { Offline, Problem } from "../../static/js/pages/session/request.js";

/** @param {unknown[]} answers errors are thrown, the rest is given */
function deliverTo(answers) {
  /** @type {unknown[]} */
  const sent = [];
  const delivery = new Delivery(async (/** @type {number} */ body) => {
    sent.push(body);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  });
  let made = 0;
  return { delivery, sent, make: async () => ++made };
}

test("what got no answer is sent again unchanged, and made once", async () => {
  const { delivery, sent, make } = deliverTo([new Offline(), new Offline(), "arrived"]);
  await assert.rejects(delivery.attempt(make), Offline);
  assert.equal(delivery.waiting, true);
  await assert.rejects(delivery.attempt(make), Offline);
  assert.equal(await delivery.attempt(make), "arrived");
  assert.deepEqual(sent, [1, 1, 1]);
  assert.equal(delivery.waiting, false);
});

for (const code of ["busy", "delayed"]) {
  test(`what the portal could not take just now (${code}) is sent again unchanged`, async () => {
    const { delivery, sent, make } = deliverTo([new Problem(503, { code, retry_after: 5 }), "arrived"]);
    await assert.rejects(delivery.attempt(make), Problem);
    assert.equal(delivery.waiting, true);
    assert.equal(await delivery.attempt(make), "arrived");
    assert.deepEqual(sent, [1, 1]);
  });
}

test("what was refused is made anew the next time", async () => {
  const { delivery, sent, make } = deliverTo([new Problem(409, { code: "version_conflict" }), "arrived"]);
  await assert.rejects(delivery.attempt(make), Problem);
  assert.equal(delivery.waiting, false);
  await delivery.attempt(make);
  assert.deepEqual(sent, [1, 2]);
});

test("what could not be made waits for nothing", async () => {
  const { delivery, sent } = deliverTo([]);
  await assert.rejects(
    delivery.attempt(async () => Promise.reject(new TypeError("sealing"))),
    TypeError,
  );
  assert.equal(delivery.waiting, false);
  assert.deepEqual(sent, []);
});
