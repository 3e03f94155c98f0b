import assert from "node:assert/strict";
import { test } from "node:test";
import { FormatError } from "../../static/js/errors.js";
import { fetchDirectory } from "../../static/js/pages/directory.js";

/** @param {Response[]} answers */
function portal(answers) {
  /** @type {import("../../static/js/pages/patient_post.js").Wait[]} */
  const waits = [];
  return {
    waits,
    parts: {
      fetcher: /** @type {any} */ (async () => answers.shift()),
      onWait: (/** @type {import("../../static/js/pages/patient_post.js").Wait} */ wait) => void waits.push(wait),
      pause: async () => {},
    },
  };
}

const refusal = (/** @type {number} */ status, /** @type {Record<string, string>} */ headers = {}) =>
  new Response("{}", { status, headers });

test("a portal that asks for a moment gets it, and what it then says is verified as ever", async () => {
  const { parts, waits } = portal([refusal(429, { "Retry-After": "7" }), refusal(503), new Response("{}")]);
  await assert.rejects(fetchDirectory(parts), FormatError);
  assert.deepEqual(waits, [
    { reason: "busy", seconds: 7 },
    { reason: "away", seconds: 2 },
  ]);
});

test("another refusal is one, and asking ends", async () => {
  await assert.rejects(fetchDirectory(portal([refusal(404)]).parts), /directory: 404/);
  const { parts, waits } = portal(Array.from({ length: 10 }, () => refusal(429)));
  await assert.rejects(fetchDirectory(parts), /directory: 429/);
  assert.equal(waits.length, 9);
});
