import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "../../static/vendor/ed25519.js";
import { replayVectors, vectorFile } from "./replaying.js";
import { replay } from "./vector_runner.js";

replayVectors("signing");

test("an engine without Ed25519 gets the same from the library", async (t) => {
  const native = crypto.subtle.generateKey.bind(crypto.subtle);
  t.mock.method(crypto.subtle, "generateKey", (/** @type {[any, any, any]} */ ...given) =>
    given[0] === "Ed25519" ? Promise.reject(new DOMException("", "NotSupportedError")) : native(...given),
  );
  const lacking = await import(`../../static/js/crypto/signing.js?${"lacking"}`);
  const importing = t.mock.method(crypto.subtle, "importKey");
  const file = vectorFile("signing");
  const [seed, message] = [new Uint8Array(32).fill(4), new Uint8Array(100).fill(8)];
  const [key, signature] = [await lacking.signingKeyOf(seed), await lacking.sign(seed, message)];
  assert.deepEqual([key, signature], [ed25519.getPublicKey(seed), ed25519.sign(message, seed)]);
  await lacking.checkSignature(key, message, signature);
  await assert.rejects(lacking.checkSignature(key, message.slice(1), signature), { name: "FormatError" });
  assert.equal(importing.mock.callCount(), 0, "the engine was asked all the same");
  for (const one of file.tests.filter(({ function: name }) => name === "check_signature")) {
    const [k, m, s] = ["signing_key", "message", "signature"].map((name) => bytesOf(one.input[name]));
    const checked = lacking.checkSignature(k, m, s);
    if (one.result === "valid") await checked;
    else await assert.rejects(checked, { name: "FormatError" }, one.comment);
  }
  assert.equal((await replay("signing", file)).failures.length, 0);
});

/** @param {{$hex?: string}} value */
function bytesOf({ $hex = "" }) {
  return Uint8Array.from(Buffer.from($hex, "hex"));
}
