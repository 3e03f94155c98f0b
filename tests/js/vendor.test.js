import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { build, output } from "../../.ci/vendor/build.mjs";

test("static/vendor is, byte for byte, what the pinned packages build", async () => {
  const built = await build();
  assert.deepEqual(readdirSync(output).sort(), [...built.keys()].sort());
  for (const [name, bytes] of built) {
    assert.ok(bytes.equals(readFileSync(join(output, name))), `${name} differs: run npm run vendor`);
  }
});

test("VENDOR.json names each built file with its hash and where it comes from", () => {
  const record = JSON.parse(readFileSync(join(output, "VENDOR.json"), "utf8"));
  const served = readdirSync(output).filter((name) => /\.(js|css)$/.test(name));
  assert.deepEqual(record.map((/** @type {{file: string}} */ { file }) => file).sort(), served.sort());
  for (const { file, sha256, packages } of record) {
    assert.equal(
      createHash("sha256")
        .update(readFileSync(join(output, file)))
        .digest("hex"),
      sha256,
    );
    assert.ok(packages.length > 0);
    for (const { version, integrity, licence } of packages) {
      assert.match(version, /^\d+\.\d+\.\d+$/);
      assert.match(integrity, /^sha512-/);
      assert.equal(licence, "MIT");
    }
  }
});

test("what the report page loads stays small", () => {
  const compressed = (/** @type {string} */ name) => brotliCompressSync(readFileSync(join(output, name))).length;
  assert.ok(compressed("govuk-6.6.0.css") <= 8 * 1024, "stylesheet over 8 KiB");
  assert.ok(compressed("hpke.js") <= 16 * 1024, "HPKE over 16 KiB");
});

test("nothing vendored fetches from elsewhere or evaluates text", () => {
  for (const name of readdirSync(output).filter((file) => /\.(js|css)$/.test(file))) {
    const text = readFileSync(join(output, name), "utf8");
    assert.doesNotMatch(
      text,
      /\burl\(|@import|@font-face|\beval\(|new Function|\bimport\(|innerHTML|WebAssembly/,
      name,
    );
  }
});
