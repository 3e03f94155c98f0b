import assert from "node:assert/strict";
import { test } from "node:test";
import { proofHeader, solve } from "../../static/js/crypto/proof_of_work.js";
import { FormatError } from "../../static/js/errors.js";

const parameters = {
  algorithm: "PBKDF2/SHA-256",
  nonce: "000102030405060708090a0b0c0d0e0f",
  salt: "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff",
  cost: 50,
  keyLength: 32,
  keyPrefix: "00",
  expiresAt: 1,
};

// What the server's own package finds for these parameters.
const found = {
  "00": { counter: 659, derivedKey: "001e87232b9c6e41505b601930b4257840df5ab68b3937246000a1d0ab4cd993" },
  abc: { counter: 5885, derivedKey: "abc35d9e2e2f5f31ae9ad7e719f0221443ae7bd00c36c8584eb528faa9c5bd93" },
};

for (const [keyPrefix, solution] of Object.entries(found)) {
  test(`the first counter whose key begins with ${keyPrefix} is found, as the server's package finds it`, async () => {
    assert.deepEqual(await solve({ ...parameters, keyPrefix }), solution);
  });
}

test("the header carries challenge and solution, unchanged", () => {
  const challenge = { parameters, signature: "ab" };
  const header = proofHeader(challenge, found["00"]);
  assert.match(header, /^[A-Za-z0-9+/]+=*$/);
  assert.deepEqual(JSON.parse(atob(header)), { challenge, solution: found["00"] });
});

const wrong = /** @type {[string, any][]} */ ([
  ["algorithm", "SHA-256"],
  ["algorithm", undefined],
  ["keyLength", 16],
  ["cost", 0],
  ["cost", 100_001],
  ["cost", "50"],
  ["keyPrefix", "00000"],
  ["keyPrefix", "zz"],
  ["keyPrefix", null],
  ["nonce", "00"],
  ["salt", "not hexadecimal, and 32 long ...."],
]);
for (const [name, value] of wrong) {
  test(`${name} = ${JSON.stringify(value)} is refused, not computed`, async () => {
    await assert.rejects(solve({ ...parameters, [name]: value }), FormatError);
  });
}
