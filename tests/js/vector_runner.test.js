import assert from "node:assert/strict";
import { test } from "node:test";
import { vectorFile } from "./replaying.js";
import { replay } from "./vector_runner.js";

/** @param {Partial<import("./vector_runner.js").Test>} change */
async function problemWith(change) {
  const first = vectorFile("encoding").tests.find(({ function: name }) => name === "pae");
  assert.ok(first);
  const { count, failures } = await replay("encoding", { comment: "", tests: [{ ...first, ...change }] });
  assert.equal(count, 1);
  return failures[0]?.problem ?? "";
}

test("the runner sees a right test as right", async () => {
  assert.equal(await problemWith({}), "");
});

test("the runner sees a wrong output, a taken invalid, another error or field and a missing function", async () => {
  assert.match(await problemWith({ output: { $hex: "00" } }), /^gave/);
  assert.match(await problemWith({ result: "invalid", error: "FormatError" }), /^was taken/);
  const unsigned = {
    function: "le64",
    input: { number: -1 },
    result: /** @type {"invalid"} */ ("invalid"),
    error: "FormatError",
  };
  assert.equal(await problemWith({ ...unsigned, field: "le64" }), "");
  assert.match(await problemWith({ ...unsigned, field: "another" }), /^threw FormatError/);
  assert.match(
    await problemWith({ function: "none_such", result: "invalid", error: "FormatError" }),
    /^threw TypeError/,
  );
});
