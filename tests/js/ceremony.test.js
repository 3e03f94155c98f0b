import assert from "node:assert/strict";
import { test } from "node:test";
import { root, signInKey, wrapKey } from "../../static/js/crypto/caseworker_key.js";
import { verifyChain } from "../../static/js/crypto/epoch_chain.js";
import { checkRing } from "../../static/js/crypto/keyring.js";
import { openKeyring, openRecovery, unwrapSeed } from "../../static/js/crypto/opening.js";
import { fingerprint, generate, kidOf } from "../../static/js/crypto/recipient_key.js";
import { parseKeyring } from "../../static/js/domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { makeAccount, makeFirstKeys } from "../../static/js/pages/invitation/ceremony.js";

const portalId = new Uint8Array(16).fill(7);
const slug = "new";

test("of an account leaves what the passphrase opens again, and neither passphrase nor seed", async () => {
  const passphrase = "가나다 라마바 사아자";
  /** @type {number[]} */
  const shown = [];
  const { pair, account } = await makeAccount({
    portalId,
    slug,
    login: "new.lead",
    passphrase,
    onProgress: (share) => shown.push(share),
  });
  const stretched = await root({ passphrase, portalId, login: "new.lead", parameterSet: account.parameter_set });
  assert.equal(account.sign_in, b64uEncode(await signInKey(stretched)));
  const wrapped = b64uDecode(account.wrapped_seed);
  const seed = await unwrapSeed({ wrapKey: await wrapKey(stretched), wrapped, portalId, slug, kid: pair.kid });
  assert.deepEqual(seed, pair.seed);
  assert.deepEqual(await kidOf(b64uDecode(account.public_key)), pair.kid);
  const written = JSON.stringify(account);
  assert.ok(!written.includes(passphrase) && !written.includes(b64uEncode(pair.seed)));
  assert.equal(shown.at(-1), 1);
});

test("the first ring opens for its lead and for the recovery words, and hangs on the chain", async () => {
  const [lead, recovery] = [await generate(), await generate()];
  const made = /** @type {any} */ (await makeFirstKeys({ portalId, slug, lead, recovery }));
  const kid = b64uEncode(await kidOf(b64uDecode(made.epoch.public_key)));
  const entry = { signing_key: made.epoch.signing_key, kid, signature: made.epoch.signature };
  await verifyChain({ portalId, slug, chain: [entry] });
  const signingKey = b64uDecode(made.epoch.signing_key, "signing_key", 32);
  assert.equal(made.fingerprint, await fingerprint(signingKey));
  const [copy] = made.ring.copies;
  const own = { portalId, slug, seq: 1, sealed: b64uDecode(copy.sealed) };
  const opened = await openKeyring({ ...own, seed: lead.seed, caseworkerKid: lead.kid });
  const kept = { portalId, slug, seq: 1, sealed: b64uDecode(made.ring.recovery.sealed) };
  const fromPaper = await openRecovery({ ...kept, seed: recovery.seed });
  assert.deepEqual(opened, fromPaper);
  const ring = parseKeyring(opened);
  await checkRing({ ring, portalId, slug, signingKey });
  assert.deepEqual(ring.members, [{ kid: b64uEncode(lead.kid), role: "lead" }]);
  assert.equal(ring.recovery_kid, b64uEncode(recovery.kid));
  assert.equal(made.ring.recovery.public_key, b64uEncode(recovery.publicKey));
  const written = JSON.stringify(made);
  for (const seed of [lead.seed, recovery.seed, b64uDecode(ring.epochs[0]?.seed)]) {
    assert.ok(!written.includes(b64uEncode(seed)));
  }
  await assert.rejects(openKeyring({ ...own, seed: recovery.seed, caseworkerKid: lead.kid }));
});
