/** Replays one vector file under Node's test runner. */

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { replay } from "./vector_runner.js";

const folder = new URL("../vectors/", import.meta.url);

/** @param {string} module as in `tests/vectors/<module>.json` @returns {import("./vector_runner.js").VectorFile} */
export function vectorFile(module) {
  return JSON.parse(readFileSync(new URL(`${module}.json`, folder), "utf8"));
}

/** Adds a test that replays every vector of a module. @param {string} module */
export function replayVectors(module) {
  test(`${module}: vectors`, async () => {
    assert.ok(existsSync(new URL(`${module}.json`, folder)), `tests/vectors/${module}.json is missing`);
    const { count, failures } = await replay(module, vectorFile(module));
    assert.ok(count > 0);
    assert.deepEqual(failures, []);
  });
}
