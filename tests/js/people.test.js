// A portal that lies about rings and people: each lie is named, and nothing is sealed, opened or sent because of it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { sealKeyring } from "../../static/js/crypto/envelope.js";
import { signEntry } from "../../static/js/crypto/epoch_chain.js";
import { fingerprint } from "../../static/js/crypto/key_name.js";
import { checkFollowing, firstRing, newEpoch, nextRing } from "../../static/js/crypto/keyring.js";
import { openKeyring, openRecovery } from "../../static/js/crypto/opening.js";
import { fromSeed, generate } from "../../static/js/crypto/recipient_key.js";
import { keyringJson, parseKeyring, withoutSeeds } from "../../static/js/domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { changeRing, wantedOf } from "../../static/js/pages/people/changing.js";
import { makeNextRing } from "../../static/js/pages/people/next_ring.js";
import { Offline, Problem } from "../../static/js/pages/session/request.js";
import { keep } from "../../static/js/pages/session/stored_tab.js";
import { ownEntry, trustedRing } from "../../static/js/pages/session/trusted_ring.js";

const portalId = new Uint8Array(16).fill(4);
const portal_id = b64uEncode(portalId);
const slug = "centre";
const storage = new Map();
globalThis.sessionStorage = /** @type {any} */ ({
  getItem: (/** @type {string} */ key) => storage.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => storage.set(key, value),
  removeItem: (/** @type {string} */ key) => storage.delete(key),
});
beforeEach(() => storage.clear());

/** @param {any} epoch @param {any} signer @param {number} index */
async function entryOf(epoch, signer, index) {
  const [signingKey, kid] = [b64uDecode(epoch.signing_key), b64uDecode(epoch.kid)];
  return signEntry({ portalId, slug, index, signingKey, kid, signerSeed: b64uDecode(signer.signing_seed) });
}

/** @param {any[]} epochs @returns {Promise<any>} what the portal serves to everybody */
async function directoryOf(epochs) {
  const chain = [];
  for (const [index, epoch] of epochs.entries())
    chain.push(await entryOf(epoch, epochs[Math.max(index - 1, 0)], index));
  const newest = epochs.at(-1);
  const own = {
    slug,
    kind: "support_centre",
    name: { ko: "센터", en: "Centre" },
    region: "seoul",
    kid: newest.kid,
    public_key: b64uEncode((await fromSeed(b64uDecode(newest.seed))).publicKey),
    signing_key: newest.signing_key,
    fingerprint: await fingerprint(b64uDecode(epochs[0].signing_key)),
    chain,
    earlier: [],
  };
  return { v: 1, portal_id, organisations: [own] };
}

const [lead, worker, viewer, newcomer, paper] = await Promise.all([
  generate(),
  generate(),
  generate(),
  generate(),
  generate(),
]);
const members = [
  { kid: b64uEncode(lead.kid), role: "lead" },
  { kid: b64uEncode(worker.kid), role: "caseworker" },
  { kid: b64uEncode(viewer.kid), role: "viewer" },
];
const [one, two, other] = await Promise.all([newEpoch(), newEpoch(), newEpoch()]);
const first = await firstRing({ portalId, slug, recoveryKid: paper.kid, members, epoch: one });
const second = await nextRing({ portalId, ring: first, epoch: two, retiredOn: "2026-11-22" });
const third = await nextRing({ portalId, ring: second, members: members.slice(0, 2) });
const directory = await directoryOf([one, two]);

/** @param {any} pair @param {string} login @param {string} state */
function person(pair, login, state) {
  return { kid: b64uEncode(pair.kid), public_key: b64uEncode(pair.publicKey), login, role: "caseworker", state };
}

/** @param {Record<string, any>} [changes] @returns {any} what the portal says of the people */
function standingOf(changes = {}) {
  const people = [
    person(lead, "lead", "member"),
    person(worker, "worker", "member"),
    person(viewer, "viewer", "member"),
  ];
  return {
    people,
    ring: { seq: 2, recovery_key: b64uEncode(paper.publicKey) },
    gone: [],
    kit_needed: false,
    ...changes,
  };
}

/** The lead's copy of a ring, opened as the page opens it. @param {any} ring @param {any} [served] */
async function opened(ring, served = directory) {
  const place = { portalId, slug, caseworkerKid: lead.kid, seq: ring.seq };
  const sealed = b64uEncode(await sealKeyring({ ...place, publicKey: lead.publicKey, keyring: keyringJson(ring) }));
  const whose = { portalId, slug, kid: lead.kid };
  return trustedRing({ keyring: { seq: ring.seq, sealed }, portal_id, seed: lead.seed, directory: served, whose });
}

/** Remember a ring as this tab does. @param {any} ring */
const seen = (ring) => keep({ v: 1, portal_id, login: "lead", slug, kid: "", seq: ring.seq, ring }, new Uint8Array(32));

test("a ring that the portal invented, cut, swapped or rolled back is refused, and it is said why", async () => {
  assert.deepEqual(await opened(third), third);
  const why = async (/** @type {any} */ ring, /** @type {any} */ served = directory) =>
    opened(ring, served).then(
      () => "believed",
      (error) => error.why,
    );
  const invented = await firstRing({ portalId, slug, recoveryKid: paper.kid, members, epoch: other });
  assert.equal(await why(invented), "keys", "invented");
  assert.equal(await why({ ...third, members: members.slice(0, 1) }), "invented", "cut");
  assert.equal(
    await why({ ...third, members: [...members, { kid: b64uEncode(newcomer.kid), role: "lead" }] }),
    "invented",
  );
  assert.equal(await why(withoutSeeds(third)), "members", "a copy without its seeds");
  assert.equal(await why(first), "keys", "rolled back over new keys");
  await seen(third);
  assert.equal(await why(second), "old", "rolled back");
  assert.equal(await why(await nextRing({ portalId, ring: second })), "line", "another third");
  assert.equal(await why(first, await directoryOf([one])), "line", "the chain cut to fit");
  const branched = await nextRing({ portalId, ring: first, epoch: other, retiredOn: "2026-11-22" });
  assert.equal(await why(branched, await directoryOf([one, other])), "line", "a branch by who left");
  assert.equal(await why(third, { ...directory, organisations: [] }), "directory", "not listed");
  const anew = await firstRing({ portalId, slug, recoveryKid: paper.kid, members, epoch: other });
  const after = await directoryOf([other]);
  assert.equal(await why(anew, after), "line", "keys made anew, and not said");
  const { fingerprint: printed, chain } = directory.organisations[0];
  const broken = { fingerprint: printed, ended_on: "2026-11-22", chain };
  const marked = { ...after, organisations: [{ ...after.organisations[0], earlier: [broken] }] };
  assert.equal(await why(anew, marked), "anew", "keys made anew, and said");
  storage.clear();
  assert.deepEqual(await opened(anew, marked), anew, "a tab that has seen nothing");
  await seen(third);
  const [own] = directory.organisations;
  const forged = { ...directory, organisations: [{ ...own, chain: [own.chain[1], own.chain[0]] }] };
  assert.equal(await why(third, forged), "directory", "a chain that does not hold");
});

test("each member gets what the role opens, the paper gets all, and the chain goes on", async () => {
  const organisation = await ownEntry(directory, { portal_id, slug });
  const change = { confirmed: { ...person(newcomer, "new", "waits"), role: "auditor" }, fresh: true };
  const standing = standingOf();
  standing.people.push(person(newcomer, "new", "waits"));
  const made = await makeNextRing({ portalId, ring: second, organisation }, wantedOf(second, standing, change));
  const body = /** @type {any} */ (made.body);
  const copies = new Map(body.copies.map((/** @type {any} */ copy) => [copy.kid, b64uDecode(copy.sealed)]));
  assert.deepEqual(
    [...copies.keys()],
    members.map(({ kid }) => kid),
  );
  const open = async (/** @type {any} */ pair) => {
    const sealed = copies.get(b64uEncode(pair.kid));
    return parseKeyring(
      await openKeyring({ seed: pair.seed, portalId, slug, caseworkerKid: pair.kid, seq: 3, sealed }),
    );
  };
  assert.deepEqual(await open(worker), made.ring);
  assert.deepEqual(await open(viewer), withoutSeeds(made.ring));
  const kept = await openRecovery({
    seed: paper.seed,
    portalId,
    slug,
    seq: 3,
    sealed: b64uDecode(body.recovery.sealed),
  });
  assert.deepEqual(parseKeyring(kept), made.ring);
  const newest = made.ring.epochs.at(-1);
  const entry = { signing_key: body.epoch.signing_key, kid: newest?.kid ?? "", signature: body.epoch.signature };
  const chain = [...organisation.chain, entry];
  await checkFollowing({ ring: made.ring, before: second, portalId, chain });
  assert.equal(body.roles.at(-1).role, "auditor");
});

test("a person whom the portal hides, adds or swaps is named, and nothing is sealed", async () => {
  const doubt = (/** @type {any} */ standing, /** @type {any} */ change = {}) => {
    try {
      wantedOf(second, standing, change);
    } catch (error) {
      const { name, doubt: found, login, kid } = /** @type {any} */ (error);
      return name === "Doubted" ? [found, login || kid] : [name];
    }
    return ["believed"];
  };
  const whole = standingOf().people;
  assert.deepEqual(doubt(standingOf()), ["believed"]);
  assert.deepEqual(doubt(standingOf({ people: whole.slice(1) })), ["missing", members[0]?.kid]);
  assert.deepEqual(doubt(standingOf({ people: [...whole, person(newcomer, "mole", "member")] })), ["stranger", "mole"]);
  assert.deepEqual(doubt(standingOf({ people: [person(lead, "lead", "left"), ...whole.slice(1)] })), ["gone", "lead"]);
  const confirmed = { ...person(newcomer, "new", "waits"), role: "caseworker" };
  const swapped = { ...person(worker, "new", "waits"), kid: confirmed.kid };
  assert.deepEqual(doubt(standingOf({ people: [...whole, swapped] }), { confirmed }), ["swapped", "new"]);
  const organisation = await ownEntry(directory, { portal_id, slug });
  const before = { portalId, ring: second, organisation };
  const keys = {
    ...standingOf(),
    people: [...whole.slice(0, 2), { ...whole[2], public_key: b64uEncode(newcomer.publicKey) }],
  };
  await assert.rejects(makeNextRing(before, wantedOf(second, keys, {})), { name: "Doubted", doubt: "swapped" });
  const recovery = standingOf({ ring: { seq: 2, recovery_key: b64uEncode(newcomer.publicKey) } });
  await assert.rejects(makeNextRing(before, wantedOf(second, recovery, {})), { name: "Doubted", doubt: "recovery" });
});

test("of two leads who change at once the second goes on from the ring of the first; after a lost answer the same bytes go again", async () => {
  const served = { "/api/v1/directory": directory, "/people/standing": standingOf() };
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {keyof typeof served} */ path) => new Response(JSON.stringify(served[path]))
  );
  /** @type {any[]} */
  const posted = [];
  const theirs = await nextRing({ portalId, ring: second });
  const session = /** @type {any} */ ({
    root: "",
    ring: second,
    portalId,
    answer: { portal_id },
    caseworker: { slug },
    post: async (/** @type {string} */ _path, /** @type {any} */ body) => {
      posted.push(body);
      if (posted.length === 1) throw new Problem(409, { code: "ring_changed" });
      if (posted.length === 2) throw new Offline();
    },
    resume: async () => {
      session.ring = null;
    },
    revive: async () => {
      session.ring = theirs;
      return true;
    },
    adopt: async (/** @type {any} */ ring) => {
      session.ring = ring;
    },
  });
  const ring = await changeRing(session, {});
  assert.deepEqual(
    posted.map(({ seq }) => seq),
    [3, 4, 4],
  );
  assert.equal(posted[1], posted[2]);
  assert.deepEqual(session.ring, ring);
  await checkFollowing({ ring, before: theirs, portalId, chain: directory.organisations[0].chain });
});
