import assert from "node:assert/strict";
import { test } from "node:test";
import { signEntry } from "../../static/js/crypto/epoch_chain.js";
import * as keyring from "../../static/js/crypto/keyring.js";
import { generate } from "../../static/js/crypto/recipient_key.js";
import { keyringJson, parseKeyring, withoutSeeds } from "../../static/js/domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { replayVectors } from "./replaying.js";

replayVectors("keyring");

const portalId = new Uint8Array(16).fill(3);
const slug = "centre-a";

/** A first ring, the one after it with a new epoch, and the chain that the directory then serves. */
async function twoRings(role = "lead") {
  const caseworker = await generate();
  const members = [{ kid: b64uEncode(caseworker.kid), role }];
  const recoveryKid = new Uint8Array(16).fill(5);
  const epochs = [await keyring.newEpoch(), await keyring.newEpoch()];
  const [old, fresh] = epochs;
  assert.ok(old?.signing_seed && fresh);
  const first = await keyring.firstRing({ portalId, slug, recoveryKid, members, epoch: old });
  const second = await keyring.nextRing({ portalId, ring: first, epoch: fresh, retiredOn: "2026-11-22" });
  const signerSeed = b64uDecode(old.signing_seed);
  const chain = [];
  for (const [index, { signing_key, kid }] of epochs.entries()) {
    const place = { portalId, slug, index, signingKey: b64uDecode(signing_key), kid: b64uDecode(kid) };
    chain.push(await signEntry({ ...place, signerSeed }));
  }
  return { caseworker, first, second, third: await keyring.nextRing({ portalId, ring: second }), chain };
}

test("rings follow each other, and a browser without an earlier ring believes them by the chain", async () => {
  const { caseworker, first, second, third, chain } = await twoRings();
  assert.deepEqual([first.seq, second.seq, third.seq], [1, 2, 3]);
  await keyring.checkFollowing({ ring: second, before: first, portalId, chain });
  await keyring.checkFollowing({ ring: third, before: second, portalId, chain });
  const parts = { portalId, slug, chain, caseworkerKid: caseworker.kid };
  await keyring.checkAgainstChain({ ring: second, ...parts });
  await keyring.checkAgainstChain({ ring: third, ...parts });
  await keyring.checkAgainstChain({ ring: first, ...parts, chain: chain.slice(0, 1) });
});

test("one signature holds for the copy without seeds", async () => {
  const { second, chain, caseworker } = await twoRings("viewer");
  const copy = parseKeyring(keyringJson(withoutSeeds(second)));
  await keyring.checkAgainstChain({ ring: copy, portalId, slug, chain, caseworkerKid: caseworker.kid });
  const epoch = keyring.epochOf(copy, copy.epochs[1]?.kid ?? "");
  assert.deepEqual([epoch.seed, epoch.signingSeed, epoch.summaryKey.length], [null, null, 32]);
});

test("an old, foreign, changed or invented ring is refused", async () => {
  const { caseworker, first, second, third, chain } = await twoRings();
  const parts = { portalId, slug, chain, caseworkerKid: caseworker.kid };
  const wrong = { name: "FormatError" };
  await assert.rejects(keyring.checkAgainstChain({ ring: first, ...parts }), wrong, "retired");
  const before = await keyring.seen(third);
  await assert.rejects(keyring.checkAgainstChain({ ring: second, ...parts, before }), wrong, "older than seen");
  await assert.rejects(keyring.checkAgainstChain({ ring: third, ...parts, caseworkerKid: new Uint8Array(16) }), wrong);
  await assert.rejects(keyring.checkAgainstChain({ ring: third, ...parts, slug: "centre-b" }), wrong);
  await assert.rejects(keyring.checkAgainstChain({ ring: third, ...parts, portalId: new Uint8Array(16) }), wrong);
  await assert.rejects(keyring.checkAgainstChain({ ring: { ...third, seq: 9 }, ...parts }), wrong, "another number");
  const intruder = [...third.members, { kid: b64uEncode(new Uint8Array(16)), role: "lead" }];
  await assert.rejects(keyring.checkAgainstChain({ ring: { ...third, members: intruder }, ...parts }), wrong);
  await assert.rejects(keyring.checkFollowing({ ring: third, before: first, portalId, chain }), wrong, "skipped one");
  const swapped = {
    ...second,
    epochs: second.epochs.map((epoch) => ({ ...epoch, seed: second.epochs[0]?.seed ?? null })),
  };
  await assert.rejects(keyring.checkAgainstChain({ ring: swapped, ...parts }), wrong, "a seed of another epoch");
  assert.throws(() => keyring.epochOf(first, "AAAAAAAAAAAAAAAAAAAAAA"), wrong);
});

test("a copy without seeds signs nothing", async () => {
  const { second } = await twoRings();
  await assert.rejects(keyring.nextRing({ portalId, ring: withoutSeeds(second) }), { name: "FormatError" });
});
