import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { PARAMETER_SETS, root, wrapKey, wrapSeed } from "../../static/js/crypto/caseworker_key.js";
import { sealKeyring } from "../../static/js/crypto/envelope.js";
import { signEntry } from "../../static/js/crypto/epoch_chain.js";
import { fingerprint } from "../../static/js/crypto/key_name.js";
import { firstRing, newEpoch, nextRing } from "../../static/js/crypto/keyring.js";
import { unwrapSeed } from "../../static/js/crypto/opening.js";
import { fromSeed, generate } from "../../static/js/crypto/recipient_key.js";
import { keyringJson } from "../../static/js/domain/keyring_content.js";
import { b64uDecode, b64uEncode } from "../../static/js/domain/wire.js";
import { Problem } from "../../static/js/pages/session/request.js";
import { typed } from "../../static/js/pages/session/second_step.js";
import { OtherCaseworker, RingRefused, Session, WrongPassphrase } from "../../static/js/pages/session.js";

const portalId = new Uint8Array(16).fill(7);
const slug = "centre";
const login = "case.worker";
const passphrase = "correct horse battery staple";
const members = new Map();
globalThis.sessionStorage = /** @type {any} */ ({
  getItem: (/** @type {string} */ key) => members.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => members.set(key, value),
  removeItem: (/** @type {string} */ key) => members.delete(key),
});

/** An organisation with one caseworker, as its directory and its session answers show it. */
async function organisation() {
  const person = await generate();
  const epoch = await newEpoch();
  const recoveryKid = new Uint8Array(16);
  const people = [{ kid: b64uEncode(person.kid), role: "caseworker" }];
  const ring = await firstRing({ portalId, slug, recoveryKid, members: people, epoch });
  const stretched = await root({ passphrase, portalId, login });
  const wrapped = await wrapSeed({
    wrapKey: await wrapKey(stretched),
    seed: person.seed,
    portalId,
    slug,
    kid: person.kid,
  });
  return { person, epoch, ring, wrapped, directory: await directoryOf(epoch) };
}

/** @param {any} epoch */
async function directoryOf(epoch) {
  const key = await fromSeed(b64uDecode(epoch.seed));
  const signingKey = b64uDecode(epoch.signing_key);
  const place = { portalId, slug, index: 0, signingKey, kid: key.kid };
  const chain = [await signEntry({ ...place, signerSeed: b64uDecode(epoch.signing_seed) })];
  const own = {
    slug,
    kind: "support_centre",
    name: { ko: "센터", en: "Centre" },
    region: "seoul",
    kid: epoch.kid,
    public_key: b64uEncode(key.publicKey),
    signing_key: epoch.signing_key,
    fingerprint: await fingerprint(signingKey),
    chain,
  };
  return { v: 1, portal_id: b64uEncode(portalId), organisations: [own] };
}

/** @param {Awaited<ReturnType<typeof organisation>>} made @param {any} [ring] */
async function sessionAnswer({ person, wrapped, ring: own }, ring = own) {
  const place = { portalId, slug, caseworkerKid: person.kid, seq: ring.seq };
  const sealed = await sealKeyring({ publicKey: person.publicKey, ...place, keyring: keyringJson(ring) });
  return {
    caseworker: { login, slug, kid: b64uEncode(person.kid), role: "caseworker" },
    portal_id: b64uEncode(portalId),
    wrapped_seed: b64uEncode(wrapped),
    keyring: { seq: ring.seq, sealed: b64uEncode(sealed) },
    session_half: b64uEncode(new Uint8Array(32).fill(9)),
    csrf: b64uEncode(new Uint8Array(32).fill(1)),
  };
}

/** @type {{path: string, method: string, body: string}[]} */
let asked = [];
/** @param {Record<string, any>} answers by path; a function is called, a number is a status */
function serve(answers) {
  asked = [];
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ path, /** @type {any} */ { method, body = "" }) => {
      asked.push({ path, method, body });
      const found = typeof answers[path] === "function" ? answers[path]() : answers[path];
      const status = typeof found === "number" ? found : 200;
      const content = status === 200 ? found : { code: "session_ended", detail: "" };
      return new Response(JSON.stringify(content), { status });
    }
  );
}

const made = await organisation();
beforeEach(() => members.clear());

test("signing in opens the ring, and the passphrase is in nothing that was sent or kept", async () => {
  serve({
    "/api/v1/directory": made.directory,
    "/sign-in": await sessionAnswer(made),
    "/session": await sessionAnswer(made),
  });
  const session = new Session("");
  await session.signIn({ login, passphrase });
  assert.deepEqual(session.ring, made.ring);
  assert.equal(JSON.stringify([...members, ...asked]).includes(passphrase), false);
  assert.equal(JSON.stringify([...members]).includes(String(made.epoch.seed)), false);
  const next = new Session("");
  await next.resume();
  assert.deepEqual(next.ring, made.ring);
});

test("a tab without the key, or with another session's half, resumes locked", async () => {
  const answer = await sessionAnswer(made);
  serve({ "/api/v1/directory": made.directory, "/sign-in": answer, "/session": answer });
  const fresh = new Session("");
  await fresh.resume();
  assert.equal(fresh.ring, null);
  await fresh.unlock(passphrase);
  assert.deepEqual(fresh.ring, made.ring);
  serve({ "/session": { ...answer, session_half: b64uEncode(new Uint8Array(32)) } });
  const later = new Session("");
  await later.resume();
  assert.equal(later.ring, null);
});

test("a wrong passphrase opens nothing", async () => {
  serve({ "/api/v1/directory": made.directory, "/session": await sessionAnswer(made) });
  const session = new Session("");
  await session.resume();
  await assert.rejects(session.unlock("wrong"), WrongPassphrase);
  assert.equal(session.ring, null);
});

test("a ring of another organisation's making, and one older than already seen, are refused", async () => {
  const recoveryKid = new Uint8Array(16);
  const invented = await firstRing({
    portalId,
    slug,
    recoveryKid,
    members: made.ring.members,
    epoch: await newEpoch(),
  });
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made, invented) });
  await assert.rejects(new Session("").signIn({ login, passphrase }), RingRefused);
  const second = await nextRing({ portalId, ring: made.ring });
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made, second) });
  await new Session("").signIn({ login, passphrase });
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made) });
  await assert.rejects(new Session("").signIn({ login, passphrase }), RingRefused);
});

test("who has no copy of the ring signs in without one", async () => {
  const answer = { ...(await sessionAnswer(made)), keyring: null };
  serve({ "/api/v1/directory": made.directory, "/sign-in": answer, "/session": answer });
  const session = new Session("");
  await session.signIn({ login, passphrase });
  await session.resume();
  assert.equal(session.ring, null);
});

test("after the session ended the same bytes are sent again once it lives; without that the problem stands", async () => {
  const statuses = [401, { done: true }];
  serve({ "/session": await sessionAnswer(made), "/referral/x/message": () => statuses.shift() });
  const session = new Session("");
  await session.resume();
  session.revive = async (reason) => reason === "ended";
  assert.deepEqual(await session.post("/referral/x/message", { sealed: "abc" }), { done: true });
  const bodies = asked.filter(({ path }) => path.endsWith("/message")).map(({ body }) => body);
  assert.deepEqual(bodies, ['{"sealed":"abc"}', '{"sealed":"abc"}']);
  serve({ "/referral/x/message": 401 });
  session.revive = async () => false;
  await assert.rejects(session.post("/referral/x/message", {}), Problem);
  assert.equal(asked.length, 1);
});

test("when somebody else signed in in another tab, nothing goes out in their name", async () => {
  const answer = await sessionAnswer(made);
  serve({ "/session": answer });
  const session = new Session("");
  await session.resume();
  serve({ "/session": { ...answer, caseworker: { ...answer.caseworker, login: "other" } }, "/referral/x/claim": 403 });
  await assert.rejects(session.post("/referral/x/claim", { version: 1 }), OtherCaseworker);
  assert.equal(asked.filter(({ path }) => path.endsWith("/claim")).length, 1);
});

const second = { pending: b64uEncode(new Uint8Array(32)), factors: ["totp", "code"], elsewhere: [], passkey: null };

test("the second step is asked for until it is right, and what was given goes out as it is", async () => {
  const right = await sessionAnswer(made);
  const statuses = [401, right];
  serve({ "/api/v1/directory": made.directory, "/sign-in": second, "/sign-in/second": () => statuses.shift() });
  const session = new Session("");
  /** @type {unknown[]} */
  const problems = [];
  session.askSecond = async (_pending, problem) => {
    problems.push(problem);
    return { factor: "totp", code: "123456" };
  };
  await session.signIn({ login, passphrase });
  assert.equal(problems.length, 2);
  assert.equal(problems[0], null);
  assert.deepEqual(session.ring, made.ring);
  const bodies = asked.filter(({ path }) => path === "/sign-in/second").map(({ body }) => JSON.parse(body));
  assert.deepEqual(bodies[1], { pending: second.pending, code: "123456", assertion: null, factor: "totp" });
});

test("who goes back from the second step has signed in nowhere", async () => {
  serve({ "/api/v1/directory": made.directory, "/sign-in": second });
  const session = new Session("");
  await assert.rejects(session.signIn({ login, passphrase }), { name: "GivenUp" });
  assert.equal(session.answer, null);
  assert.equal(members.size, 0);
});

test("what asks for a fresh proof asks in place and is sent again", async () => {
  const statuses = [403, { done: true }];
  serve({ "/session": await sessionAnswer(made), "/account/codes": () => statuses.shift() });
  const session = new Session("");
  await session.resume();
  const inner = globalThis.fetch;
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ path, /** @type {any} */ parts) => {
      const answer = await inner(path, parts);
      if (answer.status !== 403) return answer;
      return new Response(JSON.stringify({ code: "confirm_first" }), { status: 403 });
    }
  );
  /** @type {string[]} */
  const reasons = [];
  session.revive = async (reason) => {
    reasons.push(reason);
    return true;
  };
  assert.deepEqual(await session.post("/account/codes", {}), { done: true });
  assert.deepEqual(reasons, ["confirm"]);
});

test("a passphrase stretched with an older set is stretched anew, and the same seed wrapped under it", async () => {
  const weaker = { memory: 8, passes: 1, lanes: 1 };
  const strong = PARAMETER_SETS.get(1);
  if (!strong) throw new Error("no set");
  PARAMETER_SETS.set(1, weaker).set(2, { ...weaker, passes: 2 });
  try {
    const old = await organisation();
    const answer = { ...(await sessionAnswer(old)), parameter_set: 1 };
    let tries = 0;
    serve({
      "/api/v1/directory": old.directory,
      "/sign-in": () => {
        tries += 1;
        return tries === 1 ? 401 : answer;
      },
      "/session": answer,
      "/passphrase": {},
    });
    const refusing = globalThis.fetch;
    globalThis.fetch = /** @type {any} */ (
      async (/** @type {string} */ path, /** @type {any} */ parts) => {
        const got = await refusing(path, parts);
        return got.status === 401 ? new Response('{"code":"sign_in_refused"}', { status: 401 }) : got;
      }
    );
    const session = new Session("");
    await session.signIn({ login, passphrase });
    const sets = asked.filter(({ path }) => path === "/sign-in").map(({ body }) => JSON.parse(body).parameter_set);
    assert.deepEqual(sets, [2, 1]);
    const sent = JSON.parse(asked.find(({ path }) => path === "/passphrase")?.body ?? "{}");
    assert.equal(sent.parameter_set, 2);
    const key = await wrapKey(await root({ passphrase, portalId, login, parameterSet: 2 }));
    const wrapped = b64uDecode(sent.wrapped_seed);
    const seed = await unwrapSeed({ wrapKey: key, wrapped, portalId, slug, kid: old.person.kid });
    assert.deepEqual(seed, old.person.seed);
  } finally {
    PARAMETER_SETS.set(1, strong).delete(2);
  }
});

test("a set that the code does not know is not used, whatever the portal says", async () => {
  serve({ "/api/v1/directory": made.directory, "/session": { ...(await sessionAnswer(made)), parameter_set: 0 } });
  const session = new Session("");
  await session.resume();
  await assert.rejects(session.unlock(passphrase), { name: "FormatError" });
  await assert.rejects(session.confirm(passphrase), { name: "FormatError" });
  assert.equal(
    asked.some(({ path }) => path === "/confirm"),
    false,
  );
});

test("wiping leaves nothing of the keys", async () => {
  serve({ "/api/v1/directory": made.directory, "/sign-in": await sessionAnswer(made) });
  const session = new Session("");
  await session.signIn({ login, passphrase });
  const seed = await session.ownSeed();
  assert.ok(seed);
  session.wipe();
  assert.equal(session.ring, null);
  assert.ok(seed.every((byte) => byte === 0));
  assert.equal(await session.ownSeed(), null);
  assert.equal(
    [...members.keys()].some((key) => key.endsWith(".tab")),
    false,
  );
});

test("a typed code is told by its digits", () => {
  assert.deepEqual(typed("123 456"), { factor: "totp", code: "123456" });
  assert.deepEqual(typed("１２３４５６"), { factor: "totp", code: "123456" });
  assert.deepEqual(typed("1234 5678 9012-3456 7890"), { factor: "code", code: "12345678901234567890" });
  for (const wrong of ["", "12345", "1234567", "abcdef"]) assert.equal(typed(wrong), null);
});
